// The page as it stands now, with what has been typed and chosen, and without its scripts.
() => {
  const page = document.documentElement.cloneNode(true);
  const CONTROLS = "input, textarea, option";
  const copies = page.querySelectorAll(CONTROLS);
  document.querySelectorAll(CONTROLS).forEach((control, at) => {
    const copy = copies[at];
    if (control.localName === "textarea") copy.textContent = control.value;
    if (control.localName === "option") copy.toggleAttribute("selected", control.selected);
    if (control.localName !== "input") return;
    copy.toggleAttribute("checked", control.checked);
    if (control.type !== "file") copy.setAttribute("value", control.value);
  });
  page.querySelectorAll("script").forEach((script) => script.remove());
  return `<!doctype html>${page.outerHTML}`;
}
