"""Make the map files from the outlines in data/map.

`static/img/kommuner.svg` holds every outline once, for `<use>` from the pages: `#k0301` is one
municipality, `#f03` one county, `#land` all municipalities and `#fylker` all counties. The shapes
have no fill or stroke of their own, so the page that uses them decides through inheritance.
`data/map/points.json` holds, per municipality, a point inside it and its bounding box.

Usage: python tools/build_map.py [--check]
"""

import json
import re
import sys
from pathlib import Path
from typing import TypedDict

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "data" / "map"
SPRITE = ROOT / "static" / "img" / "kommuner.svg"
POINTS = SOURCE / "points.json"
CREDIT = "Grenser: © Kartverket, CC BY 4.0. Forenklet. Made by tools/build_map.py."
TOKEN = re.compile(r"[MmLlZz]|-?\d*\.?\d+")


class Outline(TypedDict):
    d: str
    cx: float
    cy: float


class Outlines(TypedDict):
    viewBox: str
    paths: dict[str, Outline]


def read(name: str) -> Outlines:
    found: Outlines = json.loads((SOURCE / name).read_text(encoding="utf-8"))
    return found


def compact(path: str) -> str:
    """The same outline in fewer bytes: no comma before a minus, no leading or trailing zero."""
    path = re.sub(r"(?<![\d.])0\.(?=\d)", ".", path.replace("-0.", "-."))
    return path.replace(",", " ").replace(" -", "-").replace("l ", "l")


def corners(path: str) -> list[tuple[float, float]]:
    """Every corner of an outline made of M, l and z only (what the source files hold)."""
    found: list[tuple[float, float]] = []
    x = y = 0.0
    relative, waiting = False, []
    for part in TOKEN.findall(path):
        if part in "Mm":
            relative = part == "m"
        elif part in "Ll":
            relative = part == "l"
        elif part not in "Zz":
            waiting.append(float(part))
            if len(waiting) == 2:
                x, y = (x + waiting[0], y + waiting[1]) if relative else (waiting[0], waiting[1])
                found.append((x, y))
                waiting = []
    return found


def box(path: str) -> list[float]:
    """x, y, width and height of an outline."""
    xs, ys = zip(*corners(path), strict=True)
    return [round(v, 1) for v in (min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))]


def shapes(prefix: str, paths: dict[str, Outline]) -> str:
    return "\n".join(
        f'<path id="{prefix}{n}" d="{compact(p["d"])}"/>' for n, p in sorted(paths.items())
    )


def build() -> dict[Path, str]:
    municipalities = read("municipalities-svg-paths.json")
    counties = read("counties-svg-paths.json")
    sprite = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{municipalities["viewBox"]}">\n'
        f"<!-- {CREDIT} -->\n<defs>\n"
        f'<g id="land">\n{shapes("k", municipalities["paths"])}\n</g>\n'
        f'<g id="fylker">\n{shapes("f", counties["paths"])}\n</g>\n</defs>\n</svg>\n'
    )
    rows = {
        number: {"x": path["cx"], "y": path["cy"], "box": box(path["d"])}
        for number, path in sorted(municipalities["paths"].items())
    }
    lines = ",\n".join(
        f'"{n}": {json.dumps(row, separators=(", ", ": "))}' for n, row in rows.items()
    )
    view = json.dumps(municipalities["viewBox"])
    return {SPRITE: sprite, POINTS: f'{{"viewBox": {view}, "points": {{\n{lines}\n}}}}\n'}


def main(arguments: list[str]) -> int:
    differing = 0
    for path, text in build().items():
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            print(f"differs: {path.relative_to(ROOT)}")
            differing += 1
    return 1 if differing else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
