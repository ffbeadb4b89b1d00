"""`flask pilot …`: what an operator does from a terminal."""

import secrets
from collections.abc import Iterator

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from pilot import prepare, seeds
from pilot.accounts import passwords, service
from pilot.accounts.models import Organisation, Person
from pilot.accounts.rules import normal_email
from pilot.core import audit as trail
from pilot.core.db import db
from pilot.core.errors import Refusal
from pilot.core.policy import Actor, OrganisationKind, Role
from pilot.core.unit import unit_of_work
from pilot.web.mail import deliver_due

group = AppGroup("pilot", help="Run and look after Pilotrommet.")


@group.command("prepare")
def prepare_site() -> None:
    """Before the site is served: migrate, seed what is missing, and the demo on an empty site.

    Safe to run again. DEMO=0 leaves the demo out.
    """
    _tell(prepare.prepare())


@group.group()
def seed() -> None:
    """Fill the database."""


def _tell(steps: Iterator[tuple[str, int]]) -> None:
    try:
        for name, count in steps:
            click.echo(f"{name}: {count} added")
    except seeds.Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal


@seed.command()
def reference() -> None:
    """Register, map, catalogue and organisations. Safe to run again."""
    _tell(seeds.reference())


@seed.command()
@click.option("--if-empty", is_flag=True, help="Do nothing when the database holds people.")
def demo(if_empty: bool) -> None:
    """Invented people and stories, on an otherwise empty site only."""
    if if_empty and not seeds.is_empty():
        return
    _tell(seeds.demo())


@seed.command()
def large() -> None:
    """A big site on top of the demo, to measure on. Safe to run again."""
    _tell(seeds.large())


@group.group()
def audit() -> None:
    """The audit trail."""


@audit.command()
def verify() -> None:
    """Walk the whole chain; exit code 1 at the first fault."""
    verdict = trail.verify()
    if verdict.fault:
        raise click.ClickException(f"{verdict.fault} (event {verdict.events})")
    click.echo(f"{verdict.events} events, unbroken; head {verdict.head}")


@group.group()
def lead() -> None:
    """KS' project leads."""


@lead.command("create")
@click.argument("email")
@click.option("--name", default="", help="The person's name; else the address.")
def lead_create(email: str, name: str) -> None:
    """Make the first lead of a site and print a password for them."""
    password = secrets.token_urlsafe(12)
    system = Actor.system()
    ks = select(Organisation.id).where(Organisation.kind == OrganisationKind.KS)
    try:
        with unit_of_work():
            organisation = db.session.scalars(ks.order_by(Organisation.id).limit(1)).first()
            if organisation is None:
                raise click.ClickException("run `flask pilot seed reference` first")
            person = service.add_person(
                system,
                email,
                name or email.split("@")[0],
                password_hash=passwords.hash_password(password),
            )
            service.add_membership(system, person.id, organisation_id=organisation, role=Role.LEAD)
    except Refusal as refusal:
        raise click.ClickException(str(refusal.message)) from refusal
    click.echo(f"{email}\t{password}")


@lead.command("password")
@click.argument("email")
def lead_password(email: str) -> None:
    """Print a new password for a person, for where no mail is sent; their sessions end."""
    password = secrets.token_urlsafe(12)
    person_id = db.session.scalar(select(Person.id).where(Person.email == normal_email(email)))
    if person_id is None:
        raise click.ClickException(f"{email}: no such person")
    made = passwords.hash_password(password)
    service.set_password(Actor.system(), person_id, password_hash=made)
    click.echo(f"{email}\t{password}")


@group.group()
def token() -> None:
    """Tokens for the API."""


@token.command("create")
@click.argument("emails", nargs=-1, required=True)
@click.option("--for", "organisation", type=int, help="The organisation to act for, by its id.")
def token_create(emails: tuple[str, ...], organisation: int | None) -> None:
    """Print one line per address: the address, a tab, the token."""
    for email in emails:
        try:
            made = service.create_token(Actor.system(), email, organisation_id=organisation)
        except Refusal as refusal:
            raise click.ClickException(f"{email}: {refusal.message}") from refusal
        click.echo(f"{email}\t{made}")


@group.group()
def outbox() -> None:
    """Mail that waits."""


@outbox.command()
def deliver() -> None:
    """Send what is due now."""
    click.echo(f"{deliver_due(current_app._get_current_object())} handled")  # type: ignore[attr-defined]  # Flask's proxy
