// Saves what is typed every few seconds, in this browser until it arrived; what never did is offered at the next visit.
const form = document.getElementById("edit-form");
const restore = document.getElementById("restore");
const place = () => (form.elements.version.value ? form.elements.key.value : form.dataset.keep);
const aside = ["csrfmiddlewaretoken", "homepage", "form_opened", "key", "version", "previewed", "new_name", "consent"];
const typed = () => new URLSearchParams([...new FormData(form)].filter(([name]) => !aside.includes(name))).toString();
const stored = (act, ...more) => { try { return localStorage[act](...more); } catch { return null; } }; // full, or forbidden
const keep = () => stored("setItem", place(), `${typed()}&key=${form.elements.key.value}&version=${form.elements.version.value}`);
const later = () => (waiting ||= setTimeout(() => (saving = save()), 3000));
const unsaved = "unsaved" in form.dataset;
let [seen, waiting, saving] = [unsaved ? "" : typed(), 0, null];
async function save() {
  const [words, there] = [typed(), place()];
  if (words !== seen) {
    keep();
    const body = new FormData(form);
    body.set("action", "autosave");
    const answer = await fetch(form.dataset.keep, { method: "POST", body }).catch(() => null);
    const { said, kept, values, address } = answer?.ok ? await answer.json() : { said: form.dataset.lost };
    const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    document.getElementById("saved").textContent = said.replace("{time}", time);
    for (const name in values) form.elements[name].value = values[name];
    if (address) history.replaceState(null, "", address);
    if (kept && typed() === words) stored("removeItem", there);
    if (answer?.ok) seen = words;
  }
  waiting = saving = null;
  if (words !== typed()) later();
}
form.addEventListener("input", later);
form.addEventListener("submit", (event) => {
  if (saving) return event.preventDefault(), saving.then(() => form.requestSubmit(event.submitter));
  seen = (clearTimeout(waiting), typed());
  ["send", "save"].includes(event.submitter?.value) ? stored("removeItem", place()) : keep();
});
addEventListener("pagehide", () => typed() !== seen && keep());
restore.elements.kept.value = unsaved ? "" : stored("getItem", place()) ?? "";
restore.hidden = !restore.elements.kept.value || restore.elements.kept.value.split("&key=")[0] === typed();
restore.querySelector("button[type=button]").onclick = () => stored("removeItem", place()) ?? restore.remove();
if (unsaved && !form.dataset.unsaved) later();
