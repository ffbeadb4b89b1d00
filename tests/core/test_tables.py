"""Tables that people send in: what is read, and what is refused with a sentence."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from pilot.core import tables
from pilot.core.errors import Rejected
from pilot.core.imports import Column, plain_faults, rows_of
from pilot.core.words import say
from tests.support.identity import ORDINARY

COLUMNS = (
    Column("name", say("Navn"), say("Hele navnet"), ("navn", "namn", "name")),
    Column("email", say("E-post"), say("Adressen"), ("e-post", "epost", "e-mail")),
    Column("role", say("Rolle"), say("Rollen"), ("rolle",), is_required=False),
)


def xlsx(*rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        "Navn;E-post\nÅse;a@b.no\n".encode("utf-8-sig"),
        "Navn;E-post\r\nÅse;a@b.no\r\n".encode("cp1252"),
        '"Navn","E-post"\n"Åse","a@b.no"\n\n,,\n'.encode(),
        "Navn\tE-post\nÅse\ta@b.no".encode(),
        xlsx(["Navn", "E-post"], ["Åse", "a@b.no"], [None, None]),
    ],
)
def test_the_same_table_however_it_was_saved(data):
    assert tables.read(data)[:2] == [["Navn", "E-post"], ["Åse", "a@b.no"]]
    [row] = rows_of(COLUMNS, tables.read(data))
    assert (row.number, row["name"], row["email"], row["role"]) == (2, "Åse", "a@b.no", "")


def test_numbers_are_read_as_people_wrote_them():
    assert tables.read(xlsx(["Kommune"], [301.0], ["0301"])) == [["Kommune"], ["301"], ["0301"]]


def test_what_our_own_exports_guard_comes_back_as_it_was():
    assert tables.read(b'Navn\n"\'=1+1"\n') == [["Navn"], ["=1+1"]]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * (tables.UNPACKED_MAX + 1))
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"PK\x03\x04 this is no zip file",
        b"a\x00b",
        bomb(),
        b"x\n" * (tables.ROWS_MAX + 2),
        b";" * 100 + b"x\n",
        xlsx([]),
    ],
)
def test_what_is_no_table_or_too_large_is_refused_with_a_sentence(data):
    with pytest.raises(Rejected) as refused:
        tables.read(data)
    assert refused.value.field == "file"


def test_headings_are_found_in_any_order_and_spelling():
    table = [["Rolle", "Telefon", " EPOST*", "Namn"], ["leder", "1", "a@b.no", "Kari"]]
    [row] = rows_of(COLUMNS, table)
    assert row.values == {"name": "Kari", "email": "a@b.no", "role": "leder"}


@pytest.mark.parametrize("headings", [["Navn"], ["Navn", "Navn", "E-post"]])
def test_a_column_that_is_missing_or_stands_twice_is_named(headings):
    with pytest.raises(Rejected) as refused:
        rows_of(COLUMNS, [headings, ["x"]])
    assert str(refused.value.message).count("«") == 1


def test_empty_cells_and_identity_numbers_are_faults_of_their_row():
    rows = rows_of(COLUMNS, [["Navn", "E-post"], ["Kari", ""], [f"Ola {ORDINARY}", "o@b.no"], []])
    found = [(fault.number, fault.column) for fault in plain_faults(COLUMNS, rows)]
    assert found == [(2, "email"), (3, "name")]
