"""How a page looks to those who see it, and to those who do not: axe, and what sticks out."""

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from tests.support.browser import PHONE

HERE = Path(__file__).resolve()
VENDOR = HERE.parents[1] / "vendor"
SNAPSHOT = HERE.with_name("snapshot.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
#: What depends on how much room there is; names, roles and languages do not.
OF_LAYOUT = ["color-contrast", "scrollable-region-focusable", "link-in-text-block"]
HOW = {
    "resultTypes": ["violations"],
    "selectors": False,
    "preload": {"assets": ["media"]},  # the rule that reads style sheets is an experiment, not run
}
WHAT_STICKS_OUT = """() => {
  const most = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= most) return [];
  return [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > most + 1)
    .slice(0, 8)
    .map((e) => `${e.outerHTML.slice(0, 80)} ${e.getBoundingClientRect().right}`);
}"""
Size = tuple[int, int]


class Eye:
    """A window of a width and a theme, where copies of pages are looked at.

    Colours are judged once for each way that an element can stand: see eye.js.
    """

    def __init__(self, browser: Browser, origin: str, size: Size, theme: str) -> None:
        width, height = size
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if theme == "dark" else "light",
            bypass_csp=True,  # a copy has no headers, and the real page is held to its own
        )
        self._page = context.new_page()
        self._page.goto(f"{origin}/healthz" if origin else "about:blank")
        _run(self._page, (VENDOR / "axe.min.js").read_text())
        words = (VENDOR / "axe.nb.json").read_text()
        _run(self._page, f"axe.configure({{locale: {words}}})")
        _run(self._page, HERE.with_name("eye.js").read_text())

    def look(self, html: str, *, closely: bool) -> list[str]:
        """What is wrong with a page: by axe, and because it is wider than its window."""
        self._page.evaluate("html => show(html)", html)
        wide = self._page.evaluate(WHAT_STICKS_OUT)
        only = {"type": "tag", "values": TAGS} if closely else {"type": "rule", "values": OF_LAYOUT}
        found = self._page.evaluate("how => judge(how)", HOW | {"runOnly": only})
        assert found["rules"] >= len(OF_LAYOUT), "axe looked at nothing"
        return [f"sticks out: {one}" for one in wide] + [
            f"{v['id']} ({v['impact']}): {v['help']}\n    "
            + "\n    ".join(node["html"][:200] for node in v["nodes"][:5])
            for v in found["violations"]
        ]


class Looks:
    """Whether this process looks; on the second database pages are drawn alike."""

    are_taken = True


@cache
def _eye(browser: Browser, origin: str, size: Size, theme: str) -> Eye:
    return Eye(browser, origin, size, theme)


def _run(page: Page, source: str) -> None:
    """Run a long script. Not by a script tag, which the policy would refuse; and not by `evaluate`,
    which parses it several times to learn whether it is a function."""
    session = page.context.new_cdp_session(page)
    answer = session.send("Runtime.evaluate", {"expression": f"{source}; undefined"})
    session.detach()
    assert "exceptionDetails" not in answer, answer


def axe(page: Page, size: dict[str, int] | None = None, *, closely: bool = True) -> None:
    """No violation of WCAG 2.0, 2.1 or 2.2, level A or AA, by axe-core; no sideways scroll.

    Not closely: only what depends on the room there is. That references lead somewhere is held by
    `pages.check`.
    """
    if not Looks.are_taken:
        return
    page.wait_for_load_state()  # a page that was just opened may have no elements yet
    room = size or page.viewport_size
    browser = page.context.browser
    assert room
    assert browser
    at = urlsplit(page.url)
    origin = f"{at.scheme}://{at.netloc}" if at.netloc else ""
    is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    theme = "dark" if is_dark else "light"
    eye = _eye(browser, origin, (room["width"], room["height"]), theme)
    faults = eye.look(page.evaluate(SNAPSHOT), closely=closely)
    assert not faults, f"{page.url}, {room}, {theme}:\n" + "\n".join(faults)


def looks_right(page: Page, *, closely: bool = False) -> None:
    """What every page and state must pass, on a desk and on a phone. See `axe`."""
    if not Looks.are_taken:
        return
    axe(page, closely=closely)
    before = page.viewport_size
    draws = page.locator(".js-plotly-plot").count() > 0  # a chart fits itself to its window
    if draws:
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a TypedDict of the same shape
    axe(page, PHONE)
    if draws and before:
        page.set_viewport_size(before)
