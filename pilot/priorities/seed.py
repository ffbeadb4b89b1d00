"""The demo's priority list: one that is released, and one that KS is working on."""

from sqlalchemy import select

from pilot.accounts import queries as accounts
from pilot.accounts.models import Person, ProgrammeRole
from pilot.core.db import db
from pilot.core.outbox import OutboxMail
from pilot.core.policy import Actor, Programme
from pilot.core.unit import unit_of_work
from pilot.priorities import queries
from pilot.priorities.models import PriorityList
from pilot.priorities.rules import Treatment
from pilot.priorities.service import (
    add_story,
    move_story,
    put_before_group,
    release_list,
    start_list,
    treat_list,
    write_note,
)
from pilot.priorities.service.steps import MAIL
from pilot.stories.models import Story
from pilot.stories.rules import StoryState, id_of, ref_of

KS_LEAD = "leder@ks.example"
NOTE = (
    "Listen sier hvilke behov som er viktigst å dekke først. Den sier ikke hvilke kommuner eller "
    "historier som prøves ut."
)
REASONS = (
    "Gjelder mange pasienter hver dag.",
    "Flere kommuner har meldt det samme behovet.",
    "En nasjonal løsning dekker det meste i dag.",
    "Feil her får alvorlige følger.",
    "Lett å måle om det virker.",
    "Gjelder overgangen mellom sykehus og kommune.",
)
RELEASED = 6
LARGE = 60


def demo(_password_hash: str) -> int:
    """Six published stories in order, and a proposal with one more that nobody outside KS sees."""
    lead, member = _people()
    with unit_of_work():
        row = start_list(lead)
        refs = _published(RELEASED + 1)
        for at, ref in enumerate(refs[:RELEASED]):
            add_story(lead, row.id, ref, reason=REASONS[at % len(REASONS)])
        write_note(lead, row.id, NOTE, revision=1)
        put_before_group(lead, row.id)
        treat_list(member, row.id, approve=True, treatment=Treatment(attendance="Alle"))
        release_list(lead, row.id)
        _forget_mail()
        work = start_list(lead)
        add_story(lead, work.id, refs[RELEASED], reason="Ny siden sist.")
        move_story(lead, work.id, refs[2], reason="Behovet er større enn vi trodde.", to=1)
    return RELEASED + 1


def _forget_mail() -> None:
    """What is invented has happened already, and nobody is to hear of it."""
    for mail in db.session.scalars(select(OutboxMail).where(OutboxMail.template == MAIL)):
        db.session.delete(mail)


def large(_password_hash: str) -> int:
    """Fill the list in work; a second run changes nothing."""
    lead, _ = _people()
    list_id = db.session.scalar(select(PriorityList.id).where(PriorityList.is_in_work))
    if list_id is None:
        return 0
    taken = {item.story_id for item in queries.items_of(list_id)}
    missing = [ref for ref in _published(LARGE) if id_of(ref) not in taken][: LARGE - len(taken)]
    with unit_of_work():
        for at, ref in enumerate(missing):
            add_story(lead, list_id, ref, reason=REASONS[at % len(REASONS)])
    return len(missing)


def _people() -> tuple[Actor, Actor]:
    """KS' lead, and a member of the steering group."""
    lead = db.session.scalars(select(Person.id).where(Person.email == KS_LEAD)).one()
    group = select(ProgrammeRole.person_id).where(ProgrammeRole.role == Programme.STEERING_GROUP)
    member = db.session.scalars(group.order_by(ProgrammeRole.id).limit(1)).one()
    found = [accounts.actor_of(person, None, None) for person in (lead, member)]
    assert found[0] is not None  # noqa: S101  # the demo has both
    assert found[1] is not None  # noqa: S101  # as above
    return found[0], found[1]


def _published(most: int) -> list[str]:
    """References of the stories that were published first."""
    chosen = (
        select(Story.id)
        .where(Story.published_at.is_not(None), Story.state == StoryState.READY)
        .order_by(Story.published_at, Story.id)
        .limit(most)
    )
    return [ref_of(number) for number in db.session.scalars(chosen)]
