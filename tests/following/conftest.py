"""The people that messages go to, and the mail that waits for them."""

import pytest
from sqlalchemy import select

from pilot.core.db import db
from pilot.core.outbox import OutboxMail
from pilot.core.policy import OrganisationKind, Role
from pilot.following.models import MailMessage


def mails() -> list[OutboxMail]:
    db.session.rollback()
    return list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.person_id)))


def addresses() -> set[str]:
    return {mail.address for mail in mails()}


def row(message: MailMessage) -> MailMessage:
    db.session.rollback()
    return db.session.get_one(MailMessage, message.id)


@pytest.fixture
def people(world) -> dict[str, str]:
    """One of each kind, by their address."""
    return {
        name: person.email
        for name, person in {
            "oslo": world.member(world.municipality("0301"), Role.LEAD),
            "bergen": world.member(world.municipality("4601")),
            "vendor": world.member(world.organisation(), Role.LEAD),
            "rival": world.member(world.organisation()),
            "nhn": world.member(world.seeded(OrganisationKind.NATIONAL_PROVIDER)),
            "employed": world.member(world.municipality("0301"), role=None),
            "gone": world.member(world.municipality("0301"), is_active=False),
        }.items()
    }
