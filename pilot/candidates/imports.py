"""Interest that municipalities have told KS, from a table: as KS enters it one by one."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from pilot.candidates import queries, service
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.queries import Entry, RoundPage
from pilot.candidates.rules import Interest, RoundState, faults
from pilot.core import clock
from pilot.core.behalf import Behalf
from pilot.core.cells import channel_of, municipality_number
from pilot.core.imports import Change, Column, Fault, Importer, Outcome, Plan, Reading, Row
from pilot.core.policy import Actor
from pilot.core.text import sort_key
from pilot.core.words import say

#: Keys that a refusal of `rules.faults` names are the columns' own.
COLUMNS = (
    Column(
        "number",
        say("Kommunenummer"),
        say("Fire siffer."),
        ("kommunenummer", "kommune", "municipality number"),
    ),
    Column(
        "contact_name",
        say("Kontaktperson"),
        say("For- og etternavn."),
        ("kontaktperson", "kontakt", "contact"),
    ),
    Column(
        "contact_email",
        say("E-post"),
        say("E-posten til kontaktpersonen."),
        ("e-post", "epost", "e-mail", "email"),
    ),
    Column(
        "sentence",
        say("Hvorfor vil kommunen være med?"),
        say("Én setning."),
        (
            "hvorfor vil kommunen være med?",
            "kvifor vil kommunen vere med?",
            "why does the municipality want to take part?",
            "begrunnelse",
            "setning",
        ),
    ),
    Column(
        "approved_by",
        say("Godkjent av"),
        say("Navnet på den som har godkjent."),
        ("godkjent av", "godkjend av", "approved by"),
    ),
    Column(
        "approved_role",
        say("Rollen til den som har godkjent"),
        say("For eksempel kommunalsjef."),
        (
            "rollen til den som har godkjent",
            "rolla til den som har godkjent",
            "role of the person who has approved",
            "rolle",
            "role",
        ),
    ),
    Column(
        "approved_on",
        say("Godkjent dato"),
        say("Dag.måned.år."),
        ("godkjent dato", "godkjend dato", "approved on"),
    ),
    Column(
        "is_public",
        say("Vises for alle"),
        say("«Ja» når kommunen har sagt ja til å vises. Tomt felt betyr nei."),
        ("vises for alle", "vist for alle", "shown to everyone", "offentlig", "public"),
        is_required=False,
    ),
    Column(
        "channel",
        say("Hvordan kom beskjeden?"),
        say("E-post, telefon, brev eller møte."),
        (
            "hvordan kom beskjeden?",
            "korleis kom beskjeden?",
            "how did the message come?",
            "kanal",
            "channel",
        ),
    ),
    Column(
        "received_on",
        say("Når kom den?"),
        say("Dag.måned.år."),
        ("når kom den?", "når kom han?", "when did it come?", "mottatt", "received on"),
    ),
    Column(
        "round",
        say("Runde"),
        say("Navnet på runden. Tomt felt betyr runden som er åpen."),
        ("runde", "round"),
        is_required=False,
    ),
)


@dataclass(frozen=True)
class Told:
    """A row that was understood: what a municipality has told, about which round, and how."""

    row: int
    round: RoundPage
    entry: Entry
    interest: Interest
    behalf: Behalf

    @property
    def is_stored(self) -> bool:
        entry = self.entry
        return entry.has_said and (entry.interest, entry.behalf) == (self.interest, self.behalf)


class Rounds:
    """The rounds that rows name, and what each municipality has said in them; read when needed."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._rounds = queries.rounds(actor)
        self._entries: dict[int, dict[str, Entry]] = {}

    def named(self, name: str) -> RoundPage | None:
        """The round of a name; without one the open round, else the one opened last."""
        if name:
            key = sort_key(name)
            return next((one for one in self._rounds if sort_key(one.name) == key), None)
        opened = [one for one in self._rounds if one.state is not RoundState.PLANNED]
        is_open = [one for one in opened if one.state is RoundState.OPEN]
        return next(iter(is_open + opened), None)

    def entry(self, in_round: RoundPage, number: str) -> Entry | None:
        if in_round.id not in self._entries:
            self._entries[in_round.id] = queries.entries(self._actor, in_round.id)
        return self._entries[in_round.id].get(number)


