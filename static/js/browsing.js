// Keeps what swapping the list would lose: folds stay open, focus stays somewhere, a failure becomes a plain page load.
const list = document.querySelector(".swapped");
let open = [];
let closed = [];
let focused = null;

const ids = (selector) => [...list.querySelectorAll(selector)].map((fold) => fold.id);

document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target !== list) return;
  open = ids("details[open]");
  closed = ids("details:not([open])");
  focused = list.contains(document.activeElement) ? document.activeElement.id : null;
});

document.body.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target !== list) return;
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  for (const id of closed) document.getElementById(id)?.removeAttribute("open");
  if (focused === null) return;
  const here = document.getElementById(focused) ?? document.getElementById("count");
  here?.focus({ preventScroll: true });
});

for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.body.addEventListener(failure, ({ detail }) => location.assign(detail.pathInfo.finalRequestPath));
}
