// The house style of charts, and the colours of the scheme in use. A colour in a figure may be
// "var(--pr-…)"; Plotly needs the colour itself, so it is looked up where the chart stands.
export function palette(element) {
  const probe = element.appendChild(document.createElement("span"));
  const look = (name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const fill = (value) => {
    if (typeof value === "string") return value.replace(/^var\((--pr-[\w-]+)\)$/, (_, name) => look(name));
    if (Array.isArray(value)) return value.map(fill);
    return value && typeof value === "object"
      ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, fill(part)])) : value;
  };
  return { fill, done: () => probe.remove() };
}

const axis = {
  gridcolor: "var(--pr-grid)", zerolinecolor: "var(--pr-line-strong)", showline: false, automargin: true,
  ticks: "outside", ticklen: 8, tickcolor: "rgba(0,0,0,0)",
};
const house = {
  paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", separators: ", ", bargap: 0.35, dragmode: false,
  colorway: [1, 2, 3, 4, 5, 6].map((n) => `var(--pr-cat-${n})`), margin: { l: 8, r: 16, t: 8, b: 8 },
  legend: { orientation: "h", x: 0, xanchor: "left", y: 1.02, yanchor: "bottom", traceorder: "normal" },
};
const font = { family: "Inter, system-ui, sans-serif", size: 13, color: "var(--pr-axis)" };
const TEXT = {
  outside: { textfont: { color: "var(--pr-heading)", weight: 600 } },
  inside: { insidetextanchor: "middle", textangle: 0 },
};

export function dressed({ data, layout }) {
  const lying = data.some((trace) => trace.orientation === "h");
  const dress = (name, plain) => ({ ...axis, ...(plain ? { showgrid: false } : {}), ...layout?.[name], fixedrange: true });
  return {
    data: data.map((trace) => ({ ...TEXT[trace.textposition], ...trace })),
    layout: {
      ...house, ...layout, font: { ...font, ...layout?.font }, legend: { ...house.legend, ...layout?.legend },
      xaxis: dress("xaxis", !lying), yaxis: dress("yaxis", lying),
    },
  };
}

// Numbers inside bars: white or navy, whichever stands out more from the bar's own colour.
export function legible(data, colorway) {
  const light = (color) => {
    const [r, g, b] = color.match(/[\d.]+/g).map((part) => (part / 255) ** 2.2);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return data.map((trace, index) => {
    const color = trace.marker?.color ?? colorway[index % colorway.length];
    if (trace.textposition !== "inside" || typeof color !== "string" || !color.startsWith("rgb")) return trace;
    return { insidetextfont: { color: light(color) > 0.18 ? "#00042e" : "#ffffff", weight: 600 }, ...trace };
  });
}
