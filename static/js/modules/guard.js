// On a form: the browser asks before a changed form is left. Sending it is not leaving it.
// A form that comes back with errors (data-changed) counts as changed from the start.
export default function guard(form) {
  const state = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string")).toString();
  let start = state();
  let sending = false;

  form.addEventListener("submit", (event) => { sending = !event.defaultPrevented; });
  form.addEventListener("stored", () => { start = state(); delete form.dataset.changed; });
  window.addEventListener("pageshow", () => { sending = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!sending && ("changed" in form.dataset || state() !== start)) event.preventDefault();
  });
}
