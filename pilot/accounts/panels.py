"""What accounts show on the overview: who asks to come in, groups not yet set, who takes part."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect

from pilot.accounts import queries
from pilot.accounts.permissions import AccountPermission
from pilot.core.policy import Actor, allows
from pilot.core.registry import Figure, Need, Tally, link
from pilot.core.words import say, say_many


def _need_numbers(actor: Actor) -> Sequence[ScalarSelect[Any]]:
    return queries.waiting(actor) if allows(actor, AccountPermission.REQUESTS_READ) else ()


def _needs(_actor: Actor, found: Sequence[Any]) -> Iterable[Need]:
    requests, since, *of_ks = found
    yield from _asking(requests, since)
    unmapped = of_ks[0] if of_ks else 0
    if unmapped:
        yield Need(
            title=say("Knytt leverandører til konsern"),
            why=say_many(
                "Én leverandør har skrevet hvilket konsern den hører til.",
                "%(n)s leverandører har skrevet hvilket konsern de hører til.",
                unmapped,
            ),
            link=link("accounts.organisations", vis="konsern-mangler"),
            icon="Branching",
            color="neutral",
        )


def _asking(requests: int, since: datetime | None) -> Iterable[Need]:
    if requests:
        yield Need(
            title=say("Svar dem som ber om tilgang"),
            why=say_many("Én venter på svar.", "%(n)s venter på svar.", requests),
            link=link("accounts.requests"),
            icon="PersonPlus",
            color="info",
            since=since,
        )


NEEDS = Tally(_need_numbers, _needs)


def _figure_numbers(actor: Actor) -> Sequence[ScalarSelect[Any]]:
    return queries.taking_part(actor) if allows(actor, AccountPermission.PEOPLE_MANAGE) else ()


def _figures(_actor: Actor, found: Sequence[Any]) -> Iterable[Figure]:
    """Who takes part; for KS' leads alone, who see the lists behind."""
    with_contact, places, vendors = found
    municipalities = link("accounts.organisations", type="municipality")
    words = say("kommuner har en kontaktperson")
    yield Figure(words, with_contact, municipalities, places, order=90)
    words = say_many("leverandør er registrert", "leverandører er registrert", vendors)
    yield Figure(words, vendors, link("accounts.organisations", type="vendor"), order=91)


FIGURES = Tally(_figure_numbers, _figures)
