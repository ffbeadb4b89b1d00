// Draws a figure with Plotly, which is fetched only when a chart is on the page. If anything fails,
// the table that already stands in the page is shown instead.
import { dressed, legible, palette } from "../lib/figure.js";

let library;

function plotly(src) {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    Object.assign(script, { src, onload: () => resolve(window.Plotly), onerror: () => reject(new Error(src)) });
    document.head.append(script);
  });
  return library;
}

export default async function chart(element) {
  async function draw(Plotly, figure) {
    const { fill, done } = palette(element);
    const { data, layout } = fill(dressed(figure));
    done();
    const locale = document.documentElement.lang === "en" ? "en-US" : "no";
    await Plotly.react(element, legible(data, layout.colorway), layout, { locale, displayModeBar: false, responsive: true });
    element.dataset.drawn = "";
  }
  try {
    const answer = fetch(element.dataset.figure, { headers: { Accept: "application/json" } });
    const [Plotly, response] = await Promise.all([plotly(element.dataset.plotly), answer]);
    if (!response.ok) throw new Error(`${response.status} ${response.url}`);
    const figure = await response.json();
    await draw(Plotly, figure);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => draw(Plotly, figure));
  } catch (error) {
    element.closest(".pr-chart").dataset.failed = "";
    element.remove();
    throw error;
  }
}
