"""What a provider says of its national solutions."""

from pilot.catalogue import queries
from pilot.catalogue.models import NationalSolution
from pilot.catalogue.permissions import CataloguePermission
from pilot.core import audit, clock
from pilot.core.policy import Actor, require
from pilot.core.unit import command


@command
def confirm_solution(actor: Actor, key: str) -> NationalSolution:
    """The provider stands for a text that was our own knowledge; the date is today's.

    Confirming what is confirmed changes nothing.
    """
    solution = queries.visible_solution(actor, key, for_update=True)
    require(actor, CataloguePermission.SOLUTION_CONFIRM, solution)
    if solution.confirmed_at is None:
        solution.confirmed_at = clock.now()
        solution.confirmed_by_id = actor.person_id
        solution.confirmed_for_id = actor.organisation_id
        audit.record(actor, "solution confirmed", solution)
    return solution


@command
def unconfirm_solution(actor: Actor, key: str) -> NationalSolution:
    """Take a confirmation back; the text is shown as not confirmed again."""
    solution = queries.visible_solution(actor, key, for_update=True)
    require(actor, CataloguePermission.SOLUTION_CONFIRM, solution)
    if solution.confirmed_at is not None:
        solution.confirmed_at = solution.confirmed_by_id = solution.confirmed_for_id = None
        audit.record(actor, "solution confirmation withdrawn", solution)
    return solution
