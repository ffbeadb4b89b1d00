"""Takes the pictures of README and docs from a site that runs with demo data.

PILOT_DEMO_PASSWORD=… python tools/pictures.py [http://127.0.0.1:8000]
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

TO = Path(__file__).resolve().parents[1] / "docs" / "bilder"
ARGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
DESK = (1280, 900)
PHONE = (390, 844)
HEARING = "/anbefalinger/krav-til-deling-av-opplysninger-ved-anskaffelse-av-journal"


def window(browser: Browser, base: str, email: str | None, size: tuple[int, int]) -> Page:
    """A window of one's own; signed in, if an address is given."""
    context = browser.new_context(
        base_url=base, locale="nb-NO", viewport={"width": size[0], "height": size[1]}
    )
    page = context.new_page()
    if email:
        page.goto("/logg-inn")
        page.fill("main input[name=email]", email)
        page.fill("main input[name=password]", os.environ["PILOT_DEMO_PASSWORD"])
        page.press("main input[name=password]", "Enter")
        page.wait_for_url("**/oversikt")
    return page


def drawn(page: Page) -> None:
    """Wait until the charts of the page are drawn."""
    for chart in page.locator(".pr-chart__canvas").all():
        chart.locator(".main-svg").first.wait_for()


def empty_form(page: Page) -> None:
    page.fill("#title", "Se medisinlisten når pasienten kommer på legevakt")
    page.fill("#role", "lege på legevakt")
    page.click("button[name=submit]")
    page.get_by_role("alert").wait_for()


def written_report(page: Page) -> None:
    """A report being written; it is not saved, so the next picture is the same."""
    page.fill("#title", "Første statusrapport")
    page.fill(
        "#words",
        "## Hva har skjedd\n"
        "Flere kommuner har meldt interesse for den første runden.\n\n"
        "## Neste steg\n"
        "- KS leser interessemeldingene\n"
        "- Leverandørene møtes i plenum\n\n"
        "## Hva vi trenger fra styringsgruppen\n"
        "Behandle forslaget til prioritert liste.",
    )


def read_file(page: Page) -> None:
    """What a file would change: two new contacts and a new role. It is not imported."""
    rows = (
        "Kommune;Navn;E-post;Rolle",
        "Tromsø;Nina Nyvik;nina@5501.kommune.example;Medlem",
        "Tromsø;Berit Eksempeldal;kontakt@5501.kommune.example;Medlem",
        "Bodø;Ola Oppdikt;ola@1804.kommune.example;Leder",
    )
    content = "\n".join(rows).encode()
    page.set_input_files(
        "#file", {"name": "kontakter.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.click("main form .ds-button[type=submit]")
    page.wait_for_url("**/import/fil/*")


Step = Callable[[Page], None]
PICTURES: tuple[tuple[str, str | None, str, tuple[int, int], Step, bool], ...] = (
    ("01-forside", None, "/", DESK, drawn, True),
    ("02-skriv", "kontakt@5501.kommune.example", "/historier/ny", PHONE, empty_form, False),
    ("03-oversikt", "leder@ks.example", "/oversikt", DESK, drawn, True),
    ("04-historie", "radgiver@nhn.example", "/historier/BH-0004", DESK, drawn, True),
    ("05-historier", "leder@ks.example", "/historier", DESK, drawn, False),
    ("06-versjoner", "leder@ks.example", "/historier/BH-0004/versjoner", DESK, drawn, False),
    ("07-kommuner", None, "/kommuner", DESK, drawn, False),
    ("08-kommune", None, "/kommuner/5501", DESK, drawn, False),
    ("09-losninger", "radgiver@nhn.example", "/losninger", DESK, drawn, False),
    ("10-logg-inn", None, "/logg-inn", PHONE, drawn, False),
    ("11-utboks", "leder@ks.example", "/utboks", DESK, drawn, False),
    ("12-status", None, "/status", DESK, drawn, True),
    ("13-dialog", "selger@nordlys-epj.example", "/leverandordialog/okter/1", DESK, drawn, False),
    ("14-pameldte", "leder@ks.example", "/leverandordialog/okter/1/pameldte", DESK, drawn, False),
    ("15-anbefaling", "kontakt@5501.kommune.example", HEARING, DESK, drawn, False),
    ("16-beslutninger", "leder@ks.example", "/beslutninger", DESK, drawn, False),
    ("17-rammebetingelser", None, "/rammebetingelser", DESK, drawn, False),
    ("18-min-side", "kontakt@5501.kommune.example", "/min-side", DESK, drawn, False),
    ("19-folk", "leder@ks.example", "/folk", DESK, drawn, False),
    ("20-import", "leder@ks.example", "/import/kontakter", DESK, read_file, False),
    ("21-kjerneteam", None, "/kjerneteam", DESK, drawn, False),
    ("22-melding", "leder@ks.example", "/meldinger/1", DESK, drawn, False),
    ("23-prioritering", None, "/prioritering", DESK, drawn, False),
    ("24-arbeid-med-listen", "leder@ks.example", "/prioritering/arbeid", DESK, drawn, False),
    ("25-side", "leder@ks.example", "/om/felles-journalloft", DESK, drawn, False),
    ("26-grunnlag", "leder@ks.example", "/grunnlag/GD-3", DESK, drawn, False),
    ("27-statusrapport", "leder@ks.example", "/rapporter/ny", DESK, written_report, False),
    ("28-utproving", "kontakt@5501.kommune.example", "/utproving", DESK, drawn, False),
    ("29-kandidater", "leder@ks.example", "/utproving/kandidater", DESK, drawn, False),
    ("30-utprovinger", "leder@ks.example", "/utprovinger", DESK, drawn, False),
    ("31-en-utproving", "leder@ks.example", "/utprovinger/1", DESK, drawn, False),
)


def main(base: str) -> None:
    TO.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path, args=ARGS)
        for name, email, address, size, step, is_whole in PICTURES:
            page = window(browser, base, email, size)
            page.goto(address)
            step(page)
            page.screenshot(path=TO / f"{name}.png", full_page=is_whole)
            page.context.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
