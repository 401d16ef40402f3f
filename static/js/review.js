// Keys for the review queue: everything they do can be done with links and buttons too.
const NAME = "clm-review-keys";
const help = document.querySelector("[data-shortcuts]");
const links = [...document.querySelectorAll("[data-queue] a")];
const reason = document.querySelector("[data-decide] textarea");
const choice = document.querySelector("[data-shortcuts-on]");

const on = () => {
  try {
    return localStorage.getItem(NAME) !== "off";
  } catch {
    return true;
  }
};

function step(by) {
  const here = links.findIndex((link) => link.hasAttribute("aria-current"));
  const next = links[here < 0 ? 0 : here + by];
  if (next) next.click();
}

function decideWith(value) {
  const button = document.querySelector(`[data-decide] button[value="${value}"]`);
  if (!button || button.disabled) return;
  (value === "accept" || reason.value.trim() ? button : reason).focus();
}

// From one place that can be commented on to the next, wherever the focus is.
function toPlace() {
  const places = [...document.querySelectorAll(".plus")];
  places[(places.indexOf(document.activeElement) + 1) % places.length]?.focus();
}

const keys = {
  n: toPlace,
  j: () => step(1),
  k: () => step(-1),
  c: () => document.querySelector("[data-claim]")?.click(),
  a: () => decideWith("accept"),
  d: () => decideWith("decline"),
  r: () => decideWith("request_changes"),
  "?": () => {
    help.open = !help.open;
    if (help.open) help.querySelector("summary").focus();
  },
};

const rows = [...document.querySelectorAll("[data-rows] > li")];
const here = () => rows.indexOf(document.activeElement.closest("[data-rows] > li"));
const press = (key, within) => within?.querySelector(`[data-key="${key}"]`)?.click();
if (rows.length) {
  keys.j = () => rows[Math.min(here() + 1, rows.length - 1)].focus();
  keys.k = () => rows[Math.max(here() - 1, 0)].focus();
  keys.u = () => press("u", document);
  for (const key of "ar") keys[key] = () => press(key, rows[here()]);
}

if (help) {
  help.hidden = false;
  choice.checked = on();
  choice.addEventListener("change", () => {
    try {
      localStorage.setItem(NAME, choice.checked ? "on" : "off");
    } catch {
      /* private windows may refuse; the choice then lasts for this page */
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const act = keys[event.key];
    if (!act || (event.key !== "?" && !choice.checked)) return;
    event.preventDefault();
    act();
  });
}
