"""Foundation documents: numbers that stay, and recommendations that others can point at."""

import pytest

from pilot.catalogue import queries, service
from pilot.catalogue.rules import DocumentText
from pilot.core.errors import Forbidden, Missing
from pilot.core.policy import Actor
from tests.support import pages

TWO = {"recommendations": ((1, "Gjenbruk løsninger"), (5, "Mål virkningen"))}


def text_of(ref: str) -> DocumentText:
    return queries.document(Actor(), ref).text


def test_what_the_sources_name_is_there_and_no_more(stranger):
    page = stranger.get("/grunnlag").text
    assert "Styringsdokument" in page
    assert "Ikke bekreftet" in page  # its owner and date are not in the sources
    assert "Anbefalingene er ikke registrert ennå." in stranger.get("/grunnlag/GD-1").text


def test_a_lead_registers_a_document_with_its_recommendations(ks, stranger):
    answer = ks.submit(
        "/grunnlag/ny",
        **{
            "title": "Tilskuddsbrev",
            "owner": "Helsedirektoratet",
            "dated_on": "2026-06-01",
            "address": "https://example.org/brev",
            "recommendations-0-number": "5",
            "recommendations-0-text": "Del erfaringene",
        },
    )
    page = stranger.get(answer.headers["Location"]).text
    assert "1. juni 2026" in page
    assert "anbefaling 5" in page
    assert 'id="anbefaling-5"' in page
    assert "Tilskuddsbrev" in stranger.get("/sok?q=tilskuddsbrev").text


def test_one_that_is_taken_out_stays_with_its_number(world, ks, stranger):
    document = world.document(**TWO)
    ref = f"GD-{document.number}"
    shorter = DocumentText(title="Kortere", recommendations=((1, "Gjenbruk løsninger"),))
    service.edit_document(ks.actor, ref, shorter, revision=1)
    assert "Står ikke lenger i dokumentet." in stranger.get(f"/grunnlag/{ref}").text
    assert text_of(ref).recommendations == ((1, "Gjenbruk løsninger"),)
    back = DocumentText(title="Lengre", recommendations=((5, "Mål virkningen bedre"),))
    service.edit_document(ks.actor, ref, back, revision=2)
    assert text_of(ref).recommendations == ((5, "Mål virkningen bedre"),)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": ""}, "Skriv tittelen"),
        ({"title": "a" * 121}, "Teksten er for lang"),
        ({"address": "ks.no"}, "https:// foran"),
        ({"dated_on": "før sommeren"}, "Skriv datoen som"),
        ({"recommendations-0-text": "Uten nummer"}, "Skriv nummeret"),
        ({"recommendations-0-number": "fem", "recommendations-0-text": "x"}, "et helt tall"),
        (
            {
                f"recommendations-{n}-{part}": value
                for n in (0, 1)
                for part, value in (("number", "1"), ("text", "To ganger"))
            },
            "sitt eget nummer",
        ),
    ],
)
def test_what_must_be_mended_is_said(ks, fields, sentence):
    answer = ks.submit("/grunnlag/ny", **({"title": "Et dokument"} | fields))
    assert answer.status_code == 422
    assert sentence in answer.text


def test_two_leads_at_once_lose_nothing(ks, world):
    path = f"/grunnlag/GD-{world.document().number}/endre"
    form = pages.forms(ks.get(path).text, path)[0]
    ks.submit(path, title="Den førstes")
    clash = ks.send(form, {"title": "Den andres"})
    assert clash.status_code == 409
    assert "Den førstes" in clash.text
    assert "Den andres" in clash.text
    assert ks.send(pages.forms(clash.text, path)[0], {}).status_code == 302


def test_a_row_more_without_script(ks):
    answer = ks.submit("/grunnlag/ny", title="Et dokument", add_row="1")
    assert 'name="recommendations-2-text"' in answer.text
    assert 'value="Et dokument"' in answer.text


def test_only_leads_edit(ks_member, nhn, world):
    ref = f"GD-{world.document().number}"
    for person in (ks_member, nhn):
        with pytest.raises(Forbidden):
            service.edit_document(person.actor, ref, DocumentText(title="x"), revision=1)


@pytest.mark.parametrize("ref", ["GD-999999", "BH-0001", "GD-", "GD-1x", "GD-99999999999999999"])
def test_a_document_that_there_is_not(stranger, ref):
    assert stranger.get(f"/grunnlag/{ref}").status_code == 404
    with pytest.raises(Missing):
        queries.document(Actor(), ref)
