"""One-time links: one way to make them, one way to use them up. Helpers inside commands."""

from datetime import timedelta

from sqlalchemy import delete, select, update

from pilot.accounts import links
from pilot.accounts.models import OneTimeLink
from pilot.accounts.queries.once import working
from pilot.accounts.rules import LIVES, LinkPurpose
from pilot.core import clock
from pilot.core.db import db

#: A dead link is remembered for so long, so that its page can say why it does not work.
REMEMBERED = timedelta(days=90)


def make(
    purpose: LinkPurpose, *, person_id: int | None = None, subject_id: int | None = None
) -> str:
    """A new link; answers the salt that the mail carries."""
    now = clock.now()
    db.session.execute(delete(OneTimeLink).where(OneTimeLink.expires_at < now - REMEMBERED))
    salt = links.new_salt()
    db.session.add(
        OneTimeLink(
            purpose=purpose,
            token_hash=links.token_hash(links.token_of(salt)),
            person_id=person_id,
            subject_id=subject_id,
            created_at=now,
            expires_at=now + LIVES[purpose],
        )
    )
    return salt


def use_up(purpose: LinkPurpose, token: str) -> OneTimeLink:
    """Take a link, locked: of two who press at once, one gets it; `DeadLink` for the other."""
    link = db.session.scalar(
        select(OneTimeLink)
        .where(OneTimeLink.token_hash == links.token_hash(token), OneTimeLink.purpose == purpose)
        .with_for_update()
    )
    link = working(link)
    link.used_at = clock.now()
    return link


def end_of_subject(purpose: LinkPurpose, subject_id: int) -> None:
    """Make every open link to an invitation or a sign-up worth nothing."""
    _end(OneTimeLink.purpose == purpose, OneTimeLink.subject_id == subject_id)


def end_of_person(person_id: int) -> None:
    """Make every open link of a person worth nothing."""
    _end(OneTimeLink.person_id == person_id)


def _end(*which: object) -> None:
    db.session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.used_at.is_(None), *which)  # type: ignore[arg-type]  # conditions
        .values(used_at=clock.now())
    )
