"""The criteria that the site ships: the first version, for KS to build on."""

import tomllib
from typing import Any

from pilot.candidates import queries
from pilot.candidates.models import CriteriaSet, CriterionRow, QuickQuestion
from pilot.candidates.rules.criteria import (
    TONGUES,
    Asked,
    CriterionText,
    Dimension,
    Quick,
    QuickText,
    SetState,
)
from pilot.core import clock
from pilot.core.db import db
from pilot.core.unit import unit_of_work
from pilot.core.words import DATA

Row = dict[str, Any]


def criteria(_password_hash: str) -> int:
    """Publishes what is in `data/criteria.toml`, unless a version has been made already."""
    if queries.newest_version():
        return 0
    with (DATA / "criteria.toml").open("rb") as file:
        shipped = tomllib.load(file)
    now = clock.now()
    with unit_of_work():
        first = CriteriaSet(version=1, state=SetState.DRAFT, note="", created_at=now)
        db.session.add(first)
        db.session.flush()
        for row in shipped["dimension"]:
            db.session.add(_quick_row(first.id, row))
        for row in shipped["criterion"]:
            db.session.add(_criterion_row(first.id, row))
        db.session.flush()  # before it is published: after that the database takes no more
        first.state, first.published_at = SetState.PUBLISHED, now
        db.session.flush()
        for row in queries.rounds_without_criteria():
            row.criteria_version = first.version
    return len(shipped["criterion"])


def _criterion_row(set_id: int, row: Row) -> CriterionRow:
    asked = {
        tongue: Asked(**row[tongue] | {"levels": tuple(row[tongue]["levels"])})
        for tongue in TONGUES
    }
    text = CriterionText(
        code=row["code"],
        dimension=Dimension(row["dimension"]),
        weight=row["weight"],
        gate=row.get("gate"),
        **asked,
    )
    made = CriterionRow(set_id=set_id, revision=1)
    made.write(text)
    return made


def _quick_row(set_id: int, row: Row) -> QuickQuestion:
    texts = {
        tongue: QuickText(question=row["quick"][tongue], missing=row["missing"][tongue])
        for tongue in TONGUES
    }
    made = QuickQuestion(set_id=set_id, dimension=Dimension(row["key"]))
    made.write(Quick(dimension=made.dimension, **texts))
    return made
