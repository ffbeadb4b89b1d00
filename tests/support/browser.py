"""Chromium, driven as people use it; what it complains about fails the test."""

from collections.abc import Callable
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
        at: str = "",
        **options: Any,
    ) -> Page:
        """A window of one's own; signed in through the sign-in page, if an address is given.

        With `at`: on that page, signed in before the window was opened.
        """
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
        if email and at:
            self._carry_in(context, email)
        elif email:
            sign_in(page, email)
        if at:
            page.goto(at)
        return page

    def _carry_in(self, context: BrowserContext, email: str) -> None:
        visitor = self._site.visitor(email)
        context.add_cookies(
            [
                {"name": name, "value": value, "url": self._site.url}
                for name, value in visitor.cookies
            ]
        )
        visitor.close()

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


def tab_to(page: Page, is_there: Callable[[], bool], most: int = 80) -> None:
    """Press Tab until the focus is where it should be, as one without a mouse does."""
    for _ in range(most):
        if is_there():
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"not reached within {most} presses of Tab on {page.url}")
