"""Rows of a file as seats: what each says, and which seat of those here it is about."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from pilot.accounts.rules import normal_email
from pilot.core.imports import Column, Fault, Reading, Row
from pilot.core.policy import Actor
from pilot.core.text import sort_key
from pilot.core.words import say
from pilot.coreteam import queries
from pilot.coreteam.queries import Named, Parts, Sitting, StoredSeat
from pilot.coreteam.rules import SIDE_WORDS, WHOLE, Period, SeatText, Side, faults, fits, tidy
from pilot.coreteam.service.appointing import SEAT_TAKEN, TURNED

COLUMNS = (
    Column(
        "side",
        say("Plassen er for"),
        say("Kommuner, KS, Norsk helsenett, Leverandører, Helseforetak eller Andre."),
        ("plassen er for", "the seat is for", "side"),
    ),
    Column("role", say("Rolle"), say("Det plassen heter."), ("rolle", "role")),
    Column(
        "responsibility",
        say("Ansvar"),
        say("Hva den på plassen gjør."),
        ("ansvar", "responsible", "responsibility"),
        is_required=False,
    ),
    Column(
        "share",
        say("Stillingsprosent"),
        say("Et helt tall fra 0 til 100."),
        ("stillingsprosent", "prosent", "andel", "share of a full position", "share"),
        is_required=False,
    ),
    Column(
        "organisation",
        say("Organisasjon"),
        say("Navnet, når plassen er for én organisasjon."),
        ("organisasjon", "organisation"),
        is_required=False,
    ),
    Column(
        "email",
        say("E-post"),
        say("Den som sitter på plassen. Personen må være registrert fra før."),
        ("e-post", "epost", "e-mail", "email"),
        is_required=False,
    ),
    Column(
        "starts_on",
        say("Første dag"),
        say("Dag.måned.år. Må være fylt ut når noen sitter der."),
        ("første dag", "første dag i perioden", "fra", "frå", "first day", "from"),
        is_required=False,
    ),
    Column(
        "ends_on",
        say("Siste dag"),
        say("Tomt felt betyr inntil videre."),
        ("siste dag", "til", "last day", "to"),
        is_required=False,
    ),
)
SIDES: dict[str, Side] = {
    **{words.id.casefold(): side for side, words in SIDE_WORDS.items()},
    **dict.fromkeys(("kommunar", "kommune", "municipalities"), Side.MUNICIPALITIES),
    **dict.fromkeys(("nhn",), Side.NATIONAL_PROVIDER),
    **dict.fromkeys(("leverandørar", "leverandør", "vendors"), Side.VENDORS),
    **dict.fromkeys(("helseføretak", "hospital trusts", "hospitals"), Side.HOSPITAL_TRUSTS),
    **dict.fromkeys(("other", "others"), Side.OTHERS),
}
Key = tuple[Side, str, int | None]


@dataclass(frozen=True)
class Planned:
    """A row that was understood, and the seat here that it is about."""

    reading: Reading
    text: SeatText
    organisation: str
    email: str = ""
    period: Period | None = None
    seat: StoredSeat | None = None

    @property
    def key(self) -> Key:
        return _key(self.text)

    @property
    def sitting(self) -> Sitting | None:
        """The appointment that stands: the same person from the same day."""
        if self.seat is None or self.period is None:
            return None
        of_row = (self.email, self.period.starts_on)
        found = (one for one in self.seat.sittings if (one.email, one.period.starts_on) == of_row)
        return next(found, None)

    @property
    def ends_otherwise(self) -> bool:
        """Whether the file says another last day than what is stored; an empty cell says none."""
        last = self.period.ends_on if self.period else None
        return self.sitting is not None and last not in (None, self.sitting.period.ends_on)


@dataclass(frozen=True)
class Known:
    """What the rows are compared with."""

    organisations: dict[str, Named]
    parts: dict[str, Parts]
    seats: tuple[StoredSeat, ...]


def understood(actor: Actor, rows: Sequence[Row]) -> tuple[list[Planned], list[Fault]]:
    """The rows that can be stored, and what is to be mended in the others."""
    known = Known(
        queries.organisations_named(row["organisation"] for row in rows if row["organisation"]),
        queries.parts_of(row["email"] for row in rows if row["email"]),
        queries.stored_seats(actor),
    )
    readings = [Reading(row) for row in rows]
    read = [one for one in (_read(reading, known) for reading in readings) if one is not None]
    found = _matched(read, known.seats)
    for one in found:
        _refuse_taken(one)
    wrong = [fault for reading in readings for fault in reading.faults]
    return [one for one in found if not one.reading.faults], wrong


# --- reading a row ---------------------------------------------------------------------------


def _read(reading: Reading, known: Known) -> Planned | None:
    row = reading.row
    side = SIDES.get(row["side"].casefold())
    named = known.organisations.get(sort_key(row["organisation"])) if row["organisation"] else None
    if row["organisation"] and named is None:
        reading.wrong("organisation", say("Fant ingen organisasjon med dette navnet."))
    share, period = _share(reading), _period(reading)
    if side is None:
        reading.wrong("side", COLUMNS[0].hint)
        return None
    text = SeatText(
        side=side,
        role=row["role"],
        responsibility=row["responsibility"],
        share=share,
        organisation_id=named.id if named else None,
    )
    email = normal_email(row["email"])
    _check(reading, text, named, known.parts.get(email, []))
    if reading.faults:
        return None
    return Planned(reading, tidy(text), named.name if named else "", email, period)


def _check(reading: Reading, text: SeatText, named: Named | None, parts: Parts) -> None:
    """What the page would refuse, at the cell it is about."""
    for column, words in faults(text):
        reading.wrong(column, words)
    if named is not None and not fits(text.side, named.kind):
        reading.wrong("organisation", say("Organisasjonen hører ikke til denne siden."))
    if reading.row["email"]:
        with reading.refusing("email"):
            queries.fitting(parts, text.side, text.organisation_id)


def _share(reading: Reading) -> int | None:
    typed = reading.row["share"].rstrip("% ")
    if not typed:
        return None
    if not typed.isdecimal() or int(typed) > WHOLE:
        reading.wrong("share", say("Skriv et helt tall fra 0 til 100."))
        return None
    return int(typed)


def _period(reading: Reading) -> Period | None:
    row = reading.row
    first, last = reading.day("starts_on"), reading.day("ends_on")
    if not row["email"]:
        if row["starts_on"] or row["ends_on"]:
            reading.wrong("email", say("Skriv e-posten til personen, eller fjern datoene."))
        return None
    if first is None:
        if not row["starts_on"]:
            reading.wrong("starts_on", say("Skriv første dag."))
        return None
    period = Period(first, last)
    if period.is_turned:
        reading.wrong("ends_on", TURNED)
    return period


# --- which seat it is about ------------------------------------------------------------------


def _key(text: SeatText) -> Key:
    return text.side, sort_key(text.role), text.organisation_id


def _matched(read: list[Planned], seats: Iterable[StoredSeat]) -> list[Planned]:
    """Each row with its seat. Several seats may be called the same: first the one where the row's
    person sits, then one where nobody does, then any that is left."""
    pool: dict[Key, list[StoredSeat]] = {}
    for seat in seats:
        pool.setdefault(_key(seat.text), []).append(seat)
    chosen: dict[int, StoredSeat] = {}
    tests: tuple[Callable[[Planned, StoredSeat], bool], ...] = (_sits, _is_free, _any)
    for is_right in tests:
        for one in read:
            left = pool.get(one.key, [])
            number = one.reading.row.number
            right = [seat for seat in left if is_right(one, seat)]
            if number not in chosen and right:
                chosen[number] = right[0]
                left.remove(right[0])
    return [_on_seat(one, chosen.get(one.reading.row.number)) for one in read]


def _sits(one: Planned, seat: StoredSeat) -> bool:
    return bool(one.email) and any(sitting.email == one.email for sitting in seat.sittings)


def _is_free(one: Planned, seat: StoredSeat) -> bool:
    return one.period is not None and seat.overlapping(one.period) is None


def _any(_one: Planned, _seat: StoredSeat) -> bool:
    return True


def _on_seat(one: Planned, seat: StoredSeat | None) -> Planned:
    """With what is stored where the file says nothing: an empty cell empties nothing."""
    if seat is None:
        return one
    text = replace(
        one.text,
        responsibility=one.text.responsibility or seat.text.responsibility,
        share=seat.text.share if one.text.share is None else one.text.share,
    )
    return replace(one, text=text, seat=seat)


def _refuse_taken(one: Planned) -> None:
    """Two never sit on a seat at a time."""
    if one.seat is None or one.period is None or (one.sitting and not one.ends_otherwise):
        return
    if one.seat.overlapping(one.period, but=one.sitting.id if one.sitting else None):
        one.reading.wrong("email", SEAT_TAKEN)
