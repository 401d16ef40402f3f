// Shows an answer while it is written. Everything a model wrote reaches the page as text; only the final event
// carries markup, rendered and escaped by the server. EventSource resumes by itself with the last event's id.

const running = document.querySelector("[data-stream]");
if (running) watch(running);

function watch(running) {
  const area = running.querySelector("[data-text]");
  const words = running.querySelector("[data-words]");
  const status = document.getElementById("answer-status");
  const source = new EventSource(running.dataset.stream);
  let text = "";
  let painting = 0;

  const on = (name, act) => source.addEventListener(name, (event) => act(JSON.parse(event.data)));
  const paint = () => {
    painting = 0;
    area.replaceChildren(...blocks(text));
  };

  on("step", ({ name, words: said }) => {
    markStep(running, name, said);
    words.textContent = running.querySelector(`[data-step="${name}"]`) ? "" : said;
  });
  on("token", (piece) => {
    text += piece.text;
    painting ||= requestAnimationFrame(paint);
  });
  on("waiting", ({ words: said }) => (words.textContent = said));
  on("reset", () => {
    text = "";
    paint();
    markStep(running, "");
    words.textContent = running.dataset.again;
  });
  on("done", ({ html }) => {
    source.close();
    cancelAnimationFrame(painting);
    finish(running, html);
    status.textContent = running.dataset.ready;
  });
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) words.textContent = status.textContent = running.dataset.lost;
  };
  running.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    event.submitter.disabled = true;
    words.textContent = running.dataset.stopping;
    fetch(event.target.action, { method: "POST", body: new FormData(event.target), redirect: "manual" });
  });
}

// The question is read and the library searched when their steps are told; writing and checking only begin then.
function markStep(running, name, said) {
  const steps = [...running.querySelectorAll("[data-step]")];
  const at = steps.findIndex((step) => step.dataset.step === name);
  if (at < 0 && name) return;
  if (at >= 0) steps[at].querySelector(".said").textContent = said;
  const now = at < 0 || at > 1 ? at : at + 1;
  steps.forEach((step, place) => (step.dataset.state = place < now ? "done" : place === now ? "now" : ""));
  if (!name) for (const step of steps) step.querySelector(".said").textContent = "";
}

function finish(running, html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const forms = document.getElementById("answer-forms");
  holder.content.querySelector("[data-forms]")?.replaceWith(forms.content);
  running.replaceWith(holder.content);
  document.querySelector(".follow-up").hidden = false;
}

// The light shape of an answer in progress: paragraphs, "- " and "1. " items, "## " headings, [n] as marks.
function blocks(text) {
  const nodes = [];
  for (const line of text.split("\n").filter((one) => one.trim())) {
    const item = line.match(/^\s*(?:[-*•]|\d{1,2}[.)]) (.*)$/);
    const heading = line.match(/^#{1,6} (.*)$/);
    if (item) {
      const kind = /^\s*\d/.test(line) ? "OL" : "UL";
      const list = nodes.at(-1)?.tagName === kind ? nodes.at(-1) : nodes[nodes.push(document.createElement(kind)) - 1];
      list.append(filled("li", item[1]));
    } else {
      nodes.push(heading ? filled("h2", heading[1]) : filled("p", line));
    }
  }
  return nodes;
}

function filled(tag, text) {
  const node = document.createElement(tag);
  for (const part of text.split(/(\[\d{1,3}\]|\*\*[^*]+\*\*)/)) {
    const mark = part.match(/^\[(\d+)\]$/);
    const name = part.match(/^\*\*(.+)\*\*$/);
    if (!mark && !name) {
      node.append(part);
      continue;
    }
    const inner = document.createElement(mark ? "sup" : "strong");
    if (mark) inner.className = "cite";
    inner.textContent = (mark ?? name)[1];
    node.append(inner);
  }
  return node;
}
