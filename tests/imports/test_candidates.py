"""Importing interest that municipalities have told KS: entered on their behalf, with receipts."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from pilot.candidates import service
from pilot.candidates.models import Candidate
from pilot.core import clock
from pilot.core.behalf import Behalf, Channel
from pilot.core.db import db
from pilot.core.outbox import OutboxMail
from pilot.core.policy import Role
from tests.imports.files import book, changes_nothing, stored, upload
from tests.support.candidates import Rounds
from tests.support.identity import ORDINARY

KEY = "kandidater"
HEAD = [
    *("Kommunenummer", "Kontaktperson", "E-post", "Hvorfor vil kommunen være med?"),
    *("Godkjent av", "Rollen til den som har godkjent", "Godkjent dato", "Vises for alle"),
    *("Hvordan kom beskjeden?", "Når kom den?", "Runde"),
]


def row(number: str = "0301", **fields: str) -> list[str]:
    today = f"{clock.today():%d.%m.%Y}"
    values = {
        "number": number,
        "name": "Inga Utkast",
        "email": "inga@prove.example",
        "why": "Vi vil gi hjemmetjenesten det den trenger.",
        "by": "Grete Godkjent",
        "role": "kommunalsjef",
        "on": today,
        "public": "ja",
        "channel": "E-post",
        "received": today,
        "round": "",
    }
    return list((values | fields).values())


@pytest.fixture
def run(ks):
    return Rounds(ks.actor).open()


def count(model) -> int:
    return db.session.scalar(select(func.count(model.id))) or 0


def test_stored_with_receipts_and_the_same_file_changes_nothing(ks, world, run):
    world.member(world.municipality("0301"), Role.LEAD, email="kontakt@oslo.example")
    data = book(HEAD, [row("301"), row("4601", channel="telefon", public="")])
    assert "Nye: 2." in stored(ks, data, KEY)
    entered = db.session.scalars(select(Candidate).order_by(Candidate.id)).all()
    told = {(one.is_public, one.behalf) for one in entered}
    today = clock.today()
    assert told == {(True, Behalf(Channel.MAIL, today)), (False, Behalf(Channel.PHONE, today))}
    assert {one.round_id for one in entered} == {run.id}
    mails = db.session.execute(select(OutboxMail.address, OutboxMail.template)).all()
    assert sorted(tuple(mail) for mail in mails) == [
        ("inga@prove.example", "candidates/mail/registered"),
        ("inga@prove.example", "candidates/mail/registered"),
        ("kontakt@oslo.example", "candidates/mail/registered"),
    ]
    assert changes_nothing(ks, data, KEY)
    told_by_phone = Behalf(Channel.PHONE, today)
    service.withdraw_interest(ks.actor, entered[0].id, behalf=told_by_phone)
    again = upload(ks, data, key=KEY)
    assert "har trukket seg etter dette" in again.text, "an old file brings nobody back"


def test_wrong_rows_are_named_and_nothing_is_stored(ks, run):
    stored(ks, book(HEAD, [row("5001")]), KEY)
    tomorrow = f"{clock.today() + timedelta(days=1):%d.%m.%Y}"
    wrong = [
        (row("9999"), "Fant ingen kommune"),
        (row("1103", name=""), "Feltet er tomt"),
        (row("1103", email="ingen adresse"), "Skriv en e-postadresse"),
        (row("1103", why="x" * 501), "Teksten er for lang: 501 tegn"),
        (row("1103", on="i fjor"), "Skriv datoen som dag.måned.år"),
        (row("1103", on=tomorrow), "kan ikke være etter i dag"),
        (row("1103", public="kanskje"), "Skriv «ja» eller «nei»"),
        (row("1103", channel="due"), "Skriv e-post, telefon, brev eller møte"),
        (row("1103", received=tomorrow), "kan ikke være etter i dag"),
        (row("1103", round="En annen runde"), "Fant ingen runde"),
        (row("1103", why=f"Nummer {ORDINARY}"), "ligner på et fødselsnummer"),
        (row("5001", why="Noe annet."), "har allerede meldt interesse"),
        (row("301"), "Står også i rad 2"),
    ]
    before = (count(Candidate), count(OutboxMail))
    answer = upload(ks, book(HEAD, [row("0301"), *(one for one, _ in wrong)]), key=KEY)
    assert answer.status_code == 422
    assert f"{len(wrong)} rader må rettes" in answer.text
    for _row, said in wrong:
        assert said in answer.text, said
    assert ORDINARY not in answer.text
    assert (count(Candidate), count(OutboxMail)) == before
