"""Flask-Login's side: the session names a person, and the acting person is built from it."""

from flask import Flask, session
from flask_login import AnonymousUserMixin, LoginManager, UserMixin

from pilot.accounts import queries
from pilot.core.policy import Actor

ORGANISATION = "organisation_id"

login_manager = LoginManager()
login_manager.session_protection = None  # the epoch ends sessions; an address may change


class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    def __init__(self, actor: Actor, epoch: int, session_id: str) -> None:
        self.actor = actor
        self.epoch = epoch
        self.session_id = session_id

    def get_id(self) -> str:
        return f"{self.actor.person_id}.{self.epoch}.{self.session_id}"


class Guest(AnonymousUserMixin):  # type: ignore[misc]  # as above
    actor = Actor()


login_manager.anonymous_user = Guest


@login_manager.user_loader  # type: ignore[untyped-decorator]  # as above
def load(session_id: str) -> SignedIn | None:
    person, _, rest = session_id.partition(".")
    epoch, _, own_id = rest.partition(".")
    if not (person.isdecimal() and epoch.isdecimal()):
        return None
    actor = queries.actor_of(int(person), int(epoch), session.get(ORGANISATION), own_id)
    return SignedIn(actor, int(epoch), own_id) if actor else None


def init_app(app: Flask) -> None:
    login_manager.init_app(app)
