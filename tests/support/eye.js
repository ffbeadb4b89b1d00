// What the eye does: it shows a copy of a page, and judges it. It stays open, so that axe is read
// and compiled once, not for every page.
(() => {
  // What an attribute says in words, or where something stands, is no matter of colours.
  const WORDS = "id name value for href src action content title alt placeholder datetime lang d x y";
  const NAMES = "label labelledby describedby controls owns details valuenow valuetext posinset";
  const GEOMETRY = "width height transform points cx cy r x1 x2 y1 y2 viewBox colspan rowspan";
  const TOLD = new Set(`${WORDS} ${GEOMETRY} aria-${NAMES.replaceAll(" ", " aria-")}`.split(" "));
  const numbers = new Map(); // of every way that an element has stood
  const passed = new Set(); // those of them whose colours were right

  const sheets = (page) => [...page.querySelectorAll("link[rel=stylesheet]")].map((link) => link.href);
  const loaded = (link) =>
    link.sheet || new Promise((done) => (link.onload = link.onerror = () => done()));

  window.show = async (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const root = document.documentElement;
    for (const { name } of [...root.attributes]) root.removeAttribute(name);
    for (const { name, value } of page.documentElement.attributes) root.setAttribute(name, value);
    const same = `${sheets(page)}` === `${sheets(document)}` && !page.querySelector("style");
    if (!same) document.head.replaceWith(document.adoptNode(page.head));
    document.title = page.title || document.title;
    document.body.replaceWith(document.adoptNode(page.body));
    await Promise.all([...document.querySelectorAll("link[rel=stylesheet]")].map(loaded));
    await document.fonts.ready;
  };

  // The number of the way an element stands: its tag, classes and states, those of all it stands
  // in, and its place where stripes and first and last ones differ.
  const number = (element, outer) => {
    const { parentElement: parent, localName } = element;
    const said = [...element.attributes].filter(({ name }) => !TOLD.has(name));
    const place = parent && [
      element === parent.firstElementChild,
      element === parent.lastElementChild,
      [...parent.children].indexOf(element) % 2,
    ];
    const way = `${outer} ${localName} ${said.map((a) => `${a.name}=${a.value}`)} ${place}`;
    if (!numbers.has(way)) numbers.set(way, numbers.size);
    return numbers.get(way);
  };

  // What is not seen has not been judged: it may be seen the next time.
  const mark = (element, outer, ways) => {
    const way = number(element, outer);
    if (element.checkVisibility({ visibilityProperty: true })) ways.push(way);
    element.toggleAttribute("data-passed", passed.has(way));
    for (const child of element.children) mark(child, way, ways);
    return ways;
  };

  window.judge = async (options) => {
    const ways = mark(document.documentElement, "", []);
    const found = await axe.run(document, options);
    if (!found.violations.some(({ id }) => id === "color-contrast"))
      for (const way of ways) passed.add(way);
    const { violations, passes, incomplete, inapplicable } = found;
    return { rules: [violations, passes, incomplete, inapplicable].flat().length, violations };
  };

  axe.configure({ rules: [{ id: "color-contrast", selector: "*:not([data-passed])" }] });
})();
