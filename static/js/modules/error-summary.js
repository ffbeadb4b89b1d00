// Moves focus to the error summary when the page opens, and from its links into the field itself.
export default function errorSummary(summary) {
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    event.preventDefault();
    const control = field.matches("input, select, textarea") ? field : field.querySelector("input, select, textarea");
    (control?.closest(".pr-field") ?? field).scrollIntoView({ block: "start" });
    (control ?? field).focus({ preventScroll: true });
  });
}
