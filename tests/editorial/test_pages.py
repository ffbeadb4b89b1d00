"""Editorial pages: what ships, what leads write, and what everyone reads."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from pilot.core.db import db
from pilot.core.errors import Forbidden, Missing, Rejected
from pilot.core.policy import Actor
from pilot.core.texts import Said, Texts
from pilot.core.unit import unit_of_work
from pilot.editorial import queries, seed, service
from pilot.editorial.models import EditorialPage, PageVersion
from pilot.editorial.rules import LinkText, PageText
from tests.support import identity, pages

SHIPPED = (
    "felles-journalloft",
    "slik-deltar-kommunen",
    "slik-velges-utprovingskommuner",
    "kontakt",
)


def stored(key: str) -> EditorialPage:
    db.session.rollback()
    return db.session.scalars(select(EditorialPage).where(EditorialPage.key == key)).one()


# --- what ships ------------------------------------------------------------------------------


@pytest.mark.parametrize("key", SHIPPED)
@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
def test_the_shipped_pages_read_in_every_language(stranger, key, locale):
    stranger.post("/sprak", locale=locale)
    page = stranger.get(f"/om/{key}").text
    assert f'class="pr-doc__text" lang="{locale}"' in page
    assert "finnes bare på bokmål" not in page
    assert pages.parse(page).find(".//main//h2") is not None


def test_sources_keep_their_address_and_their_table(stranger, ks):
    assert stranger.get("/om/kilder").headers["Location"] == "/kilder"
    page = stranger.get("/kilder").text
    assert "Slik merker vi det vi ikke har kilde til" in page  # what leads write
    assert "KLASS 131" in page  # and the table
    assert "Trygg deling av journaler" in page
    assert "Ikke kontrollert." in page
    service.withdraw_page(ks.actor, "kilder")
    withdrawn = stranger.get("/kilder")
    assert "KLASS 131" in withdrawn.text
    assert "Slik merker vi" not in withdrawn.text


def test_every_link_on_a_shipped_page_leads_somewhere(stranger):
    for key in SHIPPED:
        main = pages.parse(stranger.get(f"/om/{key}").text).find(".//main")
        own = {a.get("href") for a in main.iter("a")}
        for address in own:
            if address.startswith("/"):
                assert stranger.get(address).status_code in (200, 302), address


def test_a_seed_mends_what_nobody_touched_and_leaves_what_a_lead_wrote(ks, monkeypatch):
    seed.reference("")
    assert stored("kontakt").version == 1  # the same again changes nothing
    mine = replace(queries.page_text(stored("kontakt").id, 1), texts=Texts(Said("Min", "Tekst")))
    service.edit_page(ks.actor, "kontakt", mine, revision=stored("kontakt").revision)
    service.withdraw_page(ks.actor, "slik-deltar-kommunen")
    newer = [(key, replace(text, texts=Texts(Said("Ny", "Ny")))) for key, text in seed._shipped()]
    monkeypatch.setattr(seed, "_shipped", lambda: newer)
    seed.reference("")
    assert queries.page(ks.actor, "felles-journalloft", "nb").shown.title == "Ny"
    assert queries.latest_draft(ks.actor, "kontakt", "nb").shown.title == "Min"
    assert stored("slik-deltar-kommunen").published_version is None


# --- writing ---------------------------------------------------------------------------------


def test_a_change_is_a_draft_until_it_is_published(ks, stranger):
    answer = ks.submit("/om/kontakt/endre", body_nb="## Ring oss\n\nNår du vil.", note="Telefon")
    assert answer.headers["Location"] == "/om/kontakt/utkast"
    draft = ks.follow(answer).text
    assert "Ring oss" in draft
    assert "Denne versjonen er ikke publisert" in draft
    assert "Ring oss" not in stranger.get("/om/kontakt").text
    assert ks.submit("/om/kontakt/utkast", to="/publiser").status_code == 302
    assert "<h2>Ring oss</h2>" in stranger.get("/om/kontakt").text
    versions = ks.get("/om/kontakt/versjoner").text
    assert "<ins>" in versions
    assert "<del>" in versions
    assert "Telefon" in versions


def test_a_language_that_is_missing_says_so(ks, world, stranger):
    page = world.page()
    stranger.post("/sprak", locale="en")
    text = stranger.get(f"/om/{page.key}").text
    assert 'class="pr-doc__text" lang="nb"' in text
    assert "pr-note" in text
    assert "Dette er teksten." in text


def test_two_leads_at_once_lose_nothing(ks, world):
    page = world.page()
    form = pages.forms(ks.get(f"/om/{page.key}/endre").text, f"/om/{page.key}/endre")[0]
    ks.submit(f"/om/{page.key}/endre", body_nb="Den førstes tekst")
    answer = ks.send(form, {"body_nb": "Den andres tekst"})
    assert answer.status_code == 409
    assert "Den førstes tekst" in answer.text
    assert "Den andres tekst" in answer.text
    again = pages.forms(answer.text, f"/om/{page.key}/endre")[0]
    assert ks.send(again, {}).status_code == 302
    assert "Den andres tekst" in ks.get(f"/om/{page.key}/utkast").text


def test_publishing_what_one_has_not_seen_is_refused(ks, world):
    page = world.page(is_published=False)
    form = pages.forms(ks.get(f"/om/{page.key}/utkast").text, "")[0]
    ks.submit(f"/om/{page.key}/endre", body_nb="En annens tekst")
    assert ks.send(form, {}).status_code == 409
    assert stored(page.key).published_version is None


def test_links_are_kept_with_the_version(ks, stranger):
    ks.submit(
        "/om/kontakt/endre",
        **{
            "links-1-title": "En kilde",
            "links-1-address": "https://example.org/side",
            "links-1-source": "Eksempel",
            "links-1-checked_on": "2026-11-20",
        },
    )
    ks.submit("/om/kontakt/utkast", to="/publiser")
    page = stranger.get("/om/kontakt").text
    assert 'href="https://example.org/side"' in page
    assert "Sist kontrollert 20. november 2026." in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title_nb": ""}, "Skriv en tittel."),
        ({"body_nb": ""}, "Skriv en tekst."),
        ({"body_nn": "Berre tekst", "title_nn": ""}, "Skriv en tittel."),
        ({"body_nb": "a" * 20_001}, "Teksten er for lang"),
        ({"links-0-title": "Uten adresse", "links-0-address": ""}, "Skriv både tittel og adresse"),
        ({"links-0-title": "Farlig", "links-0-address": "javascript:alert(1)"}, "https:// foran"),
        ({"links-0-checked_on": "i går"}, "Skriv datoen som"),
        ({"body_nb": f"Ring {identity.ORDINARY}"}, "ligner på et fødselsnummer"),
    ],
)
def test_what_must_be_mended_is_said_and_nothing_stored(ks, fields, sentence):
    answer = ks.submit("/om/kontakt/endre", **fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert stored("kontakt").version == 1


def test_an_identity_number_is_stopped_below_the_form_too(ks):
    link = LinkText("Lenke", f"https://example.org/{identity.ORDINARY}", "", None)
    in_text = PageText(Texts(Said("Side", identity.D_NUMBER)))
    in_link = PageText(Texts(Said("Side", "Tekst")), (link,))
    for said in (in_text, in_link):
        with pytest.raises(Rejected):
            service.add_page(ks.actor, said)
        db.session.rollback()


def test_a_new_page_has_its_own_address_once(ks, stranger):
    answer = ks.submit("/om/ny", title_nb="Spørsmål og svar", body_nb="Kommer.")
    assert answer.headers["Location"] == "/om/sporsmal-og-svar/utkast"
    twice = ks.submit("/om/ny", title_nb="Spørsmål og svar", body_nb="Kommer.")
    assert twice.status_code == 422
    assert "allerede en side" in twice.text
    assert stranger.get("/om/sporsmal-og-svar").status_code == 404
    assert "Spørsmål og svar" not in stranger.get("/om").text
    assert "Spørsmål og svar" in ks.get("/om").text


def test_only_leads_write_and_only_ks_reads_drafts(ks_member, municipality, steering, world):
    page = world.page(is_published=False)
    text = PageText(world.texts())
    with pytest.raises(Forbidden):
        service.edit_page(ks_member.actor, page.key, text, revision=1)
    for person in (municipality, steering):
        with pytest.raises(Missing):
            service.edit_page(person.actor, page.key, text, revision=1)
    assert ks_member.get(f"/om/{page.key}/utkast").status_code == 200


def test_a_version_never_changes(world):
    page = world.page()
    for change in ("UPDATE page_version SET title_nb = 'x'", "DELETE FROM page_version"):
        with (
            pytest.raises((IntegrityError, OperationalError, ProgrammingError, Exception)) as no,
            unit_of_work(),
        ):
            db.session.execute(text(change))
        assert "append-only" in str(no.value)
        db.session.rollback()
    assert db.session.scalar(
        select(func.count(PageVersion.id)).where(PageVersion.page_id == page.id)
    )


def test_search_finds_what_is_published_in_any_language(stranger, world):
    said = Said("Tittel", "Et sjeldent ord: tindeblomst")
    page = world.page(Texts(Said("Om blomster", "Tekst"), Said(), said))
    assert f"/om/{page.key}" in stranger.get("/sok?q=tindeblomst").text
    service.withdraw_page(Actor.system(), page.key)
    assert f"/om/{page.key}" not in stranger.get("/sok?q=tindeblomst").text
