"""Saying which things follow up the recommendations of foundation documents."""

from sqlalchemy import select

from pilot.catalogue import queries
from pilot.catalogue.models import FollowUp, Recommendation
from pilot.catalogue.permissions import CataloguePermission
from pilot.core import audit, clock
from pilot.core.db import db
from pilot.core.errors import Rejected
from pilot.core.policy import Actor, require
from pilot.core.registry import Thing
from pilot.core.unit import command
from pilot.core.words import say


@command
def follow_up(actor: Actor, thing: Thing, ref: str) -> None:
    """Say that a thing follows up a recommendation that stands; to say it again changes nothing."""
    queries.subject_of(actor, thing)
    require(actor, CataloguePermission.FOLLOW_UP)
    # the row is locked: two who say the same at once are one
    row = queries.recommendation(actor, ref, for_update=True)
    if row is None or not row.is_current:
        raise Rejected(say("Velg en anbefaling som står i dokumentet."), "ref")
    if _between(thing, row) is None:
        named = {"recommendation_id": row.id, "thing_kind": thing.kind, "thing_id": thing.id}
        db.session.add(FollowUp(**named, linked_at=clock.now()))
        audit.record(actor, "recommendation followed up", row, thing=_key(thing))


@command
def stop_following_up(actor: Actor, thing: Thing, ref: str) -> None:
    """Take that back; to take it back again changes nothing."""
    queries.subject_of(actor, thing)
    require(actor, CataloguePermission.FOLLOW_UP)
    row = queries.recommendation(actor, ref, for_update=True)
    found = _between(thing, row) if row else None
    if row is not None and found is not None:
        db.session.delete(found)
        audit.record(actor, "recommendation not followed up", row, thing=_key(thing))


def _between(thing: Thing, row: Recommendation) -> FollowUp | None:
    named = {"thing_kind": thing.kind, "thing_id": thing.id, "recommendation_id": row.id}
    return db.session.scalar(select(FollowUp).filter_by(**named))


def _key(thing: Thing) -> str:
    return f"{thing.kind}:{thing.id}"
