"""How much a first visit to a page brings over the wire: the page, and all it links to."""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from posixpath import dirname, join, normpath

import brotli  # type: ignore[import-untyped]  # it ships no types

_LINKED = re.compile(r'"(/static/[0-9a-f]+/[^"#?]+)')
_MODULES = re.compile(r'data-module="([a-z\- ]+)"')
_FIGURES = re.compile(r'data-figure="([^"]+)"')
_URL = re.compile(r"""url\(\s*["']?([^"')#?]+)""")
_IMPORT = re.compile(r"""(?:\bimport\b|\bfrom\b)\s*\(?\s*["'](\.[^"'$]+)["']""")
_PACKED = {".woff2", ".png", ".jpg", ".webp"}  # these hold no air
STATIC = Path(__file__).resolve().parents[2] / "static"


def first_load(html: str) -> tuple[float, float]:
    """Kilobytes of the page and of the files it needs, as brotli sends them.

    Fonts count whole, also those that only some letters fetch: an upper bound.
    """
    return _packed(html.encode()) / 1000, sum(map(_size, sorted(_files(html)))) / 1000


def figures(html: str) -> list[str]:
    """Addresses of the data that the page's charts fetch."""
    return [unescape(found) for found in _FIGURES.findall(html)]


def wire(body: bytes) -> float:
    return _packed(body) / 1000


def _files(html: str) -> set[str]:
    waiting = [found.split("/", 3)[3] for found in _LINKED.findall(html)]
    names = {name for group in _MODULES.findall(html) for name in group.split()}
    waiting += [f"js/modules/{name}.js" for name in names]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += _links_of(name)
    return seen


@cache
def _links_of(name: str) -> list[str]:
    return list(_links(name))


def _links(name: str) -> Iterator[str]:
    """What a style sheet or a module fetches in its turn."""
    pattern = {".css": _URL, ".js": _IMPORT}.get(Path(name).suffix)
    if pattern is None or name.startswith("vendor/plotly"):
        return
    for found in pattern.findall((STATIC / name).read_text()):
        if not found.startswith("data:"):
            yield normpath(join(dirname(name), found))


@cache
def _size(name: str) -> int:
    path = STATIC / name
    body = path.read_bytes()
    return len(body) if path.suffix in _PACKED else _packed(body)


def _packed(body: bytes) -> int:
    return len(brotli.compress(body))
