"""Two hundred sessions to measure on, most of them over; added only once."""

from datetime import timedelta
from random import Random

from sqlalchemy import select

from pilot.core import clock
from pilot.core.db import db
from pilot.core.growing import in_pieces, one_by_one
from pilot.core.policy import Actor
from pilot.dialogue.models import DialogueSession
from pilot.dialogue.rules import SessionState, SessionText
from pilot.dialogue.seed.demo import moment
from pilot.dialogue.seed.rows import Guest, guests, keep_registrations, keep_session, lead

TOTAL = 200
TO_COME = 60
CHUNK = 10  # sessions, each with all who come
KEY = "stor-okt-"
SEED = 20261123
VENDORS = "@stor.example"
TOPICS = (
    "legemidler",
    "epikriser",
    "prøvesvar",
    "pleieplan",
    "kritisk informasjon",
    "samtykke",
    "helsestasjon",
    "legevakt",
    "hjemmetjeneste",
    "rehabilitering",
)


def large(_password_hash: str) -> int:
    """Add what is missing of the 200; a second run changes nothing."""
    known = DialogueSession.form_key.startswith(KEY)
    have = set(db.session.scalars(select(DialogueSession.form_key).where(known)))
    wanted = [n for n in range(1, TOTAL + 1) if _key(n) not in have]
    people, ks = guests(VENDORS), lead()
    return in_pieces(wanted, one_by_one(lambda number: _session(ks, number, people)), CHUNK)


def _key(number: int) -> str:
    return f"{KEY}{number:03d}"


def _session(ks: Actor, number: int, people: list[Guest]) -> None:
    """The last sixty are to come; every seventh is full and has people in line."""
    rng = Random(f"{SEED}-{number}")  # noqa: S311  # text to measure on, no secret
    days = number - (TOTAL - TO_COME)
    is_past = days <= 0
    starts_at = moment(clock.now(), days * 3 - (5 if is_past else -2), rng.choice((9, 10, 12, 13)))
    topic = TOPICS[number % len(TOPICS)]
    text = SessionText(
        title=f"Møte {number}: {topic}",
        text=f"KS og leverandørene går gjennom brukerhistoriene om {topic}.",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=90),
        capacity=8 if number % 7 == 0 else 80,
        join_url=f"https://mote.example/{number}",
        quota=4,
    )
    state = SessionState.HELD if is_past else SessionState.PUBLISHED
    at = min(starts_at, clock.now()) - timedelta(days=3)
    session = keep_session(ks, text, state, form_key=_key(number), at=at)
    come = rng.sample(people, min(rng.randint(5, 14), len(people)))
    keep_registrations(ks, session, come, at=at, rng=rng if is_past else None)
