"""The list as people use it: search, filters, order, pages and the file."""

import csv
import io
import re

import pytest

from pilot.core.db import db
from pilot.core.unit import unit_of_work
from pilot.municipalities.models import Municipality
from tests.support.pages import words

LIST = "/kommuner"


def names(answer) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]+" lang="nb">([^<]+)</a>', answer.text)


def test_anyone_may_read_the_list_by_county_and_name(stranger):
    answer = stranger.get(LIST)
    assert answer.status_code == 200
    assert "357 treff" in words(answer.text)
    assert names(answer)[:2] == ["Arendal", "Birkenes"]
    assert len(names(answer)) == 50


def test_filters_work_together_and_are_shown_as_chips(stranger):
    answer = stranger.get(f"{LIST}?region=vest&malform=nynorsk&storrelse=stor&fylke=46")
    assert names(answer) == ["Alver", "Bjørnafjorden", "Sunnfjord", "Øygarden"]
    assert answer.text.count('class="ds-sr-only">fjern') == 4


def test_what_is_not_known_in_the_address_is_left_out(stranger):
    answer = stranger.get(f"{LIST}?fylke=xx&fylke=9&region=nei&sentralitet=7&sorter=nei&side=nei")
    assert answer.status_code == 200


def test_no_hits_say_what_to_do(stranger):
    answer = stranger.get(f"{LIST}?q=finnes-ikke")
    said = "Ingen kommuner passer til søket. Fjern et filter, eller søk på noe annet."
    assert said in words(answer.text)


def test_norwegian_order_puts_aa_last(stranger):
    answer = stranger.get(f"{LIST}?sorter=navn&side=8")
    assert names(answer)[-1] == "Åsnes"


@pytest.mark.parametrize("side", ["0", "-3", "99", "9" * 30])
def test_a_page_that_is_not_there_shows_one_that_is(stranger, side):
    assert names(stranger.get(f"{LIST}?side={side}"))


def test_parallel_names_say_their_language(stranger):
    answer = stranger.get(f"{LIST}?q=5540")
    assert 'lang="se">Gáivuotna' in answer.text
    assert 'lang="fkv">Kaivuono' in answer.text


def test_the_file_holds_what_the_list_holds(stranger):
    answer = stranger.get("/kommuner.csv?fylke=56")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert len(rows) == 1 + 18
    assert rows[0][0] == "Kommunenummer"


def test_the_file_runs_no_formula(stranger):
    with unit_of_work():
        oslo = db.session.query(Municipality).filter_by(number="0301").one()
        oslo.name_unique = "=1+1"
    assert ";'=1+1;" in stranger.get("/kommuner.csv?fylke=03").text


def test_trust_pages_say_what_is_not_confirmed(stranger):
    assert "Ikke bekreftet" in words(stranger.get("/helseforetak").text)
    assert "Ikke bekreftet" in words(stranger.get("/helseforetak/ahus").text)
    assert "bydeler i Oslo" in words(stranger.get("/helseforetak/lovisenberg").text)
    assert stranger.get("/helseforetak/finnes-ikke").status_code == 404


@pytest.mark.parametrize("path", [LIST, "/helseforetak", "/helseforetak/ahus"])
def test_few_statements(ks, counted, path):
    ks.get(path)
    with counted() as sent:
        ks.get(path)
    assert len(sent) <= 5
