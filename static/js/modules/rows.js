// Adds and removes rows of a list of fields (name-0, name-1 …) without a new page. Without script the
// same buttons submit the form (add_row, remove_row) and the server does it.
const NUMBERED = ["id", "name", "for", "aria-describedby"];
const control = (row) => row.querySelector("input, textarea, select");

export default function rows(list) {
  const all = () => [...list.querySelectorAll("[data-row]")];

  function clear(row) {
    row.querySelectorAll(".pr-error").forEach((part) => part.remove());
    row.querySelectorAll("[data-invalid]").forEach((part) => part.removeAttribute("data-invalid"));
    const field = control(row);
    field.value = "";
    field.removeAttribute("aria-invalid");
    if (list.dataset.described) field.setAttribute("aria-describedby", list.dataset.described);
    else field.removeAttribute("aria-describedby");
    return row;
  }

  function renumber() {
    all().forEach((row, index) => {
      for (const name of NUMBERED) {
        for (const part of row.querySelectorAll(`[${name}]:not(button)`)) {
          part.setAttribute(name, part.getAttribute(name).replace(/-\d+(?=-|\s|$)/g, `-${index}`));
        }
      }
      const label = list.dataset.label.replace("{n}", index + 1);
      row.querySelector("label").firstChild.textContent = label;
      row.querySelector("[data-row-name]").textContent = label;
      row.querySelector("button").value = index;
    });
  }

  function add() {
    const last = all().at(-1);
    const row = clear(last.cloneNode(true));
    last.after(row);
    renumber();
    control(row).focus();
  }

  function remove(row) {
    let next = clear(row);
    if (all().length > 1) {
      next = [row.nextElementSibling, row.previousElementSibling].find((other) => other.matches("[data-row]"));
      row.remove();
      renumber();
    }
    control(next).focus();
  }

  list.addEventListener("click", (event) => {
    const button = event.target.closest('[name="add_row"], [name="remove_row"]');
    const isFull = all().length >= Number(list.dataset.most);
    if (!button || !all().length || (button.name === "add_row" && isFull)) return; // the server answers
    event.preventDefault();
    if (button.name === "add_row") add();
    else remove(button.closest("[data-row]"));
  });
}
