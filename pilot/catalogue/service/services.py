"""Describing information services."""

from sqlalchemy import select

from pilot.catalogue import queries
from pilot.catalogue.models import InformationService, NationalSolution, ServiceSolutionLink
from pilot.catalogue.permissions import CataloguePermission
from pilot.catalogue.rules import (
    NAME_TAKEN,
    SET_BY_HAND,
    LinkText,
    ServiceText,
    faults,
    key_of,
)
from pilot.catalogue.service.steps import Faulty, Stale
from pilot.core import audit, clock
from pilot.core.db import db
from pilot.core.errors import Rejected
from pilot.core.policy import Actor, require
from pilot.core.text import sort_key
from pilot.core.unit import CLASHES, command
from pilot.core.words import say

CLASHES["uq_information_service_key"] = NAME_TAKEN
CLASHES["information_service.key"] = NAME_TAKEN  # as SQLite names it


@command
def add_service(actor: Actor, text: ServiceText) -> InformationService:
    """Describe a new information service; everyone can read it from the same moment."""
    require(actor, CataloguePermission.SERVICE_EDIT)
    _refuse_faults(text, None)
    now = clock.now()
    service = InformationService(
        key=_free_key(text.name),
        organisation_id=actor.organisation_id,
        revision=0,
        created_at=now,
        state=text.state,
    )
    _write(service, text)
    db.session.add(service)
    db.session.flush()
    _link(service, text.links)
    audit.record(actor, "information service added", service, text=_said(text), state=text.state)
    return service


@command
def edit_service(actor: Actor, key: str, text: ServiceText, *, revision: int) -> InformationService:
    """Change a text; `Stale` when someone changed it after `revision`. The address stays."""
    service = queries.visible_service(actor, key, for_update=True)
    require(actor, CataloguePermission.SERVICE_EDIT, service)
    if service.revision != revision:
        raise Stale(say("Noen endret tjenesten mens du skrev."))
    _refuse_faults(text, service)
    before = service.state
    _write(service, text)
    _link(service, text.links)
    audit.record(
        actor,
        "information service changed",
        service,
        text=_said(text),
        before=before,
        after=service.state,
    )
    return service


def _refuse_faults(text: ServiceText, service: InformationService | None) -> None:
    found = faults(text)
    now = service.state if service else None
    if text.state not in SET_BY_HAND and text.state is not now:
        found.append(("state", say("Velg en av statusene i listen.")))
    taken = select(InformationService.id).where(InformationService.sort_key == sort_key(text.name))
    if service is not None:
        taken = taken.where(InformationService.id != service.id)
    if db.session.scalar(taken.limit(1)) is not None:
        found.append(("name", NAME_TAKEN))
    if found:
        raise Faulty(found)


def _free_key(name: str) -> str:
    """The name's own key, or the first with a number that nobody has."""
    key = key_of(name)
    begins = InformationService.key.startswith(key, autoescape=True)
    taken = set(db.session.scalars(select(InformationService.key).where(begins)))
    numbered = (key if n == 1 else f"{key[:55]}-{n}" for n in range(1, len(taken) + 2))
    return next(free for free in numbered if free not in taken)


def _write(service: InformationService, text: ServiceText) -> None:
    service.name, service.description, service.state = text.name, text.description, text.state
    service.sort_key = sort_key(text.name)
    service.changed_at = clock.now()
    service.revision += 1


def _link(service: InformationService, links: tuple[LinkText, ...]) -> None:
    """Make the links those given: change what is there, add the new, remove the rest."""
    ids = _ids_of([link.solution for link in links])
    of_service = select(ServiceSolutionLink).where(ServiceSolutionLink.service_id == service.id)
    have = {link.solution_id: link for link in db.session.scalars(of_service)}
    for link in links:
        if link.solution not in ids:
            raise Rejected(say("Velg en løsning fra listen."), "links")
        row = have.pop(ids[link.solution], None)
        if row is None:
            row = ServiceSolutionLink(service_id=service.id, solution_id=ids[link.solution])
            db.session.add(row)
        row.kind, row.note = link.kind, link.note
    for row in have.values():
        db.session.delete(row)


def _ids_of(keys: list[str]) -> dict[str, int]:
    rows = db.session.execute(
        select(NationalSolution.key, NationalSolution.id).where(NationalSolution.key.in_(keys))
    )
    return {row.key: row.id for row in rows}


def _said(text: ServiceText) -> str:
    """All that people wrote, for the trail's text."""
    notes = [f"{link.solution}: {link.kind}. {link.note}" for link in text.links]
    return "\n".join([text.name, text.description, *notes])
