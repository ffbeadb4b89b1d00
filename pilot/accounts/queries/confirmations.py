"""Who has approved what for an organisation, for the slices that show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from pilot.accounts.models import Confirmation, Organisation, Person
from pilot.core.db import db


@dataclass(frozen=True)
class Confirmed:
    """Who approved (name, role, date), and which lead said so."""

    organisation_id: int
    organisation: str
    name: str
    role_title: str
    confirmed_on: date
    confirmed_by: str


def confirmations_of(kind: str, subject_ids: Iterable[int]) -> dict[int, tuple[Confirmed, ...]]:
    """Confirmations by subject, in one statement. The caller has cleared the subjects already."""
    rows: Any = db.session.execute(
        select(
            Confirmation.subject_id,
            Confirmation.organisation_id,
            Organisation.name,
            Confirmation.name,
            Confirmation.role_title,
            Confirmation.confirmed_on,
            Person.name,
        )
        .join(Organisation, Organisation.id == Confirmation.organisation_id)
        .join(Person, Person.id == Confirmation.confirmed_by_id)
        .where(Confirmation.kind == kind, Confirmation.subject_id.in_(list(subject_ids)))
        .order_by(Organisation.sort_key, Confirmation.id)
    )
    found: dict[int, tuple[Confirmed, ...]] = {}
    for subject_id, *rest in rows:
        found[subject_id] = (*found.get(subject_id, ()), Confirmed(*rest))
    return found
