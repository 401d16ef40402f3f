// Collections and cards work without this: it copies the link, opens the print dialog, and says when an act that the
// page sent by itself did not arrive.

for (const button of document.querySelectorAll("[data-print], [data-copy]")) {
  button.hidden = button.matches("[data-copy]") && !navigator.clipboard;
  button.addEventListener("click", async () => {
    if (button.matches("[data-print]")) return window.print();
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
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.successful && said) said.className = "visually-hidden";
});