def plan(actor: Actor, rows: Sequence[Row]) -> Plan:
    """What the rows would do: a statement for the rounds, and one for each round they name."""
    found, wrong = _understood(actor, rows)
    return Plan([_outcome(told) for told in found], wrong)


def apply(actor: Actor, rows: Sequence[Row]) -> None:
    """Enter what is not stored, each with its receipt. Always in the same order, so that two files
    at a time wait for each other."""
    found, _ = _understood(actor, rows)
    for told in sorted(found, key=lambda one: one.entry.organisation_id):
        if not told.is_stored:
            service.register_interest(
                actor, told.round.id, told.entry.number, told.interest, behalf=told.behalf
            )


def _understood(actor: Actor, rows: Sequence[Row]) -> tuple[list[Told], list[Fault]]:
    rounds = Rounds(actor)
    found: list[Told] = []
    wrong: list[Fault] = []
    seen: dict[Hashable, int] = {}
    for row in rows:
        reading = Reading(row)
        told = _read(reading, rounds)
        if told is not None:
            reading.once(seen, (told.round.id, told.entry.number), "number")
            _refuse(reading, told)
        wrong += reading.faults
        if told is not None and not reading.faults:
            found.append(told)
    return found, wrong


def _read(reading: Reading, rounds: Rounds) -> Told | None:
    row = reading.row
    in_round = rounds.named(row["round"])
    entry = rounds.entry(in_round, municipality_number(row["number"])) if in_round else None
    if in_round is None:
        reading.wrong("round", say("Fant ingen runde. Skriv navnet slik det står på siden."))
    elif entry is None:
        reading.wrong("number", say("Fant ingen kommune med dette nummeret."))
    interest, behalf = _interest(reading), _behalf(reading)
    if in_round is None or entry is None or behalf is None:
        return None
    return Told(row.number, in_round, entry, interest, behalf)


def _interest(reading: Reading) -> Interest:
    row = reading.row
    interest = Interest(
        contact_name=row["contact_name"],
        contact_email=row["contact_email"],
        approved_by=row["approved_by"],
        approved_role=row["approved_role"],
        approved_on=reading.day("approved_on"),
        sentence=row["sentence"],
        is_public=reading.is_yes("is_public"),
    )
    named = {fault.column for fault in reading.faults}
    for column, words in faults(interest, clock.today()):
        if column not in named:
            reading.wrong(column, words)
    return interest


def _behalf(reading: Reading) -> Behalf | None:
    channel = channel_of(reading.row["channel"])
    if channel is None:
        reading.wrong("channel", say("Skriv e-post, telefon, brev eller møte."))
    received_on = reading.day("received_on")
    if received_on is not None and received_on > clock.today():
        reading.wrong("received_on", say("Datoen kan ikke være etter i dag."))
    return Behalf(channel, received_on) if channel and received_on else None


def _refuse(reading: Reading, told: Told) -> None:
    """What a single entry would refuse; what is stored already is never too late."""
    if told.is_stored:
        return
    entry, received = told.entry, told.behalf.received_on
    if entry.has_said:
        words = say("Kommunen har allerede meldt interesse. Åpne kandidaten og se der.")
        reading.wrong("number", words)
    elif not queries.takes_interest(told.round, received):
        name = told.round.name
        words = say("Runden «%(name)s» tar ikke imot interesse fra denne dagen.", name=name)
        reading.wrong("received_on", words)
    elif entry.left_on is not None and received <= entry.left_on:
        words = say("Kommunen har trukket seg etter dette. Ta raden ut av filen.")
        reading.wrong("number", words)


def _outcome(told: Told) -> Outcome:
    title = f"{told.entry.name} ({told.round.name})"
    change = Change.SAME if told.is_stored else Change.NEW
    return Outcome(told.row, title, change)


CANDIDATES = Importer(
    key="kandidater",
    name=say("Kandidatkommuner"),
    about=say(
        "Én rad for hver kommune som har meldt interesse til KS. Kommunen får en kvittering på "
        "e-post."
    ),
    columns=COLUMNS,
    permission=CandidatePermission.HANDLE,
    plan=plan,
    apply=apply,
)
