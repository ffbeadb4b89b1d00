// On a form of answers: what is typed is stored a little after the writer pauses. The form still has its
// button, and works without this. What cannot be stored is said, and stays in the form.
const PAUSE = 2500;

export default function autosave(form) {
  const shown = form.querySelector("[data-autosave]");
  const { saving, saved, failed } = form.dataset;
  const state = () => new URLSearchParams(new FormData(form)).toString();
  let stored = state(), pause, running = false, stopped = false;

  async function send() {
    const body = new FormData(form), sent = state();
    running = true;
    shown.textContent = saving;
    try {
      const answer = await fetch(location.href, { method: "POST", body, headers: { "X-Autosave": "1" }, redirect: "error" });
      const told = await answer.json();
      if (told.outcome === "saved") take(told, sent);
      stopped = told.outcome === "clash"; // a person must see both texts
      shown.textContent = form.dataset[told.outcome];
    } catch {
      shown.textContent = failed;
    }
    running = false;
    if (!stopped && shown.textContent === saved && state() !== stored) later();
  }

  // What was typed while the request ran is not stored yet.
  function take({ revision }, sent) {
    const field = form.querySelector('[name="revision"]');
    const isAll = state() === sent;
    field.value = revision;
    if (isAll) form.dispatchEvent(new Event("stored"));
    stored = isAll ? state() : "";
  }

  function later() {
    clearTimeout(pause);
    pause = setTimeout(() => { if (!running && !stopped && state() !== stored) send(); }, PAUSE);
  }

  form.addEventListener("input", later);
  form.addEventListener("submit", () => { clearTimeout(pause); stopped = true; });
  window.addEventListener("pageshow", () => { stopped = false; });
}
