// What the page is built of: blocks, by their tags, classes and states, and where they stand; of
// their words only that they are there. Answers a key for each block; `window.shell` how those that
// are not known are put together; `window.look` runs axe while the known ones are hollow.
() => {
  const BLOCKS = "header nav footer section article aside form fieldset details div p ul ol li dl";
  const IS_BLOCK = new Set([...BLOCKS.split(" "), "table", "figure", "svg"]);
  const TOLD = ["class", "role", "type", "style", "lang", "scope", "tabindex", "autocomplete"];
  const VISIBLE_FIELD = /<(select|textarea|input(?![^>]* type="hidden"))/;
  const light = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const blocks = [];
  const alike = [];

  const attribute = ({ name, value }) =>
    TOLD.includes(name) || value.trim() === "" || ["true", "false"].includes(value)
      ? `${name}="${value}"`
      : name;

  // of siblings that are built alike the first two count: stripes alternate
  const inside = (element, path, known) => {
    const times = new Map();
    return [...element.childNodes].map((node) => {
      if (node.nodeType === Node.TEXT_NODE) return node.data.trim() && "words";
      if (node.nodeType !== Node.ELEMENT_NODE) return "";
      const built = build(node, path, known);
      times.set(built, (times.get(built) || 0) + 1);
      if (times.get(built) <= 2) return built;
      if (!known && (IS_BLOCK.has(node.localName) || node.localName === "tr")) alike.push(node);
      return "";
    });
  };

  const build = (element, path, known) => {
    const name = element.localName;
    if (known?.has(element)) return `<${name} known>`;
    const here = `${path}>${name}.${element.className}`;
    const named = [name, ...[...element.attributes].map(attribute)].join(" ");
    const built = `<${named}>${inside(element, here, known).join("")}</${name}>`;
    const named_here = !VISIBLE_FIELD.test(built) || built.includes("<label");
    if (!known && IS_BLOCK.has(name) && named_here) blocks.push([element, `${path} ${built}`]);
    return built;
  };

  const known = (numbers) => new Set(numbers.map((number) => blocks[number][0]));
  const keyed = (text) => `${innerWidth} ${light} ${text}`;

  window.shell = (numbers) => keyed(build(document.documentElement, "", known(numbers)));
  // leaves the others where they are
  const hollow = (element) => {
    const { width, height } = element.getBoundingClientRect();
    const shell = element.cloneNode(false);
    shell.removeAttribute("id");
    Object.assign(shell.style, { boxSizing: "border-box", width: `${width}px` });
    shell.style.height = `${height}px`;
    return shell;
  };

  window.look = async (numbers, options) => {
    const focused = document.activeElement;
    const left_out = numbers ? [...alike, ...known(numbers)] : [];
    const out = left_out.map((element) => [hollow(element), element]);
    out.forEach(([shell, element]) => element.replaceWith(shell));
    const found = await axe.run(document, options);
    out.reverse().forEach(([shell, element]) => shell.replaceWith(element));
    focused.focus({ preventScroll: true });
    return { passes: found.passes.length, violations: found.violations };
  };

  build(document.documentElement, "");
  return blocks.map(([, text]) => keyed(text));
}
