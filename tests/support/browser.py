"""Chromium, driven as people use it; what it complains about fails the test."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request

from tests.support.servers import program
from tests.support.site import PASSWORD, Site

ARGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
VENDOR = Path(__file__).resolve().parents[1] / "vendor"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 800}
PATIENCE = 15_000  # milliseconds; two workers share two cores

REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`CSP: ${event.violatedDirective} refused ${event.blockedURI}`);
});
"""


def launch(playwright: Playwright) -> Browser:
    path = program("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return playwright.chromium.launch(executable_path=path, args=ARGS)


class Browsers:
    """Opens a window for each person, and remembers every complaint."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self._browser = browser
        self._site = site
        self._contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def open(
        self,
        email: str | None = None,
        *,
        viewport: dict[str, int] | None = None,
        locale: str = "nb-NO",
        dark: bool = False,
        **options: Any,
    ) -> Page:
        """A window of one's own; signed in through the sign-in page, if an address is given."""
        context = self._browser.new_context(
            base_url=self._site.url,
            viewport=viewport or DESK,  # type: ignore[arg-type]  # a TypedDict of the same shape
            locale=locale,
            color_scheme="dark" if dark else "light",
            **options,
        )
        context.set_default_timeout(PATIENCE)
        context.add_init_script(REPORT_VIOLATIONS)
        self._contexts.append(context)
        page = context.new_page()
        self._listen(page)
        context.on("page", self._listen)
        if email:
            sign_in(page, email)
        return page

    def _listen(self, page: Page) -> None:
        refused: set[str] = set()  # pages that answered with an error, on purpose

        def console(message: ConsoleMessage) -> None:
            address = message.location.get("url", "").partition("#")[0]
            if message.type == "error" and address not in refused:
                self.complaints.append(f"{page.url}: {message.text}")

        def request(asked: Request) -> None:
            if not asked.url.startswith((self._site.url + "/", "data:", "blob:")):
                self.complaints.append(f"{page.url}: asked {asked.url}")

        page.on(
            "response",
            lambda got: (
                refused.add(got.url.partition("#")[0])
                if got.status >= 400 and got.request.is_navigation_request()
                else None
            ),
        )
        page.on("console", console)
        page.on("request", request)
        page.on("pageerror", lambda fault: self.complaints.append(f"{page.url}: {fault}"))

    def close(self) -> None:
        for context in self._contexts:
            context.close()


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.goto("/logg-inn")
    page.locator("main input[name=email]").fill(email)
    page.locator("main input[name=password]").fill(password)
    page.locator("main input[name=password]").press("Enter")
    page.wait_for_url("**/oversikt")


@cache
def _axe() -> tuple[str, Any]:
    return (VENDOR / "axe.min.js").read_text(), json.loads((VENDOR / "axe.nb.json").read_text())


def axe(page: Page, *, again: bool = False) -> None:
    """No violation of WCAG 2.0, 2.1 or 2.2, level A or AA, by axe-core.

    Of a page that is looked at again the style sheets have been read: they hold for every width.
    """
    if not Looks.are_taken:
        return
    if page.evaluate("typeof axe === 'undefined'"):
        source, words = _axe()
        _run(page, source)
        page.evaluate("words => axe.configure({locale: words})", words)
    found = page.evaluate(
        "async ([rules, preload]) => { const found = await axe.run("
        "document, {runOnly: rules, resultTypes: ['violations'], selectors: false, preload});"
        " return {passes: found.passes.length, violations: found.violations}; }",
        [RULES, not again],
    )
    assert found["passes"] or found["violations"], "axe looked at nothing"
    faults = [
        f"{v['id']} ({v['impact']}): {v['help']}\n    "
        + "\n    ".join(node["html"][:200] for node in v["nodes"][:5])
        for v in found["violations"]
    ]
    assert not faults, f"axe on {page.url}:\n" + "\n".join(faults)


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


class Looks:
    """Whether pages are looked at: on the second database they are drawn alike."""

    are_taken = True


def looks_right(page: Page) -> None:
    """What every page and state must pass: axe, and no sideways scroll on a phone or a desk."""
    if not Looks.are_taken:
        return
    before = page.viewport_size
    axe(page)
    no_sideways_scroll(page)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a TypedDict of the same shape
    no_sideways_scroll(page)
    axe(page, again=True)
    if before:
        page.set_viewport_size(before)


def tab_to(page: Page, is_there: Callable[[], bool], most: int = 80) -> None:
    """Press Tab until the focus is where it should be, as one without a mouse does."""
    for _ in range(most):
        if is_there():
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"not reached within {most} presses of Tab on {page.url}")
