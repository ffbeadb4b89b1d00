"""How a page looks to those who see it, and to those who do not: axe, and what sticks out."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.support.browser import PHONE

HERE = Path(__file__).resolve()
VENDOR = HERE.parents[1] / "vendor"
BUILD = HERE.with_name("build.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
HOW = {
    "runOnly": RULES,
    "resultTypes": ["violations"],
    "selectors": False,
    "preload": {"assets": ["media"]},  # the rule that reads style sheets is an experiment, not run
}


class Looks:
    """What this process has looked at; on the second database pages are drawn alike."""

    are_taken = True
    taken: set[bytes] = set()


def axe(page: Page) -> None:
    """No violation of WCAG 2.0, 2.1 or 2.2, level A or AA, by axe-core.

    Each block is judged once for each place it stands in, width and theme: what is built alike and
    has passed is not judged again, and of a list of fifty rows two are. See build.js for what
    "built alike" means. That references lead somewhere is held by `pages.check`.
    """
    if not Looks.are_taken:
        return
    blocks = [_digest(text) for text in page.evaluate(BUILD)]
    known = [number for number, block in enumerate(blocks) if block in Looks.taken]
    shell = _digest(page.evaluate("known => shell(known)", known))
    if shell in Looks.taken:
        return
    # what is wrong beside hollow blocks may be right beside whole ones
    faults = _faults(page, known) and _faults(page, None)
    assert not faults, f"axe on {page.url}:\n" + "\n".join(faults)
    together = page.evaluate("known => shell(known)", list(range(len(blocks))))
    Looks.taken.update([*blocks, _digest(together)])


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _faults(page: Page, known: list[int] | None) -> list[str]:
    """What axe finds while the known blocks are hollow; None: on the page as it is."""
    found = _look(page, known)
    assert found["passes"] or found["violations"], "axe looked at nothing"
    return [
        f"{v['id']} ({v['impact']}): {v['help']}\n    "
        + "\n    ".join(node["html"][:200] for node in v["nodes"][:5])
        for v in found["violations"]
    ]


def _look(page: Page, known: list[int] | None) -> Any:
    if page.evaluate("typeof axe === 'undefined'"):
        source, words = _axe()
        _run(page, source)
        page.evaluate("words => axe.configure({locale: words})", words)
    return page.evaluate("([known, how]) => look(known, how)", [known, HOW])


@cache
def _axe() -> tuple[str, Any]:
    return (VENDOR / "axe.min.js").read_text(), json.loads((VENDOR / "axe.nb.json").read_text())


def _run(page: Page, source: str) -> None:
    """Run a long script. Not by a script tag, which the policy would refuse; and not by `evaluate`,
    which parses it several times to learn whether it is a function."""
    session = page.context.new_cdp_session(page)
    answer = session.send("Runtime.evaluate", {"expression": f"{source}; undefined"})
    session.detach()
    assert "exceptionDetails" not in answer, answer


def no_sideways_scroll(page: Page) -> None:
    """The page fits its window; what sticks out is named."""
    wide = page.evaluate(
        """() => {
          const most = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= most) return [];
          return [...document.querySelectorAll("body *")]
            .filter((e) => e.getBoundingClientRect().right > most + 1)
            .slice(0, 8)
            .map((e) => `${e.outerHTML.slice(0, 80)} ${e.getBoundingClientRect().right}`);
        }"""
    )
    assert not wide, f"{page.url} scrolls sideways at {page.viewport_size}: {wide}"


def looks_right(page: Page) -> None:
    """What every page and state must pass: axe, and no sideways scroll on a phone or a desk."""
    if not Looks.are_taken:
        return
    before = page.viewport_size
    axe(page)
    no_sideways_scroll(page)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a TypedDict of the same shape
    no_sideways_scroll(page)
    axe(page)
    if before:
        page.set_viewport_size(before)
