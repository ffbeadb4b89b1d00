// Counts the characters of one field. Text is never cut; too much is told, and said aloud after a pause.
export default function counter(line) {
  const field = document.getElementById(line.dataset.for);
  const [shown, spoken] = line.querySelectorAll("span");
  const most = Number(line.dataset.max);
  const number = new Intl.NumberFormat(document.documentElement.lang === "en" ? "en" : "nb");
  let pause;

  function update() {
    const length = [...field.value.replace(/\r?\n/g, "\n")].length;
    const over = length > most;
    const text = over ? line.dataset.over.replace("{n}", number.format(length - most))
      : line.dataset.text.replace("{n}", number.format(length)).replace("{max}", number.format(most));
    shown.textContent = text;
    line.toggleAttribute("data-over-limit", over);
    clearTimeout(pause);
    if (length > most * 0.9) pause = setTimeout(() => { spoken.textContent = text; }, 1200);
    else spoken.textContent = "";
  }

  field.addEventListener("input", update);
  if (field.value) update();
}
