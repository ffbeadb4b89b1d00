"""Signing in, people, organisations, invitations and requests."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from pilot.accounts.models import ApiToken
from pilot.accounts.models import Person as PersonRow
from pilot.accounts.service import create_token
from pilot.core.db import db
from pilot.core.policy import Actor
from tests.access.conftest import Crowd
from tests.access.rooms import Row, numbers
from tests.support.arrivals import Arrivals
from tests.support.people import Person, Stranger
from tests.support.world import World

PREFIXES = (
    "/logg-inn",
    "/logg-ut",
    "/sprak",
    "/opptre-som",
    "/min-side",
    "/glemt-passord",
    "/nytt-passord",
    "/invitasjon",
    "/be-om-tilgang",
    "/leverandor/",
    "/organisasjoner",
    "/folk",
    "/medlemskap",
    "/foresporsler",
)
FIELDS: dict[str, dict[str, Any]] = {
    "/logg-inn": {"password": "galt passord"},
    "/sprak": {"locale": "nb"},
    "/min-side": {"name": "Nytt Navn", "locale": "nb", "rhythm": "weekly"},
    "/nytt-passord/<token>": {"password": "riktig hest batteri"},
    "/invitasjon/<token>": {"name": "Ny Person"},
    "/invitasjon/<token>/send-videre": {"email": "kollega@prove.example"},
    "/be-om-tilgang": {"municipality": "0301", "name": "Ny", "role_title": "rådgiver"},
    "/leverandor/registrer": {"firm": "Ny AS", "number_kind": "none", "name": "Ny"},
    "/organisasjoner/ny": {"kind": "research", "name": "Ny", "country": "NO"},
    "/organisasjoner/<int:organisation_id>/endre": {"name": "Ny", "country": "NO", "revision": "1"},
    "/organisasjoner/<int:organisation_id>/inviter": {"role": "member"},
    "/organisasjoner/<int:organisation_id>/godkjent-av": {
        "name": "Kari",
        "role_title": "kommunedirektør",
        "confirmed_on": "2026-01-31",
    },
    "/medlemskap/<int:membership_id>/rolle": {"role": "lead"},
    "/foresporsler/<int:request_id>/godkjenn": {"role": "member"},
    "/foresporsler/<int:request_id>/avsla": {"reason": "Fordi"},
}
#: Forms that want an address nobody has used before.
NEW_ADDRESS = {
    "/logg-inn",
    "/glemt-passord",
    "/be-om-tilgang",
    "/leverandor/registrer",
    "/organisasjoner/<int:organisation_id>/inviter",
}


def values(world: World, crowd: Crowd, row: Row) -> dict[str, Callable[[], str]]:
    """What the addresses of accounts hold: Oslo's, and the owner's own."""
    made = Arrivals(world, crowd["ks_lead"].actor)
    owner = crowd["owner"].actor
    tokens = {
        "sign-in": made.sign_in_token,
        "password": made.password_token,
        "invitation": made.invitation_token,
        "signup": made.signup,
        "unknown": lambda: "x",
    }
    places = {"oslo": world.municipality, "vendor": world.organisation}
    email = db.session.get_one(PersonRow, crowd["owner"].id).email
    return {
        "token": lambda: tokens[row.subject](),
        "int:organisation_id": lambda: str(places[row.subject]().id),
        "int:person_id": lambda: str(world.member(world.municipality()).id),
        "int:membership_id": lambda: str(made.membership().id),
        "int:invitation_id": lambda: str(made.invitation().id),
        "int:request_id": lambda: str(made.request().id),
        "int:open_id": lambda: str(made.open_session(owner)),
        "int:token_id": lambda: str(token_row(email)),
    }


def token_row(email: str) -> int:
    create_token(Actor.system(), email)
    found = db.session.scalars(select(ApiToken.id).order_by(ApiToken.id.desc())).first()
    assert found is not None
    return found


def fields(_world: World, _crowd: Crowd, row: Row, person: Stranger, _path: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if row.rule in NEW_ADDRESS:  # ten tries for one address would be too many
        found["email"] = f"ingen-{next(numbers)}@prove.example"
    if row.rule == "/opptre-som" and isinstance(person, Person):
        found["organisation_id"] = person.organisation_id
    return found
