// On a form: a second press within ten seconds does nothing. Buttons stay enabled, so no one is left
// without a way on if the net is slow, and the pressed button's name is still sent.
const PAUSE = 10_000;

export default function submitOnce(form) {
  let sent = 0;

  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (Date.now() - sent < PAUSE) {
      event.preventDefault();
      return;
    }
    sent = Date.now();
    form.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", () => {
    sent = 0;
    form.removeAttribute("aria-busy");
  });
}
