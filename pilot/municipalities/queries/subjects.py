"""Municipalities as others point at them; open to everyone."""

from collections.abc import Collection

from sqlalchemy import select

from pilot.core.db import db
from pilot.core.policy import Actor
from pilot.core.registry import Subject, link
from pilot.municipalities.models import Municipality


def subjects(_actor: Actor, ids: Collection[int]) -> dict[int, Subject]:
    rows = db.session.execute(
        select(Municipality.id, Municipality.name_unique, Municipality.number).where(
            Municipality.id.in_(ids)
        )
    )
    return {
        row.id: Subject(
            title=row.name_unique,
            link=link("overview.municipality", number=row.number),
            ref=row.number,
            lang="nb",
        )
        for row in rows
    }
