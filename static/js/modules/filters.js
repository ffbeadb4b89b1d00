// On details.pr-filterbox: open beside the list on wide screens, closed over it on narrow ones.
export default function filters(box) {
  const wide = matchMedia("(min-width: 64rem)");
  const fit = () => { box.open = wide.matches; };
  wide.addEventListener("change", fit);
  fit();
}
