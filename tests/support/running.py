"""Fixtures for what runs beside a test: servers, the site and its browsers, when one asks."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.browser import Browsers, launch
from tests.support.databases import Databases
from tests.support.looks import Looks
from tests.support.mail import Mailbox
from tests.support.servers import redis_server
from tests.support.site import Site, prepare, serving


@pytest.fixture(scope="session")
def mail_server() -> Iterator[Mailbox]:
    box = Mailbox()
    box.start()
    yield box
    box.stop()


@pytest.fixture
def mailbox(mail_server: Mailbox) -> Mailbox:
    """A real SMTP server, empty at the start of the test."""
    mail_server.messages.clear()
    mail_server.refuses.clear()
    return mail_server


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A real Redis, without any data but what the tests put there."""
    with redis_server() as url:
        yield url


@pytest.fixture(scope="session")
def site(databases: Databases, tmp_path_factory, mail_server: Mailbox) -> Iterator[Site]:
    """The demo site, served by gunicorn as `make run` does; one for all tests of a worker."""
    log = tmp_path_factory.mktemp("site") / "log.txt"
    with serving(databases.copy("demo", prepare), log, SMTP_URL=mail_server.url) as running:
        yield running


@pytest.fixture(scope="session")
def site_of_two(databases: Databases, tmp_path_factory) -> Iterator[Site]:
    """A demo site with two server processes, for races; one for all tests of a worker."""
    log = tmp_path_factory.mktemp("site_of_two") / "log.txt"
    with serving(databases.copy("demo", prepare), log, processes=2) as running:
        yield running


@pytest.fixture(scope="session")
def _chromium(request: pytest.FixtureRequest) -> Iterator[Browser]:
    Looks.are_taken = request.config.getoption("--database") == "sqlite"
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def browse(_chromium: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Open a window: `browse()`, `browse("leder@ks.example", viewport=PHONE, dark=True)`.

    The test fails on any CSP violation, console error, page error or request to another site.
    """
    browsers = Browsers(_chromium, site)
    yield browsers.open
    browsers.close()
    assert not browsers.complaints, "\n".join(browsers.complaints)
