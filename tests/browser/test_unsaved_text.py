"""A long text is never lost: typed and not stored, it is offered again to the one who wrote it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from pilot.core.text import holds_identity_number
from tests.support import identity
from tests.support.browser import sign_in
from tests.support.looks import looks_right

CONTACT = "kontakt@4601.kommune.example"
NEW = "/historier/ny"
LONG = "se hvilke avtaler pasienten har på sykehuset de neste ukene " * 12
FOUND = "Vi fant tekst du ikke rakk å lagre"
KEPT = "() => Object.entries(sessionStorage).map(([key, value]) => key + value).join()"


def _write(page: Page, need: str = LONG) -> None:
    page.get_by_label("Tittel").fill("Se avtaler")
    page.get_by_label("ønsker jeg å …").fill(need)


def _is_kept(page: Page, text: str) -> None:
    page.wait_for_function(f"text => ({KEPT})().includes(text)", arg=text)


def _kept(page: Page) -> str:
    return str(page.evaluate(KEPT))


def test_after_the_session_has_ended(browse: Callable[..., Page]) -> None:
    page = browse(CONTACT, at=NEW)
    expect(page.get_by_text(FOUND)).to_be_hidden()
    _write(page)
    page.get_by_label("Kriterium 1").fill("Avtalene vises")
    page.get_by_role("button", name="Legg til kriterium").click()
    page.get_by_label("Kriterium 2").fill("Stedet vises")
    page.get_by_label("Ukentlig").check()
    page.context.clear_cookies()
    page.get_by_role("button", name="Lagre utkast").click()
    expect(page.get_by_text("Du er logget ut")).to_be_visible()
    sign_in(page, CONTACT)
    page.goto(NEW)
    expect(page.get_by_label("Tittel")).to_have_value("")  # nothing is filled in without asking
    expect(page.get_by_text(FOUND)).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Hent teksten").click()
    expect(page.get_by_label("Tittel")).to_be_focused()
    expect(page.get_by_label("ønsker jeg å …")).to_have_value(LONG)
    expect(page.get_by_label("Kriterium 2")).to_have_value("Stedet vises")
    expect(page.get_by_label("Ukentlig")).to_be_checked()
    page.get_by_role("button", name="Lagre utkast").click()
    expect(page.get_by_text("Du kan fortsette når det passer.")).to_be_visible()
    expect(page.get_by_text(FOUND)).to_be_hidden()
    page.goto(NEW)  # stored: there is nothing left to offer
    expect(page.get_by_text(FOUND)).to_be_hidden()
    assert "typed" not in _kept(page)


def test_after_the_language_was_switched_and_then_not_wanted(browse: Callable[..., Page]) -> None:
    page = browse(CONTACT, at=NEW)
    _write(page)
    page.get_by_role("button", name="Nynorsk").click()
    expect(page.locator("html")).to_have_attribute("lang", "nn")
    offer = page.locator("[data-offer]")
    expect(offer).to_be_visible()
    offer.locator("[data-answer=delete]").click()
    expect(offer).to_be_hidden()
    assert "typed" not in _kept(page)
    page.reload()
    expect(offer).to_be_hidden()
    page.get_by_role("button", name="Bokmål").click()  # the person's choice is remembered


def test_what_is_typed_before_the_script_has_come(browse: Callable[..., Page]) -> None:
    script = "**/modules/keep*.js*"
    page = browse(CONTACT, at="/om")
    late: list[Route] = []
    page.route(script, lambda route: late.append(route))
    with page.expect_request(script):
        page.goto(NEW, wait_until="commit")
    _write(page)
    with page.expect_response(script) as came:
        late[0].continue_()
    page.evaluate("async address => { await import(address); }", came.value.url)  # it has run
    page.unroute(script)
    page.goto("/historier")
    page.goto(NEW)
    expect(page.get_by_text(FOUND)).to_be_visible()
    page.locator("[data-answer=delete]").click()


def test_a_form_that_comes_back_with_errors_is_kept_too(browse: Callable[..., Page]) -> None:
    page = browse(CONTACT, at=NEW)
    _write(page)
    page.get_by_role("button", name="Send inn").click()
    page.get_by_role("alert").wait_for()
    expect(page.get_by_text(FOUND)).to_be_hidden()
    page.goto(NEW)
    page.get_by_role("button", name="Hent teksten").click()
    expect(page.get_by_label("ønsker jeg å …")).to_have_value(LONG.strip())


def test_for_another_person_and_after_signing_out_there_is_nothing(
    browse: Callable[..., Page],
) -> None:
    page = browse(CONTACT, at=NEW)
    _write(page)
    _is_kept(page, LONG)
    page.context.clear_cookies()
    sign_in(page, "kontakt@5501.kommune.example")
    page.goto(NEW)
    expect(page.get_by_text(FOUND)).to_be_hidden()
    page.locator("details.pr-acting summary").click()
    page.get_by_role("button", name="Logg ut").click()
    expect(page.get_by_text("Du er logget ut.")).to_be_visible()
    assert "typed" not in _kept(page)


def test_an_older_text_is_not_saved_over_a_newer_one(browse: Callable[..., Page]) -> None:
    page, colleague = browse(CONTACT, at=NEW), browse(CONTACT, at=NEW)
    _write(page, "se avtaler")
    page.get_by_role("button", name="Lagre utkast").click()
    expect(page.get_by_text("Du kan fortsette når det passer.")).to_be_visible()
    page.get_by_label("ønsker jeg å …").fill("min nye tekst")
    _is_kept(page, "min nye tekst")
    colleague.goto(page.url)
    colleague.get_by_label("ønsker jeg å …").fill("kollegaens tekst")
    colleague.get_by_role("button", name="Lagre utkast").click()
    expect(colleague.get_by_text("Du kan fortsette når det passer.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("ønsker jeg å …")).to_have_value("kollegaens tekst")
    page.get_by_role("button", name="Hent teksten").click()
    page.get_by_role("button", name="Lagre utkast").click()
    expect(page.get_by_role("heading", name="Dette er ulikt")).to_be_visible()
    expect(page.locator(".pr-diff")).to_contain_text("kollegaens tekst")


@pytest.mark.parametrize("number", [identity.ORDINARY, " ".join(identity.H_NUMBER)])
def test_an_identity_number_is_never_kept(browse: Callable[..., Page], number: str) -> None:
    page = browse(CONTACT, at=NEW)
    _write(page, "se avtaler")
    _is_kept(page, "se avtaler")
    page.get_by_label("ønsker jeg å …").fill(f"se avtaler for {number} i dag")
    page.get_by_label("slik at …").fill("ingen møter forgjeves")
    _is_kept(page, "ingen møter forgjeves")
    assert number not in _kept(page)
    assert "se avtaler" not in _kept(page)


SPOKEN = [
    "",
    "12345678901",
    identity.ORDINARY,
    f"1{identity.ORDINARY}",
    f"{identity.ORDINARY}1",
    f"født {identity.D_NUMBER[:6]} {identity.D_NUMBER[6:]}, bor hjemme",
    " - ".join(identity.H_NUMBER),
    "       ".join(identity.H_NUMBER),
    "a".join(identity.ORDINARY),
    identity.TEST_NUMBER,
    "\u200b".join(identity.ORDINARY),
    "&#8203;".join(identity.ORDINARY),
    "&nbsp;".join(identity.ORDINARY),
    "".join(f"&#{ord(c)};" for c in identity.ORDINARY),
    identity.ORDINARY.translate({48 + n: 0x0660 + n for n in range(10)}),
    identity.ORDINARY.translate({48 + n: 0x0966 + n for n in range(10)}),
    identity.ORDINARY.translate({48 + n: 0xFF10 + n for n in range(10)}),
    identity.ORDINARY.translate({48 + n: 0x1D7CE + n for n in range(10)}),
    f"1{identity.ORDINARY[0]} {identity.ORDINARY}",
    "tlf. 22 24 70 00, ring 1. mai 2027 kl. 09.15",
    *(
        f"{day:02d}{month:02d}14{n:05d}"
        for day in (0, 1, 31, 41, 72)
        for month in (0, 5, 46, 86)
        for n in (0, 36, 99)
    ),
]


def test_the_script_knows_what_the_server_knows(browse: Callable[..., Page]) -> None:
    page = browse()
    page.goto("/logg-inn")
    found: Any = page.evaluate(
        """async (texts) => {
          const { src } = document.querySelector("script[type=module]");
          const { holdsIdentityNumber } = await import(new URL("lib/identity.js", src));
          return texts.map(holdsIdentityNumber);
        }""",
        SPOKEN,
    )
    expected = [holds_identity_number(text) for text in SPOKEN]
    assert expected.count(True) >= 11
    assert [t for t, a, b in zip(SPOKEN, found, expected, strict=True) if a is not b] == []
