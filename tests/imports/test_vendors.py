"""Importing vendors: by number where they have one, by name where they have none."""

from sqlalchemy import func, select

from pilot.accounts.models import Membership, Organisation, Person
from pilot.core.db import db
from pilot.core.policy import OrganisationKind, Role
from pilot.imports.models import ImportFile
from tests.imports.files import book, changes_nothing, stored, upload
from tests.support.identity import ORDINARY

KEY = "leverandorer"
HEAD = [
    *("Firma", "Organisasjonsnummer", "Land", "Nummer i landet", "Har ikke nummer"),
    *("Kontaktperson", "E-post"),
]
ROWS = [
    ["Norsk Prøve AS", "974 760 673", "", "", "", "Nina Norsk", "nina@norsk.example"],
    ["Svensk Prov AB", "", "Sverige", "556703-7485", "", "Sven Svensk", "sven@svensk.example"],
    ["'=1+1 Prøve", "", "", "", "ja", "Nils Null", "nils@null.example"],
]


def firms() -> int:
    wanted = select(func.count()).where(Organisation.kind == OrganisationKind.VENDOR)
    return db.session.scalar(wanted) or 0


def test_stored_whole_and_the_same_file_changes_nothing(ks):
    before, data = firms(), book(HEAD, ROWS)
    assert "Nye: 3." in stored(ks, data, KEY)
    assert firms() == before + 3
    found = db.session.execute(
        select(Organisation.name, Organisation.country, Organisation.org_number, Membership.role)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .join(Person, Person.id == Membership.person_id)
        .where(Person.email.in_([row[-1] for row in ROWS]))
        .order_by(Organisation.id)
    ).all()
    assert [tuple(row) for row in found] == [
        ("Norsk Prøve AS", "NO", "974760673", Role.LEAD),
        ("Svensk Prov AB", "SE", "5567037485", Role.LEAD),
        ("=1+1 Prøve", None, None, Role.LEAD),
    ]
    assert changes_nothing(ks, data, KEY)


def test_a_firm_that_is_here_is_changed_and_its_later_contacts_are_members(ks):
    stored(ks, book(HEAD, ROWS), KEY)
    preview = stored(
        ks,
        book(
            HEAD,
            [
                ["Nytt Navn AS", "974760673", "", "", "", "Nora Ny", "nora@norsk.example"],
                ["'=1+1 Prøve", "923609016", "", "", "", "Nils Null", "nils@null.example"],
            ],
        ),
        KEY,
    )
    assert "Norsk Prøve AS → Nytt Navn AS" in preview
    assert "Nummer: – → 923 609 016" in preview
    joined = select(Membership.role, Organisation.name).join(Person).join(Organisation)
    role, name = db.session.execute(joined.where(Person.email == "nora@norsk.example")).one()
    assert (role, name) == (Role.MEMBER, "Nytt Navn AS")


def test_wrong_rows_are_named_and_nothing_is_stored(ks):
    stored(ks, book(HEAD, ROWS[:1]), KEY)
    person = ["Navn", "a@b.example"]
    wrong = [
        (["A", "974760674", "", "", "", *person], "Organisasjonsnummeret stemmer ikke"),
        (["B", "", "", "", "", *person], "eller «ja» i «Har ikke nummer»"),
        (["C", "974760673", "", "", "ja", *person], "eller «ja» i «Har ikke nummer»"),
        (["D", "", "Utopia", "12345", "", *person], "Skriv landet, som «Sverige»"),
        (["E", "", "", "12345", "", *person], "Velg landet nummeret er fra"),
        (["F", "", "Sverige", "", "", *person], "Skriv nummeret"),
        (["G", "", "SE", "1", "", *person], "2 til 20 bokstaver og sifre"),
        (["H", "", "", "", "kanskje", *person], "Skriv «ja» eller «nei»"),
        (["Norsk Prøve AS", "", "", "", "ja", *person], "med nummeret 974 760 673"),
        (["I", "", "", "", "ja", "Navn", "ingen adresse"], "Skriv en e-postadresse"),
        (["J", "", "", "", "ja", "N" * 121, "a@b.example"], "Kort ned navnet"),
        (["K" * 121, "", "", "", "ja", *person], "høyst 120 tegn"),
        (["L", "", "SE", ORDINARY, "", *person], "ligner på et fødselsnummer"),
        (["", "", "", "", "ja", *person], "Feltet er tomt"),
        (["Firma 0", "", "", "", "ja", *person], "Står også i rad 2"),
    ]
    right = [[f"Firma {n}", "", "", "", "ja", "N", f"n{n}@b.example"] for n in range(185)]
    before, kept = firms(), db.session.scalar(select(func.count(ImportFile.id)))
    answer = upload(ks, book(HEAD, [*right, *(row for row, _ in wrong)]), key=KEY)
    assert answer.status_code == 422
    assert "15 rader må rettes" in answer.text
    for _row, said in wrong:
        assert said in answer.text, said
    assert ORDINARY not in answer.text
    assert (firms(), db.session.scalar(select(func.count(ImportFile.id)))) == (before, kept)
