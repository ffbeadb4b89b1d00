"""What the priority list shows in others' pages: needs, and a story's place."""

from collections.abc import Iterable

from pilot.core.policy import Actor, allows
from pilot.core.registry import Need, Panel, link
from pilot.core.words import say
from pilot.priorities import queries
from pilot.priorities.permissions import PriorityPermission
from pilot.priorities.rules import ListState

S = ListState


def needs(actor: Actor) -> Iterable[Need]:
    """What the list waits for, from the one who reads."""
    in_group = allows(actor, PriorityPermission.DECIDE)
    if not (in_group or allows(actor, PriorityPermission.PUT)):
        return
    found = queries.list_in_work(actor)
    if found is None:
        return
    if in_group and found.state is S.BEFORE_STEERING_GROUP:
        yield Need(
            title=say("Behandle den prioriterte listen"),
            why=say("KS har lagt den fram for styringsgruppen."),
            link=link("priorities.treat", list_id=found.id),
            icon="ClipboardCheckmark",
            color="info",
            since=found.state_since,
        )
    if allows(actor, PriorityPermission.PUT) and found.state in (S.RETURNED, S.DECIDED):
        yield _of_lead(found.state is S.RETURNED)


def _of_lead(is_returned: bool) -> Need:
    if is_returned:
        return Need(
            title=say("Rett den prioriterte listen"),
            why=say("Styringsgruppen har sendt den tilbake med en begrunnelse."),
            link=link("priorities.work"),
            icon="ArrowUndo",
            color="warning",
        )
    return Need(
        title=say("Publiser den prioriterte listen"),
        why=say("Styringsgruppen har godkjent den."),
        link=link("priorities.release"),
        icon="Megaphone",
        color="support1",
    )


def of_story(_actor: Actor, ref: str) -> Panel | None:
    """A story's place in the newest released list; public, as every story on it is."""
    found = queries.place_of(ref)
    return Panel("priorities/_place.html", found) if found else None
