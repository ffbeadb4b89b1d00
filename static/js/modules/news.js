// Tells, over a list, that something has changed since the page was opened. Never changes the list itself.
// The stream sends messages like {"ref": "BH-0001"}; each ref counts once.
export default function news(box) {
  const line = box.querySelector("[hidden]");
  const text = box.querySelector("[data-text]");
  const seen = new Set();
  let stream;

  function tell({ data }) {
    let ref;
    try { ({ ref } = JSON.parse(data)); } catch { return; }
    if (!ref || seen.has(ref)) return;
    seen.add(ref);
    const template = seen.size === 1 ? box.dataset.one : box.dataset.many;
    text.textContent = template.replace("{n}", seen.size);
    line.hidden = false;
  }

  function follow() {
    stream?.close();
    stream = null;
    if (document.hidden) return;
    stream = new EventSource(box.dataset.url);
    stream.addEventListener("message", tell);
  }

  document.addEventListener("visibilitychange", follow);
  window.addEventListener("pagehide", () => stream?.close());
  window.addEventListener("pageshow", (event) => { if (event.persisted) follow(); });
  follow();
}
