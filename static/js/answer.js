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
    markStep(running, name);
    words.textContent = said;
  });
  on("token", (piece) => {
    text += piece.text;
    painting ||= requestAnimationFrame(paint);
  });
  on("waiting", () => (words.textContent = running.dataset.waiting));
  on("reset", () => {
    text = "";
    paint();
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
    fetch(event.target.action, { method: "POST", body: new FormData(event.target), redirect: "manual" });
  });
}

function markStep(running, name) {
  let reached = false;
  for (const step of running.querySelectorAll("[data-step]")) {
    if (step.dataset.step === name) reached = true;
    step.dataset.state = step.dataset.step === name ? "now" : reached ? "" : "done";
  }
}

function finish(running, html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const forms = document.getElementById("answer-forms");
  holder.content.querySelector("[data-forms]")?.replaceWith(forms.content);
  running.replaceWith(holder.content);
  document.querySelector(".follow-up").hidden = false;
}

// The light shape of an answer in progress: paragraphs, "- " items, "## " headings, [n] as marks.
function blocks(text) {
  const nodes = [];
  for (const line of text.split("\n").filter((one) => one.trim())) {
    const item = line.match(/^\s*[-*•] (.*)$/);
    const heading = line.match(/^#{1,6} (.*)$/);
    if (item) {
      const list = nodes.at(-1)?.tagName === "UL" ? nodes.at(-1) : nodes[nodes.push(document.createElement("ul")) - 1];
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
