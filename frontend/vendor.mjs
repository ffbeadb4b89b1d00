// Fills static/vendor, static/img/icons.svg and tests/vendor from pinned npm packages.
//   npm ci --ignore-scripts && node vendor.mjs           writes the files and MANIFEST.json
//   npm ci --ignore-scripts && node vendor.mjs --check   exits 1 when a committed file differs
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { ICONS } from "./icons.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "..");
const MODULES = join(HERE, "node_modules");
const check = process.argv.includes("--check");

// [package, file in it, where it goes]
const COPY = [
  ["@ks-digital/designsystem-themes", "dist/base.css", "static/vendor/ks-base.css"],
  ["@ks-digital/designsystem-themes", "dist/themes/ksdigital.css", "static/vendor/ksdigital.css"],
  ["@ks-digital/designsystem-themes", "LICENSE", "static/vendor/LICENSE-ks.txt"],
  ["@fontsource-variable/inter", "files/inter-latin-wght-normal.woff2", "static/vendor/inter-latin-wght-normal.woff2"],
  ["@fontsource-variable/inter", "files/inter-latin-ext-wght-normal.woff2", "static/vendor/inter-latin-ext-wght-normal.woff2"],
  ["@fontsource-variable/inter", "LICENSE", "static/vendor/LICENSE-inter.txt"],
  ["plotly.js", "dist/plotly.css", "static/vendor/plotly.css"],
  ["axe-core", "axe.min.js", "tests/vendor/axe.min.js"],
  ["axe-core", "locales/nb.json", "tests/vendor/axe.nb.json"],
];

const files = new Map();
const manifest = {};

function put(pkg, path, content) {
  const buffer = Buffer.from(content);
  const { version, license } = JSON.parse(readFileSync(join(MODULES, pkg, "package.json"), "utf8"));
  const integrity = "sha384-" + createHash("sha384").update(buffer).digest("base64");
  files.set(path, buffer);
  manifest[path] = { package: pkg, version, license, bytes: buffer.length, integrity };
}

for (const [pkg, source, target] of COPY) {
  let content = readFileSync(join(MODULES, pkg, source));
  if (/\.(js|css)$/.test(source)) {
    content = content.toString("utf8").replace(/\n?\/[/*][#@] sourceMappingURL=.*$/m, "");
  }
  put(pkg, target, content);
}

const bundle = await esbuild.build({
  absWorkingDir: HERE,
  entryPoints: ["plotly-pilot.js"],
  bundle: true,
  minify: true,
  write: false,
  legalComments: "eof",
  logLevel: "error",
  format: "iife",
  globalName: "PlotlyModule",
  footer: { js: "window.Plotly=PlotlyModule.default;" },
  define: { global: "window" },
  loader: { ".css": "empty" },
});
put("plotly.js", "static/vendor/plotly-pilot.min.js", bundle.outputFiles[0].contents);

const symbols = Object.entries(ICONS).sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, source]) => {
  const svg = readFileSync(join(MODULES, "@navikt/aksel-icons/dist/svg", `${source}.svg`), "utf8");
  const [, viewBox, inner] = svg.match(/<svg[^>]*viewBox="([^"]+)"[^>]*>([\s\S]*)<\/svg>/);
  return `<symbol id="${id}" viewBox="${viewBox}">${inner.trim().replace(/>\s+</g, "><")}</symbol>`;
});
put("@navikt/aksel-icons", "static/img/icons.svg",
  `<svg xmlns="http://www.w3.org/2000/svg">\n<!-- Aksel icons, NAV, MIT. Made by frontend/vendor.mjs from frontend/icons.mjs. -->\n${symbols.join("\n")}\n</svg>\n`);

const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
files.set("static/vendor/MANIFEST.json", Buffer.from(JSON.stringify(sorted, null, 1) + "\n"));

let differing = 0;
for (const [path, buffer] of files) {
  const target = join(ROOT, path);
  if (!check) {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, buffer);
    continue;
  }
  let old = null;
  try { old = readFileSync(target); } catch { /* missing counts as differing */ }
  if (!old?.equals(buffer)) {
    console.error("differs:", path);
    differing += 1;
  }
}
console.log(`${files.size} files, ${differing} differ`);
process.exit(differing ? 1 : 0);
