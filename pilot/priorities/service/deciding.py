"""The list before the steering group, decided, and released to everyone."""

from pilot.accounts import queries as accounts
from pilot.core import clock
from pilot.core.db import db
from pilot.core.errors import Conflict
from pilot.core.policy import Actor, require
from pilot.core.unit import command
from pilot.core.words import say
from pilot.priorities import queries
from pilot.priorities.models import PriorityList, PriorityVersion, PriorityVersionItem
from pilot.priorities.permissions import PriorityPermission
from pilot.priorities.rules import FIELD_MAX, ListState, Treatment, Verb
from pilot.priorities.service.steps import refuse_closed, take_to, tell, text_given
from pilot.stories import service as stories


@command
def put_before_group(actor: Actor, list_id: int) -> PriorityList:
    """Put the list before the steering group; the order stands until the group has answered.

    Every story on it must be published: the group reads no other, and a released list must not
    tell of one.
    """
    row = queries.visible_list(actor, list_id, for_update=True)
    require(actor, PriorityPermission.PUT)
    refuse_closed(row)
    _refuse_unpublished(actor, row)
    uid = take_to(actor, row, ListState.BEFORE_STEERING_GROUP, Verb.PUT)
    tell(actor, row, Verb.PUT, uid, accounts.steering_group(), "")
    return row


@command
def take_back(actor: Actor, list_id: int) -> PriorityList:
    """Take the list back from the group before it has answered."""
    row = queries.visible_list(actor, list_id, for_update=True)
    require(actor, PriorityPermission.PUT)
    if row.state is not ListState.BEFORE_STEERING_GROUP:
        raise Conflict(say("Listen ligger ikke hos styringsgruppen. Last siden på nytt."))
    uid = take_to(actor, row, ListState.PROPOSED, Verb.TAKEN_BACK)
    tell(actor, row, Verb.TAKEN_BACK, uid, accounts.steering_group(), "")
    return row


@command
def treat_list(actor: Actor, list_id: int, *, approve: bool, treatment: Treatment) -> PriorityList:
    """The steering group approves the list, or returns it with a reason."""
    row = queries.visible_list(actor, list_id, for_update=True)
    require(actor, PriorityPermission.DECIDE)
    if row.state is not ListState.BEFORE_STEERING_GROUP:
        raise Conflict(say("Listen er allerede behandlet, eller KS har tatt den tilbake."))
    said = Treatment(
        reason=text_given(treatment.reason, "reason", FIELD_MAX, needed=not approve),
        attendance=_attendance(treatment.attendance),
        impartiality=text_given(treatment.impartiality, "impartiality", FIELD_MAX, needed=False),
        dissent=text_given(treatment.dissent, "dissent", FIELD_MAX, needed=False),
    )
    to, verb = (
        (ListState.DECIDED, Verb.APPROVED) if approve else (ListState.RETURNED, Verb.RETURNED)
    )
    uid = take_to(actor, row, to, verb, said)
    tell(actor, row, verb, uid, accounts.ks_leads(), said.reason)
    return row


def _attendance(text: str) -> str:
    return text_given(text, "attendance", FIELD_MAX, needed=False)


@command
def release_list(actor: Actor, list_id: int) -> PriorityVersion:
    """Make what the group decided known to everyone, as a version that never changes."""
    row = queries.visible_list(actor, list_id, for_update=True)
    require(actor, PriorityPermission.RELEASE)
    if row.state is not ListState.DECIDED:
        raise Conflict(say("Bare en liste som styringsgruppen har godkjent, kan publiseres."))
    _refuse_unpublished(actor, row)
    version = _freeze(row)
    row.is_in_work = False
    take_to(actor, row, ListState.RELEASED, Verb.RELEASED)
    stories.prioritise(actor, [item.story_id for item in queries.items_of(row.id)])
    return version


def _refuse_unpublished(actor: Actor, row: PriorityList) -> None:
    page = queries.list_page(actor, row.id)
    if not page.items:
        raise Conflict(say("Listen er tom. Legg til historier først."))
    if page.ineligible:
        refs = ", ".join(page.ineligible)
        raise Conflict(say("Ta disse av listen, KS har ikke tatt dem inn: %(refs)s.", refs=refs))
    if page.unpublished:
        refs = ", ".join(page.unpublished)
        raise Conflict(say("Publiser disse historiene først: %(refs)s.", refs=refs))


def _freeze(row: PriorityList) -> PriorityVersion:
    version = PriorityVersion(
        number=(queries.newest() or 0) + 1,
        list_id=row.id,
        note=row.note,
        decided_at=queries.decided_at(row.id),
        released_at=clock.now(),
    )
    db.session.add(version)
    db.session.flush()
    items = queries.items_of(row.id)
    texts = queries.stories_of([item.story_id for item in items])
    for item in items:
        story = texts[item.story_id]
        db.session.add(
            PriorityVersionItem(
                version_id=version.id,
                place=item.place,
                story_id=story.id,
                story_version=story.version,
                title=story.title,
                language=story.language,
                reason=item.reason,
            )
        )
    return version
