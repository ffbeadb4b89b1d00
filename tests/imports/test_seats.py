"""Importing seats of the core team, and who sits there."""

from datetime import date

import pytest
from sqlalchemy import func, select

from pilot.core.db import db
from pilot.core.outbox import OutboxMail
from pilot.core.policy import OrganisationKind, Role
from pilot.coreteam.models import Appointment, Seat
from tests.imports.files import book, changes_nothing, stored, upload
from tests.support.identity import ORDINARY

KEY = "plasser"
HEAD = [
    *("Plassen er for", "Rolle", "Ansvar", "Stillingsprosent", "Organisasjon"),
    *("E-post", "Første dag", "Siste dag"),
]
EMPTY = ["", "", "", "", "", ""]


@pytest.fixture
def team(world) -> None:
    oslo = world.municipality("0301")
    for who in ("kari", "ola"):
        world.member(oslo, Role.MEMBER, email=f"{who}@oslo.example")
    vendor = world.organisation(OrganisationKind.VENDOR, "Nordlys Prøve")
    world.member(vendor, Role.LEAD, email="selger@nordlys.example")


def count(model) -> int:
    return db.session.scalar(select(func.count(model.id))) or 0


def test_stored_with_who_sits_there_and_the_same_file_changes_nothing(ks, team):
    rows = [
        ["Kommuner", "Representant", "", "20 %", "", "kari@oslo.example", "1.1.2026", "31.12.2026"],
        ["Kommuner", "Representant", "", "20", "", "Ola@oslo.example", "1.1.2026", ""],
        ["Kommuner", "Representant", *EMPTY],
        ["Leverandører", "Talsperson", "Taler", "", "Nordlys Prøve", "", "", ""],
    ]
    seats = count(Seat)
    assert "Nye: 4." in stored(ks, book(HEAD, rows), KEY)
    assert count(Seat) == seats + 4
    sitting = select(Appointment.starts_on, Appointment.ends_on).order_by(Appointment.id)
    held = [tuple(one) for one in db.session.execute(sitting)]
    assert held == [(date(2026, 1, 1), date(2026, 12, 31)), (date(2026, 1, 1), None)]
    assert count(OutboxMail) == 2, "each who is appointed is told"
    assert changes_nothing(ks, book(HEAD, rows[::-1]), KEY), "in any order"
    rows[1][3], rows[1][7] = "50", "30.6.2027"
    preview = stored(ks, book(HEAD, rows), KEY)
    assert "20 % → 50 %" in preview
    assert "– → 30.06.2027" in preview
    assert db.session.scalar(select(Appointment.ends_on).offset(1)) == date(2027, 6, 30)


def test_wrong_rows_are_named_and_nothing_is_stored(ks, team):
    taken = ["Andre", "Tillitsvalgt", "", "", "", "", "", ""]
    held = ["Kommuner", "Leder", "", "", "", "kari@oslo.example", "1.1.2026", ""]
    stored(ks, book(HEAD, [taken, held]), KEY)
    wrong = [
        (["Naboer", "A", *EMPTY], "Kommuner, KS, Norsk helsenett"),
        (["KS", "", *EMPTY], "Feltet er tomt"),
        (["KS", "B" * 121, *EMPTY], "Teksten er for lang: 121 tegn"),
        (["KS", "C", "", "101", "", "", "", ""], "fra 0 til 100"),
        (["KS", "D", "", "halv", "", "", "", ""], "fra 0 til 100"),
        (["KS", "E", "", "", "Ukjent AS", "", "", ""], "Fant ingen organisasjon"),
        (["KS", "F", "", "", "Nordlys Prøve", "", "", ""], "hører ikke til denne siden"),
        (["KS", "G", "", "", "", "hvem@prove.example", "1.1.2026", ""], "Inviter personen først"),
        (["KS", "H", "", "", "", "kari@oslo.example", "1.1.2026", ""], "siden plassen er for"),
        (["Kommuner", "I", "", "", "", "ola@oslo.example", "", ""], "Skriv første dag"),
        (
            ["Kommuner", "J", "", "", "", "ola@oslo.example", "1.1.2026", "31.12.2025"],
            "før første dag",
        ),
        (["Kommuner", "K", "", "", "", "ola@oslo.example", "snart", ""], "dag.måned.år"),
        (["KS", "L", "", "", "", "", "1.1.2026", ""], "eller fjern datoene"),
        (["KS", "M", ORDINARY, "", "", "", "", ""], "ligner på et fødselsnummer"),
        (["Kommuner", "Leder", "", "", "", "ola@oslo.example", "1.2.2026", ""], "Noen har plassen"),
    ]
    before = (count(Seat), count(Appointment), count(OutboxMail))
    right = [["KS", f"Rolle {n}", *EMPTY] for n in range(185)]
    answer = upload(ks, book(HEAD, [*right, *(row for row, _ in wrong)]), key=KEY)
    assert answer.status_code == 422
    assert "15 rader må rettes" in answer.text
    for _row, said in wrong:
        assert said in answer.text, said
    assert ORDINARY not in answer.text
    assert (count(Seat), count(Appointment), count(OutboxMail)) == before
