// Offers titles while somebody types into a field with data-titles="/search/titles/" (?kind=pattern keeps to patterns).
// Choosing opens the entry; with data-titles-fill="title" or "slug" it is written into the field instead. An editable
// combobox with a list, as the ARIA Authoring Practices Guide describes it. Without this file the field is a field.

document.querySelectorAll("input[data-titles]").forEach(offer);

function offer(field, number) {
  const { titles, titlesFill: fill } = field.dataset;
  const list = `titles-${number}`; // the id of the list
  const popup = document.createElement("div");
  const status = document.createElement("p");
  let options = [];
  let active = -1; // the option pointed at; -1: the field itself
  let timer, request;
  function point(place) {
    options[active]?.setAttribute("aria-selected", "false");
    active = place;
    options[active]?.setAttribute("aria-selected", "true");
    options[active]?.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", options[active]?.id ?? "");
  }
  function show(html) {
    popup.innerHTML = html; // our own server's, escaped there
    options = [...popup.querySelectorAll("[role=option]")];
    options.forEach((option, place) => (option.id = `${list}-${place}`));
    popup.querySelector("[role=listbox]")?.setAttribute("id", list);
    status.textContent = popup.querySelector("[data-said]")?.textContent ?? "";
    popup.hidden = !options.length;
    field.setAttribute("aria-expanded", String(!popup.hidden));
    point(-1);
  }
  const drop = () => (clearTimeout(timer), request?.abort());
  const close = () => (drop(), show(""));
  async function ask(place) {
    drop();
    const { signal } = (request = new AbortController());
    const address = new URL(titles, location.href);
    address.searchParams.set("q", field.value);
    try {
      const answer = await fetch(address, { signal });
      show(answer.ok ? await answer.text() : "");
      point(Math.min(place, options.length - 1));
    } catch {
      if (!signal.aborted) close();
    }
  }
  function step(by, event) {
    const places = options.length + 1; // the field is one of them
    if (!popup.hidden) point(((active + 1 + by + places) % places) - 1);
    else if (field.value.trim()) ask(event.altKey ? -1 : by > 0 ? 0 : Infinity);
    return true;
  }

  const keys = {
    ArrowDown: (event) => step(1, event),
    ArrowUp: (event) => step(-1, event),
    Enter: () => options[active] && (options[active].click(), true),
    Escape: () => !popup.hidden && (close(), true),
  };
  const listeners = {
    blur: close,
    input() {
      if (!field.value.trim()) return close();
      drop();
      point(-1);
      timer = setTimeout(ask, 120, -1); // ms without a key
    },
    keydown(event) {
      if (event.isComposing || event.ctrlKey || event.metaKey) return;
      if (keys[event.key]?.(event)) event.preventDefault();
      else if (/^(Home|End|ArrowLeft|ArrowRight)$/.test(event.key)) point(-1);
    },
  };
  popup.onmousedown = (event) => event.preventDefault(); // the field keeps the focus
  popup.onclick = (event) => {
    const option = event.target.closest("[role=option]");
    if (option && fill) event.preventDefault();
    if (option && fill) field.value = option.dataset[fill];
    if (option) setTimeout(close); // once the link has been followed
  };
  popup.className = "titles-popup";
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  const states = { role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-controls": list };
  for (const [name, value] of Object.entries(states)) field.setAttribute(name, value);
  for (const [name, listener] of Object.entries(listeners)) field.addEventListener(name, listener);
  field.form?.addEventListener("submit", close);
  field.after(popup, status);
  close();
}
