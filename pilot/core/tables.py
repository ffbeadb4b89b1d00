"""Tables that people send in, as rows of text: CSV as spreadsheets write it, or XLSX."""

import csv
import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from pilot.core.errors import Rejected
from pilot.core.text import clean
from pilot.core.words import say

ROWS_MAX = 2_000
COLUMNS_MAX = 40
CELL_MAX = 2_000
UNPACKED_MAX = 30 * 1024 * 1024  # an XLSX of 2 MB may unpack to gigabytes
ZIP = b"PK\x03\x04"
FORMULA = ("=", "+", "-", "@")
#: How spreadsheets here write CSV: newer ones in UTF-8, older ones as Windows does.
ENCODINGS = ("utf-8-sig", "cp1252")

NOT_A_TABLE = say("Filen kan ikke leses. Lagre den som XLSX eller CSV, og velg den på nytt.")
TOO_LARGE = say("Filen har for mange rader eller kolonner. Del den i filer med høyst 2000 rader.")

Table = list[list[str]]


def read(data: bytes) -> Table:
    """The rows of the first sheet, without empty ones at the end; each cell is cleaned text.

    What the file is, its content says and not its name. Raises `Rejected` with what to do.
    """
    table = _xlsx(data) if data.startswith(ZIP) else _csv(data)
    while table and not any(table[-1]):
        table.pop()
    if not table:
        raise Rejected(say("Filen er tom. Velg en fil med overskrifter og minst én rad."), "file")
    return table


def _xlsx(data: bytes) -> Table:
    try:
        _refuse_bombs(data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        return _bounded(sheet.iter_rows(values_only=True, max_col=COLUMNS_MAX + 1))
    except (zipfile.BadZipFile, InvalidFileException, KeyError, IndexError, ValueError) as fault:
        raise Rejected(NOT_A_TABLE, "file") from fault


def _refuse_bombs(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        if sum(part.file_size for part in parts.infolist()) > UNPACKED_MAX:
            raise Rejected(TOO_LARGE, "file")


def _csv(data: bytes) -> Table:
    if b"\x00" in data:
        raise Rejected(NOT_A_TABLE, "file")
    text = _decoded(data)
    first = text.partition("\n")[0]
    separator = max(";,\t", key=first.count)
    try:
        return _bounded(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as fault:
        raise Rejected(NOT_A_TABLE, "file") from fault


def _decoded(data: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Rejected(NOT_A_TABLE, "file")


def _bounded(rows: Iterable[Iterable[object]]) -> Table:
    table: Table = []
    for row in rows:
        cells = [_text(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > COLUMNS_MAX or len(table) > ROWS_MAX:
            raise Rejected(TOO_LARGE, "file")
        table.append(cells)
    return table


def _text(cell: object) -> str:
    """A cell as a person reads it: whole numbers without decimals, days as days."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    text = clean(str(cell))[:CELL_MAX]
    # Our own exports put an apostrophe before what a spreadsheet would run as a formula.
    return text[1:] if text[:1] == "'" and text[1:2] in FORMULA else text
