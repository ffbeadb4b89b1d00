// Copies of what is typed, kept in this tab alone: by who writes, for whom, and the form's address.
// Without storage (a private window, a full one) everything works as if there were no copy.
const PREFIX = "typed ";

function tried(use) {
  try { return use(sessionStorage); } catch { return null; }
}

export const keyOf = (who, path) => `${PREFIX}${who} ${path}`;
export const read = (key) => tried((store) => JSON.parse(store.getItem(key)));
export const write = (key, copy) => tried((store) => store.setItem(key, JSON.stringify(copy)));
export const remove = (key) => tried((store) => store.removeItem(key));

// What the page says is stored (data-path) is let go of, or all of it when the person has signed out (no path).
export function forgetStored() {
  for (const { dataset: { who, path } } of document.querySelectorAll('[data-module="forget"]')) {
    const isDone = (key) => (path ? key === keyOf(who, path) : key.startsWith(PREFIX));
    tried((store) => Object.keys(store).filter(isDone).forEach(remove));
  }
}

// The fields as the server drew them, whatever has been typed since.
export function drawnIn(form) {
  // Not form.elements: a field may have that name.
  return [...form.querySelectorAll("[name]:is(input, select, textarea)")].flatMap((field) => {
    const { name, type, value } = field;
    if (["checkbox", "radio"].includes(type)) return field.defaultChecked ? [[name, value]] : [];
    if (!field.options) return [[name, field.defaultValue ?? ""]];
    const chosen = [...field.options].filter((option) => option.defaultSelected);
    return (chosen.length ? chosen : [...field.options].slice(0, 1)).map((option) => [name, option.value]);
  });
}
