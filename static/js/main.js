// Mounts the modules a page asks for: `data-module="a b"` on an element loads modules/a.js and modules/b.js
// and calls their default export with the element. Only what the page uses is fetched, and every page works
// without this script. The address is relative, so the modules move along with the hash of the static tree.
const NAME = /^[a-z-]+$/;

export async function mount(root = document) {
  const jobs = [...root.querySelectorAll("[data-module]")].flatMap((element) =>
    element.dataset.module.split(/\s+/).filter((name) => NAME.test(name)).map(async (name) => {
      const module = await import(`./modules/${name}.js`);
      await module.default(element);
    }));
  const results = await Promise.allSettled(jobs);
  for (const { reason } of results.filter(({ status }) => status === "rejected")) console.error(reason);
}

// Menus in the top bar close with Escape and when the reader goes elsewhere.
function closeMenus() {
  const menus = [...document.querySelectorAll("details.pr-menu, details.pr-navmore, details.pr-acting")];
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && menus.find((menu) => menu.open);
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
  for (const type of ["click", "focusin"]) {
    document.addEventListener(type, ({ target }) => {
      for (const menu of menus) if (menu.open && !menu.contains(target)) menu.open = false;
    });
  }
}

closeMenus();
await mount();
