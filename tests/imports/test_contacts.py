"""Importing contacts: seen before it is stored, stored whole or not at all, and only once."""

import json

import pytest
from sqlalchemy import func, select

from pilot.accounts.models import Membership, Person
from pilot.core.db import db
from pilot.core.imports import rows_of
from pilot.core.outbox import OutboxMail
from pilot.core.policy import OrganisationKind, Role
from pilot.core.words import LOCALES
from pilot.imports.models import ImportFile
from pilot.web.i18n import translate_to
from tests.imports.files import book, upload
from tests.support import pages
from tests.support.identity import ORDINARY
from tests.support.people import Person as Someone

HEAD = ["Kommune", "Navn", "E-post", "Rolle"]
ROWS = [
    ["0301", "Kari Prøve", "kari@oslo.example", "leder"],
    ["Bergen", "Ola Prøve", "Ola@bergen.example", ""],
]


@pytest.fixture
def lead(app, world) -> Someone:
    return Someone(app, world.member(world.seeded(OrganisationKind.KS), Role.LEAD).id)


def people() -> int:
    return db.session.scalar(select(func.count(Person.id))) or 0


def test_seen_then_stored_then_nothing_more(lead):
    before = people()
    answer = upload(lead, book(HEAD, ROWS))
    assert answer.status_code == 302
    preview = lead.follow(answer)
    assert "Nye: 2." in preview.text
    assert people() == before, "nothing is stored before the button"
    assert lead.submit(answer.headers["Location"], to=answer.headers["Location"]).status_code == 302
    found = db.session.execute(
        select(Person.name, Membership.role)
        .join(Membership)
        .where(Person.email.in_(["kari@oslo.example", "ola@bergen.example"]))
        .order_by(Person.email)
    ).all()
    assert [tuple(row) for row in found] == [("Kari Prøve", Role.LEAD), ("Ola Prøve", Role.MEMBER)]
    kept = db.session.scalars(select(ImportFile)).one()
    assert json.loads(kept.rows) == [], "the rows are forgotten"
    assert db.session.scalar(select(OutboxMail.id)) is None, "an import sends no mail"
    again = lead.follow(upload(lead, book(HEAD, ROWS)))
    assert "Filen endrer ingenting" in again.text
    assert people() == before + 2


def test_a_role_that_has_changed_is_shown_and_stored(lead):
    first = upload(lead, book(HEAD, ROWS)).headers["Location"]
    lead.submit(first, to=first)
    changed = upload(lead, book(HEAD, [["301", "Et annet navn", "kari@oslo.example", "medlem"]]))
    page = lead.follow(changed)
    assert "Leder → Medlem" in page.text
    address = changed.headers["Location"]
    lead.submit(address, to=address)
    held = select(Person.name, Membership.role).join(Membership)
    row = db.session.execute(held.where(Person.email == "kari@oslo.example")).one()
    assert tuple(row) == ("Kari Prøve", Role.MEMBER), "a person's name is their own"


def test_wrong_rows_are_named_and_nothing_is_stored(lead):
    wrong = [
        ["9999", "A", "a@b.example", ""],
        ["0301", "B", "ingen adresse", ""],
        ["0301", "C", "c@b.example", "sjef"],
        ["0301", "", "d@b.example", ""],
        ["0301", f"E {ORDINARY}", "e@b.example", ""],
        ["0301", "F", "kari@oslo.example", ""],
    ]
    before = people()
    many = [["0301", f"Navn {n}", f"n{n}@b.example", ""] for n in range(194)]
    answer = upload(lead, book(HEAD, [*ROWS[:1], *wrong, *many]))
    assert answer.status_code == 422
    assert "6 rader må rettes" in answer.text
    for said in ("Fant ikke kommunen", "e-postadresse", "«leder» eller", "Feltet er tomt", "rad 2"):
        assert said in answer.text, said
    assert ORDINARY not in answer.text
    assert people() == before
    assert db.session.scalar(select(ImportFile.id)) is None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Velg en fil."),
        (b"%PDF-1.7\x00", "Filen kan ikke leses"),
        (b"Navn;E-post\nA;a@b.no", "mangler kolonnen «kommune»"),
    ],
)
def test_what_is_no_such_table_gets_a_sentence(lead, data, said):
    answer = upload(lead, data, "" if not data else "fil.csv")
    assert answer.status_code == 422
    assert said in answer.text


def test_pressed_twice_it_is_stored_once(lead):
    address = upload(lead, book(HEAD, ROWS)).headers["Location"]
    [form] = pages.forms(lead.get(address).text, address)[-1:]
    assert [lead.send(form, {}).status_code for _ in range(2)] == [302, 409]


def test_a_file_is_its_own_persons_alone(app, world, lead):
    address = upload(lead, book(HEAD, ROWS)).headers["Location"]
    other = Someone(app, world.member(world.seeded(OrganisationKind.KS), Role.LEAD).id)
    assert other.get(address).status_code == 404


def test_an_empty_file_with_the_headings(lead):
    answer = lead.get("/import/kontakter/mal.csv")
    assert "Kommune" in answer.text
    assert answer.mimetype == "text/csv"


@pytest.mark.one_database
def test_the_headings_of_each_empty_file_are_known_in_every_language(app):
    importers = app.extensions["registry"].imports
    assert {one.key for one in importers} == {"kontakter", "leverandorer", "kandidater", "plasser"}
    for importer in importers:
        for locale in LOCALES:
            headings = [translate_to(locale, column.label) for column in importer.columns]
            filled = [str(n) for n, _ in enumerate(headings)]
            [row] = rows_of(importer.columns, [headings, filled])
            assert list(row.values.values()) == filled, (importer.key, locale)


def test_statements_do_not_grow_with_the_file(lead, counted):
    costs = []
    for many in (2, 300):
        rows = [["0301", f"Navn {n}", f"x{many}-{n}@b.example", ""] for n in range(many)]
        address = upload(lead, book(HEAD, rows)).headers["Location"]
        with counted() as sent:
            lead.get(address)
        costs.append(len(sent))
    assert costs[0] == costs[1] <= 10
