// On a form: what is typed is copied to this tab, and offered when the form opens without it – after the
// session ended, the language was switched or the page was left. Nothing is filled in without asking, and a
// field with an identity number is not copied. While the offer stands, the copy stays as it is.
import { drawnIn, forgetStored, keyOf, read, remove, write } from "../lib/copies.js";
import { holdsIdentityNumber } from "../lib/identity.js";

const NOT_TYPED = new Set(["csrf_token", "acting_organisation_id"]);
const NOT_TEXT = new Set(["revision", "form_key"]); // kept with the text, so that an old form is still seen as one
const line = ([name, value]) => `${name}=${value.replace(/\r\n?/g, "\n").trim()}`;
const words = (fields) => fields.filter(([name, value]) => !NOT_TEXT.has(name) && value.trim()).map(line);

export default function keep(form) {
  const offer = form.querySelector("[data-offer]");
  const key = keyOf(form.dataset.who, decodeURI(location.pathname));
  const typed = () => [...new FormData(form)].filter(([name, value]) =>
    !NOT_TYPED.has(name) && typeof value === "string" && !holdsIdentityNumber(value));
  let drawn = new Set(words(drawnIn(form))); // not what stands there: some type before the script has come
  forgetStored(); // first: the page before may have stored it
  const copy = read(key);
  let pause;

  function save() {
    clearTimeout(pause);
    const fields = typed();
    const isNew = "changed" in form.dataset || words(fields).some((field) => !drawn.has(field));
    if (offer.hidden && isNew) write(key, fields);
  }

  function addRows() {
    const list = form.querySelector("[data-most]");
    const isRoom = () => list && list.querySelectorAll("[data-row]").length < Number(list.dataset.most);
    const isMissing = ([name]) => /-\d+$/.test(name) && !form.querySelector(`[name="${name}"]`);
    while (copy.some(isMissing) && isRoom()) list.querySelector('[name="add_row"]').click();
  }

  function fill() {
    addRows();
    for (const field of form.querySelectorAll("input, select, textarea")) {
      const held = copy.filter(([name]) => name === field.name).map(([, value]) => value);
      if (["checkbox", "radio"].includes(field.type)) field.checked = held.includes(field.value);
      else if (held.length) field.value = held[0];
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function answer({ target }) {
    const wanted = target.closest("[data-answer]")?.dataset.answer;
    if (!wanted) return;
    offer.hidden = true;
    if (wanted === "fetch") fill();
    else remove(key);
    form.querySelector(".pr-input").focus();
  }

  offer.hidden = "changed" in form.dataset || !copy || words(copy).every((field) => words(typed()).includes(field));
  offer.addEventListener("click", answer);
  form.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(save, 400); });
  form.addEventListener("stored", () => { clearTimeout(pause); drawn = new Set(words(typed())); remove(key); });
  for (const [on, type] of [[form, "submit"], [window, "pagehide"]]) on.addEventListener(type, save);
}
