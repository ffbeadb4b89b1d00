"""What a slice offers to import from a table: its columns, what a file would change, and doing it.

The slice `imports` shows the pages; it asks the registry and knows no importer by name.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pilot.core.cells import day_of, yes_or_no
from pilot.core.errors import Rejected
from pilot.core.policy import Actor
from pilot.core.tables import Table
from pilot.core.text import HOLDS_IDENTITY_NUMBER, holds_identity_number
from pilot.core.words import Message, say


class Change(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True)
class Column:
    """A column by its key; `names` are the headings it is known by, in any of our languages."""

    key: str
    label: Message
    hint: Message
    names: tuple[str, ...]
    is_required: bool = True


@dataclass(frozen=True)
class Row:
    """A row of the file, by the number a spreadsheet shows; a column without a value is empty."""

    number: int
    values: dict[str, str]

    def __getitem__(self, key: str) -> str:
        return self.values[key]


@dataclass(frozen=True)
class Fault:
    """What is to be mended in a row before anything is stored."""

    number: int
    column: str | None
    message: Message


class Reading:
    """A row while its cells are read: what they say, and what is to be mended in them."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.faults: list[Fault] = []

    def wrong(self, column: str | None, message: Message) -> None:
        self.faults.append(Fault(self.row.number, column, message))

    def day(self, key: str) -> date | None:
        """A day; an empty cell is none."""
        found = day_of(self.row[key])
        if found is None and self.row[key]:
            self.wrong(key, say("Skriv datoen som dag.måned.år, for eksempel 1.12.2026."))
        return found

    def is_yes(self, key: str) -> bool:
        """Yes or no; an empty cell is no."""
        found = yes_or_no(self.row[key])
        if found is None:
            self.wrong(key, say("Skriv «ja» eller «nei»."))
        return found or False

    def once(self, seen: dict[Hashable, int], key: Hashable, column: str) -> None:
        """Refuse what an earlier row without faults has said already."""
        if key in seen:
            self.wrong(column, say("Står også i rad %(n)s.", n=seen[key]))
        elif not self.faults:
            seen[key] = self.row.number

    @contextmanager
    def refusing(self, column: str | None = None) -> Iterator[None]:
        """A slice's own refusal becomes what is to be mended, at its field or at the column."""
        try:
            yield
        except Rejected as refusal:
            self.wrong(column or refusal.field, refusal.message)


@dataclass(frozen=True)
class Outcome:
    """What a row would do: the thing it is about, and the values that change (before, after)."""

    number: int
    title: str
    change: Change
    changes: tuple[tuple[Message, Message | str, Message | str], ...] = ()


@dataclass
class Plan:
    """All that a file would do; with a fault, it does nothing at all."""

    outcomes: list[Outcome] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def faulty_rows(self) -> int:
        return len({fault.number for fault in self.faults})

    def count(self, change: Change | str) -> int:
        return sum(outcome.change == change for outcome in self.outcomes)

    @property
    def does_something(self) -> bool:
        return not self.faults and any(o.change is not Change.SAME for o in self.outcomes)


@dataclass(frozen=True)
class Importer:
    """What can be imported, and by whom.

    `plan` reads, in a constant number of statements; `apply` runs inside the command that has asked
    `permission` and found the plan without faults.
    """

    key: str
    name: Message
    about: Message
    columns: tuple[Column, ...]
    permission: StrEnum
    plan: Callable[[Actor, Sequence[Row]], Plan]
    apply: Callable[[Actor, Sequence[Row]], None]

    def heading(self, key: str | None) -> Message | None:
        """What a column is called."""
        return next((column.label for column in self.columns if column.key == key), None)


def rows_of(columns: Iterable[Column], table: Table) -> list[Row]:
    """The rows under the headings; headings that no column knows are passed by.

    Raises `Rejected` where a demanded column is missing, or where one stands twice.
    """
    columns = tuple(columns)
    places = _places(columns, table[0])
    missing = [c for c in columns if c.is_required and c.key not in places]
    if missing:
        wanted = ", ".join(f"«{column.names[0]}»" for column in missing)
        raise Rejected(
            say("Filen mangler kolonnen %(names)s. Legg den til i første rad.", names=wanted),
            "file",
        )
    return [
        Row(number, {c.key: _cell(cells, places.get(c.key)) for c in columns})
        for number, cells in enumerate(table[1:], start=2)
        if any(cells)
    ]


def _places(columns: tuple[Column, ...], headings: list[str]) -> dict[str, int]:
    known = {name.casefold(): column for column in columns for name in column.names}
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        column = known.get(" ".join(heading.casefold().strip(" *:").split()))
        if column is None:
            continue
        if column.key in places:
            raise Rejected(
                say("Kolonnen «%(name)s» står to ganger. Fjern den ene.", name=heading), "file"
            )
        places[column.key] = place
    return places


def _cell(cells: list[str], place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""


def plain_faults(columns: Iterable[Column], rows: Iterable[Row]) -> list[Fault]:
    """What is wrong with a row whatever it is about: an empty cell, an identity number."""
    demanded = [column for column in columns if column.is_required]
    found: list[Fault] = []
    for row in rows:
        found += [
            Fault(row.number, column.key, say("Feltet er tomt. Fyll det ut."))
            for column in demanded
            if not row[column.key]
        ]
        found += [
            Fault(row.number, key, HOLDS_IDENTITY_NUMBER)
            for key, text in row.values.items()
            if holds_identity_number(text)
        ]
    return found
