"""A municipality assesses itself: colleagues at once, one of them on a phone, and KS reads it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import PHONE, tab_to
from tests.support.looks import looks_right

LEAD = "leder@ks.example"
OWN = "kontakt@9901.kommune.example"
WHOLE = "/utproving/runder/1/kandidater/9901/vurdering"
FIRST = "Ledelsen har bestemt seg i dag."
HIGHEST = re.compile("^4 – Et folkevalgt")
SECOND = "Vi har satt av en dag i uka."


@pytest.mark.timeout(300)
def test_colleagues_answer_at_the_same_time_and_send_in(
    browse: Callable[..., Page],
) -> None:
    first, second, lead = browse(OWN), browse(OWN, viewport=PHONE), browse(LEAD)
    _gives_out_the_work(first)
    for page in (first, second):
        page.goto(f"{WHOLE}/anchoring")
    _is_saved_while_one_writes(first)
    _sees_both_texts(second)
    _sends_in(first)
    _reads_what_was_sent(lead)


def _gives_out_the_work(page: Page) -> None:
    page.goto("/utproving")
    page.get_by_role("link", name="Fyll ut egenvurderingen").click()
    looks_right(page)
    page.get_by_role("link", name="Velg hvem som svarer Jus og personvern").click()
    page.get_by_label("Hvem svarer?").select_option(index=1)
    looks_right(page)
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_text("Ansvaret er lagret.")).to_be_visible()
    expect(page.get_by_text("Svarer:").first).to_be_visible()


def _is_saved_while_one_writes(page: Page) -> None:
    page.get_by_label("Begrunnelse for F1").fill(FIRST)
    page.get_by_label(HIGHEST).check()
    expect(page.get_by_text("Lagret", exact=True)).to_be_visible()
    page.reload()  # nobody asks whether to leave: it is stored
    expect(page.get_by_label("Begrunnelse for F1")).to_have_value(FIRST)


def _sees_both_texts(page: Page) -> None:
    page.get_by_label("Begrunnelse for F1").fill(SECOND)
    expect(page.get_by_text("En kollega har endret det samme.")).to_be_visible()
    page.get_by_role("button", name="Lagre", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text(FIRST)
    expect(page.get_by_label("Begrunnelse for F1")).to_have_value(SECOND)
    looks_right(page)
    page.get_by_label("Begrunnelse for F1").fill(f"{FIRST} {SECOND}")
    page.get_by_label(HIGHEST).check()
    page.get_by_role("button", name="Lagre", exact=True).click()
    expect(page.get_by_text("Svarene er lagret.")).to_be_visible()
    page.goto(f"{WHOLE}/anchoring/historikk")
    expect(page.get_by_text("ikke tatt med, en kollega skrev samtidig").first).to_be_visible()
    looks_right(page)


def _sends_in(page: Page) -> None:
    page.goto(WHOLE)
    expect(page.get_by_text("Dere har endret svar etter at dere sendte inn.")).to_be_visible()
    page.get_by_role("link", name="Send inn …").click()
    page.get_by_role("button", name="Send inn").click()
    expect(page.get_by_role("alert")).to_contain_text("Rett 2 feil")
    looks_right(page)
    page.get_by_label("Navnet på den som har godkjent").fill("Grete Godkjent")
    page.get_by_label("Rollen til den som har godkjent").fill("kommunalsjef")
    page.get_by_role("button", name="Send inn").click()
    expect(page.get_by_text("Takk. KS har fått egenvurderingen")).to_be_visible()
    expect(page.get_by_role("heading", name="Endret fra forrige versjon")).to_be_visible()
    looks_right(page)
    with page.expect_download() as got:
        page.get_by_role("link", name="Last ned kvitteringen (PDF)").click()
    assert got.value.suggested_filename == "egenvurdering-9901-2.pdf"


def _reads_what_was_sent(page: Page) -> None:
    page.goto("/utproving/runder/1/kandidater/9901")
    page.get_by_role("link", name="Les egenvurderingen").click()
    looks_right(page)
    page.get_by_role("link", name="Versjon 2").click()
    expect(page.get_by_text(f"{FIRST} {SECOND}")).to_be_visible()


def test_a_dimension_is_answered_by_keyboard_alone(browse: Callable[..., Page]) -> None:
    page = browse(OWN, at=f"{WHOLE}/finances")
    tab_to(page, lambda: page.evaluate("document.activeElement.type") == "radio")
    page.keyboard.press("ArrowDown")
    tab_to(page, lambda: page.evaluate("document.activeElement.innerText") == "Lagre")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Svarene er lagret.")).to_be_visible()
