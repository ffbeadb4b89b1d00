"""What follows up the recommendations of foundation documents."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from pilot.catalogue.models import FollowUp, FoundationDocument, Recommendation
from pilot.catalogue.permissions import CataloguePermission
from pilot.catalogue.queries.documents import DocumentPage, RecommendationRow
from pilot.catalogue.rules import FOLLOWING, recommendation_numbers
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.pages import PAGE_SIZE, Page, within
from pilot.core.policy import Actor, require
from pilot.core.registry import Subject, Thing, resolve


@dataclass(frozen=True)
class FollowUpPage:
    """A thing, what it follows up, and what it could follow up."""

    subject: Subject
    follows: tuple[RecommendationRow, ...]
    offered: tuple[RecommendationRow, ...]


def follow_up_page(actor: Actor, thing: Thing) -> FollowUpPage:
    """For those who may say what the thing follows up."""
    subject = subject_of(actor, thing)
    require(actor, CataloguePermission.FOLLOW_UP)
    follows = followed_by(actor, thing)
    rows = db.session.execute(_rows().where(Recommendation.is_current))
    offered = (RecommendationRow(*row) for row in rows)
    return FollowUpPage(subject, follows, tuple(row for row in offered if row not in follows))


def subject_of(actor: Actor, thing: Thing) -> Subject:
    """What the thing is called; Missing where the actor may not know of it."""
    found = resolve(actor, [thing]).get(thing) if thing.kind in FOLLOWING else None
    if found is None:
        raise Missing
    return found


def followed_by(_actor: Actor, thing: Thing) -> tuple[RecommendationRow, ...]:
    """The recommendations that the thing follows up, also those that no longer stand."""
    of_thing = (FollowUp.thing_kind == thing.kind, FollowUp.thing_id == thing.id)
    rows = db.session.execute(
        _rows().join(FollowUp, FollowUp.recommendation_id == Recommendation.id).where(*of_thing)
    )
    return tuple(RecommendationRow(*row) for row in rows)


def followers(actor: Actor, document: int) -> Mapping[int, tuple[Subject, ...]]:
    """What follows up a document's recommendations, by their numbers: what the actor may know of;
    in one statement, and one for each kind of thing."""
    rows = db.session.execute(
        select(Recommendation.number, FollowUp.thing_kind, FollowUp.thing_id)
        .join(FollowUp, FollowUp.recommendation_id == Recommendation.id)
        .where(Recommendation.document_id == document)
        .order_by(FollowUp.thing_kind.desc(), FollowUp.thing_id)
    ).all()
    known = resolve(actor, (Thing(kind, at) for _, kind, at in rows))
    found: dict[int, tuple[Subject, ...]] = {}
    for number, kind, at in rows:
        if subject := known.get(Thing(kind, at)):
            found[number] = (*found.get(number, ()), subject)
    return found


def recommendation_page(
    actor: Actor, document: DocumentPage, number: int, page: int
) -> tuple[RecommendationRow, Page[Subject]]:
    """One of a document's recommendations, and a page of what follows it up. What the actor may not
    know of is not counted either."""
    row = next((one for one in document.recommendations if one.number == number), None)
    if row is None:
        raise Missing
    rows = followers(actor, document.id).get(number, ())
    at = within(page, len(rows))
    return row, Page(rows[(at - 1) * PAGE_SIZE : at * PAGE_SIZE], at, len(rows))


def recommendation(_actor: Actor, ref: str, *, for_update: bool = False) -> Recommendation | None:
    """One by a reference such as «GD-2/5», whether it stands or not."""
    document, number = recommendation_numbers(ref) or (0, 0)
    wanted = (
        select(Recommendation)
        .join(FoundationDocument, FoundationDocument.id == Recommendation.document_id)
        .where(FoundationDocument.number == document, Recommendation.number == number)
    )
    locked = wanted.with_for_update(of=Recommendation) if for_update else wanted
    return db.session.scalar(locked)


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(
            FoundationDocument.number,
            Recommendation.number,
            Recommendation.text,
            Recommendation.is_current,
        )
        .join(FoundationDocument, FoundationDocument.id == Recommendation.document_id)
        .order_by(FoundationDocument.number, Recommendation.number)
    )
