// A collection works without this: it copies the link, and says when an act that the page sent by itself did not arrive.
for (const button of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    button.textContent = button.dataset.done;
  });
}

const said = document.getElementById("collection-said");
for (const trouble of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(trouble, () => {
    said.textContent = said.dataset.lost;
    said.className = "notice notice-error";
  });
}
document.addEventListener("htmx:afterOnLoad", ({ detail }) => {
  if (detail.successful) said.className = "visually-hidden";
});
