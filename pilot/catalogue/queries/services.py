"""Information services and the national solutions that they are built from."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, false, func, select, true

from pilot.accounts.models import Organisation
from pilot.catalogue.models import InformationService, NationalSolution, ServiceSolutionLink
from pilot.catalogue.permissions import CataloguePermission
from pilot.catalogue.queries.search import named
from pilot.catalogue.rules import LinkKind, LinkText, ServiceState, ServiceText
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.pages import PAGE_SIZE, Page, within
from pilot.core.policy import Actor, require


@dataclass(frozen=True, slots=True)
class ServiceRow:
    key: str
    name: str
    state: ServiceState
    organisation: str
    solutions: int
    missing: int


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A national solution and how it meets the service."""

    solution: str
    name: str
    kind: LinkKind
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePage:
    id: int
    key: str
    name: str
    description: str
    state: ServiceState
    organisation: str
    revision: int
    created_at: datetime
    changed_at: datetime
    links: tuple[LinkRow, ...]

    @property
    def text(self) -> ServiceText:
        """What the form starts from."""
        return ServiceText(
            name=self.name,
            description=self.description,
            state=self.state,
            links=tuple(LinkText(link.solution, link.kind, link.note) for link in self.links),
        )


def services(_actor: Actor, number: int, query: str = "") -> Page[ServiceRow]:
    """A page of all, or of those a search names; a number beyond the end shows the last page."""
    asked = (named(query) or [false()]) if query else [true()]
    found = select(func.count()).select_from(InformationService).where(*asked)
    total = db.session.scalar(found) or 0
    number = within(number, total)
    links = select(func.count()).where(ServiceSolutionLink.service_id == InformationService.id)
    missing = links.where(ServiceSolutionLink.kind == LinkKind.MISSING)
    rows = db.session.execute(
        select(
            InformationService.key,
            InformationService.name,
            InformationService.state,
            func.coalesce(Organisation.name, ""),
            links.correlate(InformationService).scalar_subquery(),
            missing.correlate(InformationService).scalar_subquery(),
        )
        .outerjoin(Organisation, Organisation.id == InformationService.organisation_id)
        .where(*asked)
        .order_by(InformationService.sort_key, InformationService.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return Page(tuple(ServiceRow(*row) for row in rows), number, total)


def service(_actor: Actor, key: str) -> ServicePage:
    found = db.session.execute(
        select(InformationService.__table__, Organisation.name.label("organisation"))
        .outerjoin(Organisation, Organisation.id == InformationService.organisation_id)
        .where(InformationService.key == key)
    ).first()
    if found is None:
        raise Missing
    links = db.session.execute(
        select(
            NationalSolution.key,
            NationalSolution.name,
            ServiceSolutionLink.kind,
            ServiceSolutionLink.note,
        )
        .join(NationalSolution, NationalSolution.id == ServiceSolutionLink.solution_id)
        .where(ServiceSolutionLink.service_id == found.id)
        .order_by(NationalSolution.sort_key)
    )
    return _page(found, tuple(LinkRow(*link) for link in links))


def service_to_edit(actor: Actor, key: str) -> ServicePage:
    """The same, for those who may change it."""
    require(actor, CataloguePermission.SERVICE_EDIT)
    return service(actor, key)


def visible_service(_actor: Actor, key: str, *, for_update: bool = False) -> InformationService:
    wanted = select(InformationService).where(InformationService.key == key)
    found = db.session.scalar(wanted.with_for_update() if for_update else wanted)
    if found is None:
        raise Missing
    return found


def _page(row: Row[Any], links: tuple[LinkRow, ...]) -> ServicePage:
    return ServicePage(
        id=row.id,
        key=row.key,
        name=row.name,
        description=row.description,
        state=row.state,
        organisation=row.organisation or "",
        revision=row.revision,
        created_at=row.created_at,
        changed_at=row.changed_at,
        links=links,
    )
