"""The demo: one open round in which some municipalities have shown interest. One that does not
exist has gone on and assessed itself."""

from datetime import datetime, timedelta
from random import Random

from pilot.candidates.models import PilotRound
from pilot.candidates.rules import CandidateState, Partner, RoundState, RoundText
from pilot.candidates.seed.answers import assessed, candidate_in
from pilot.candidates.seed.panel import panel
from pilot.candidates.seed.rows import Contact, contacts, interest_of, keep, ks_lead
from pilot.candidates.service import add_partner, add_round, draft_criteria, move_round
from pilot.core import clock
from pilot.core.behalf import Behalf, Channel
from pilot.core.policy import Actor
from pilot.core.unit import unit_of_work

NAME = "Første utprøvingsrunde"
TEXT = """\
KS og Norsk helsenett skal prøve ut tjenester for deling av opplysninger sammen med kommuner.

**Det dere kan regne med**

- Dere former tjenestene sammen med leverandørene og Norsk helsenett.
- Dere får støtte fra KS underveis.

**Det vi ber om**

- En kontaktperson som følger arbeidet.
- At ledelsen i kommunen står bak.
"""
C = CandidateState
#: Whether each has agreed to be shown. Trondheim (5001) has not answered, so that the need shows.
INTERESTED = {"0301": True, "1103": True, "5501": True, "1804": False}
ASSESSED = "9901"
INVITED = ("5603", "3301")
BY_MAIL = "4601"  # entered by KS after a mail
WITHDRAWN = "9902"
PARTNERS = (
    ("9901", "Krav til deling av opplysninger i anskaffelser", True),
    ("9902", "Felles anskaffelse av journalsystem", False),
)


def demo(_password_hash: str) -> int:
    """A round, its candidates and two partner municipalities that do not exist."""
    lead, people = ks_lead(), contacts()
    today = clock.today()
    with unit_of_work():
        made = add_round(
            lead,
            RoundText(
                name=NAME,
                opens_on=today - timedelta(days=14),
                closes_on=today + timedelta(days=45),
                decision_on=today + timedelta(days=120),
                text=TEXT,
            ),
        )
        move_round(lead, made.id, to=RoundState.OPEN)
        made.opened_at = clock.now() - timedelta(days=14)
        count = _candidates(made, lead, people)
        draft_criteria(lead)
        for number, area, is_public in PARTNERS:
            partner = Partner(number=number, area=area, starts_on=today, is_public=is_public)
            add_partner(lead, partner)
    return count + len(PARTNERS)


def _candidates(made: PilotRound, lead: Actor, people: dict[str, Contact]) -> int:
    rng = Random(NAME)  # noqa: S311  # what is invented, the same each time
    for at, (number, is_public) in enumerate(INTERESTED.items()):
        contact, moment = people[number], _ago(11 - 2 * at)
        past = ((contact.actor, C.INTERESTED, moment),)
        told = interest_of(rng, contact, is_public=is_public)
        keep(made.id, _organisation(contact), past=past, interest=told, is_read=at < 3)
    for number in INVITED:
        past = ((lead, C.INVITED, _ago(12)),)
        keep(made.id, _organisation(people[number]), past=past)
    _entered(made, lead, people[BY_MAIL], rng)
    _goes_on(made, lead, people[ASSESSED], rng)
    contact = people[WITHDRAWN]
    steps = ((contact.actor, C.INTERESTED, _ago(9)), (contact.actor, C.WITHDRAWN, _ago(4)))
    told = interest_of(rng, contact, is_public=False)
    keep(made.id, _organisation(contact), past=steps, interest=told, is_read=True)
    return len(INTERESTED) + len(INVITED) + 3


def _entered(made: PilotRound, lead: Actor, contact: Contact, rng: Random) -> None:
    at = _ago(6)
    keep(
        made.id,
        _organisation(contact),
        past=((lead, C.INTERESTED, at),),
        interest=interest_of(rng, contact, is_public=True),
        behalf=Behalf(Channel.MAIL, at.date()),
        is_read=True,
    )


def _goes_on(made: PilotRound, lead: Actor, contact: Contact, rng: Random) -> None:
    """KS has asked it to assess itself, and it has sent in what it has so far."""
    steps = ((contact.actor, C.INTERESTED, _ago(10)), (lead, C.APPLIED, _ago(8)))
    told = interest_of(rng, contact, is_public=True)
    keep(made.id, _organisation(contact), past=steps, interest=told, is_read=True)
    row = candidate_in(made.id, _organisation(contact))
    assessed(row, contact.actor, rng, _ago(3))
    panel(row, rng, _ago(2))


def _organisation(contact: Contact) -> int:
    assert contact.actor.organisation_id is not None  # noqa: S101  # a contact acts for a place
    return contact.actor.organisation_id


def _ago(days: int) -> datetime:
    return clock.now().replace(hour=9, minute=12, second=0, microsecond=0) - timedelta(days=days)
