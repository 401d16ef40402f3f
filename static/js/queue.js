// Keys for the list of the queue: whatever they do can be done with ticks, links and buttons too.
const choice = document.querySelector("[data-shortcuts-on]");
const rows = [...document.querySelectorAll("[data-row]")];
let before = "";

const here = () => rows.find((row) => row.contains(document.activeElement));
const press = (act) => here()?.querySelector(`button[value^="${act} "]`)?.click();
const step = (by) => rows[here() ? rows.indexOf(here()) + by : 0]?.querySelector("a").focus();
const keys = {
  j: () => step(1),
  k: () => step(-1),
  x: () => here()?.querySelector("input")?.click(),
  c: () => press("claim"),
  r: () => press("release"),
  "/": () => document.querySelector("#queue-words").focus(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !choice.checked) return;
  if (event.target.closest("textarea, select, input:not([type=checkbox])")) return;
  const home = before === "g" && event.key === "q" && document.querySelector("[data-queue-home]");
  const act = home ? () => home.click() : rows.length && keys[event.key];
  before = event.key;
  if (act) (event.preventDefault(), event.stopImmediatePropagation(), act());
});
