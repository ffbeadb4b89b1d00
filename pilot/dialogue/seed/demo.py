"""The demo's sessions: one to come, one that has been, and a draft. All vendors are invented."""

from datetime import datetime, timedelta

from pilot.core import clock
from pilot.core.behalf import Behalf, Channel
from pilot.core.clock import OSLO
from pilot.core.unit import unit_of_work
from pilot.dialogue.rules import SessionState, SessionText
from pilot.dialogue.seed.rows import Guest, guests, keep_registrations, keep_session, lead

NORDLYS, FJORD = "nordlys-epj.example", "fjord-helse.example"
COMING = SessionText(
    title="Legemiddelinformasjon på tvers",
    text=(
        "KS går gjennom brukerhistoriene om legemidler og hva de nasjonale løsningene dekker.\n\n"
        "## Det snakker vi om\n\n"
        "- Hva kommunene trenger å se\n"
        "- Hva som finnes i dag, og hva som mangler\n"
        "- Spørsmål fra leverandørene\n\n"
        "Alt som blir vist, publiseres for alle leverandører etterpå."
    ),
    join_url="https://mote.example/legemidler",
    capacity=40,
    quota=4,
)
HELD = SessionText(
    title="Slik jobber felles journalløft",
    text="KS fortalte om målene, planen og hvordan leverandører kan delta.",
    place="KS, Haakon VIIs gate 9, Oslo",
    join_url="https://mote.example/oppstart",
    capacity=60,
)
DRAFT = SessionText(
    title="Oppsummering for alle",
    text="Utkast. Tema og tid er ikke avklart.",
    capacity=80,
)


def demo(_password_hash: str) -> int:
    """Three sessions, with people of the two invented vendors."""
    now = clock.now()
    with unit_of_work():
        ks, nordlys, fjord = lead(), guests(NORDLYS), guests(FJORD)
        helper = Guest(nordlys[0].organisation_id, None, "Tone Testesen", f"tone@{NORDLYS}")
        coming = keep_session(
            ks, _at(COMING, 23), SessionState.PUBLISHED, form_key="demo-1", at=now
        )
        keep_registrations(ks, coming, [*nordlys, helper], at=now - timedelta(days=2))
        told = Behalf(Channel.MAIL, (now - timedelta(days=1)).astimezone(OSLO).date())
        keep_registrations(ks, coming, fjord, at=now - timedelta(days=1), behalf=told)
        held = keep_session(
            ks, _at(HELD, -30), SessionState.HELD, form_key="demo-2", at=now - timedelta(days=50)
        )
        keep_registrations(ks, held, [*nordlys, *fjord], at=now - timedelta(days=40))
        keep_session(ks, _at(DRAFT, 45), SessionState.DRAFT, form_key="demo-3", at=now)
    return 3


def _at(text: SessionText, days: int) -> SessionText:
    """The text with a time so many days from now, on a working day, from nine to half past ten."""
    starts_at = moment(clock.now(), days, 9)
    values = {name: getattr(text, name) for name in text.__dataclass_fields__}
    ends_at = starts_at + timedelta(minutes=90)
    return SessionText(**(values | {"starts_at": starts_at, "ends_at": ends_at}))


def moment(now: datetime, days: int, hour: int) -> datetime:
    """A working day so many days away; from a weekend to the Monday after."""
    there = now.astimezone(OSLO) + timedelta(days=days)
    there += timedelta(days=max(7 - there.weekday(), 0) if there.weekday() > 4 else 0)
    return there.replace(hour=hour, minute=0, second=0, microsecond=0)
