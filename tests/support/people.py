"""People who use the site in tests, each with their own browser."""

from collections.abc import Callable
from contextvars import Context
from itertools import count
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from werkzeug.test import TestResponse

from pilot.accounts import queries
from pilot.core import facts
from pilot.core.db import db
from pilot.core.policy import Actor
from tests.support import pages

FORM = "application/x-www-form-urlencoded"
browsers = count(1)  # each has a session of its own
ELSEWHERE = "127.0.0.2"


class Stranger:
    """Someone who is not signed in."""

    def __init__(self, app: Flask, address: str = "127.0.0.1") -> None:
        self.app = app
        self.client = app.test_client()
        self.address = address

    @property
    def actor(self) -> Actor:
        return Actor()

    def get(self, path: str, **options: Any) -> TestResponse:
        return self._send("GET", path, **options)

    def post(self, path: str, data: Any = None, **fields: Any) -> TestResponse:
        """Post fields as they are: `post("/x", title="Hei")`; see `submit` for a real form."""
        return self._send("POST", path, data=data if data is not None else fields)

    def submit(self, path: str, *, form: int = 0, to: str = "", **fields: Any) -> TestResponse:
        """Open a page, fill in a form on it and send it, as a browser does.

        `form` is its place among the page's posting forms; `to` finds it by its address instead.
        """
        page = self.get(path)
        assert page.status_code == 200, f"{path} answered {page.status_code}"
        found = pages.forms(page.text, path)
        wanted = [f for f in found if f.action.endswith(to)] if to else found[form : form + 1]
        assert wanted, f"no such form on {path}; they go to {[f.action for f in found]}"
        return self.send(wanted[0], fields)

    def send(self, form: pages.Form, fields: dict[str, Any]) -> TestResponse:
        body = urlencode(form.filled(fields), doseq=True)
        return self._send("POST", form.action, data=body, content_type=FORM)

    def follow(self, answer: TestResponse) -> TestResponse:
        """The page an answer leads to."""
        assert answer.status_code in (302, 303), answer.status_code
        return self.get(answer.headers["Location"])

    def api(self, method: str, path: str, **options: Any) -> TestResponse:
        return self._send(method, path, **options)

    def _send(self, method: str, path: str, **options: Any) -> TestResponse:
        options.setdefault("environ_base", {"REMOTE_ADDR": self.address})
        # What the test has read ends here: a savepoint of its own left open around the request's
        # would undo the request's writes when the test ends it.
        db.session.rollback()
        answer: TestResponse = in_a_context_of_its_own(
            lambda: self.client.open(path, method=method, **options)
        )
        if answer.mimetype == "text/html" and answer.status_code not in (301, 302, 303, 304, 308):
            read(answer)
        db.session.rollback()
        return answer


class Person(Stranger):
    """Someone signed in, acting for an organisation."""

    def __init__(
        self,
        app: Flask,
        person_id: int,
        organisation_id: int | None = None,
        *,
        cookie: str = "",  # of a browser that was signed in before
    ) -> None:
        super().__init__(app)
        self.id = person_id
        self.client.set_cookie(
            app.config["SESSION_COOKIE_NAME"], cookie or self._sign_in(organisation_id)
        )

    def _sign_in(self, organisation_id: int | None) -> str:
        """The cookie of a browser that has just signed in."""
        kept: dict[str, Any] = {"_user_id": self._signed_in, "_fresh": True}
        if organisation_id is not None:
            kept["organisation_id"] = organisation_id
        signed: str = self._signer.dumps(kept)
        return signed

    @property
    def cookie(self) -> str:
        """What the browser keeps; as long as the site answers, another one can go on with it."""
        kept = self.client.get_cookie(self.app.config["SESSION_COOKIE_NAME"])
        assert kept is not None
        return kept.value

    @property
    def _signed_in(self) -> str:
        from pilot.accounts.models import Person as Row

        epoch = db.session.get_one(Row, self.id).session_epoch
        return f"{self.id}.{epoch}.browser-{next(browsers)}"

    @property
    def _signer(self) -> Any:
        """What signs the cookie, as Flask does it; a request for it alone would take longer."""
        interface: Any = self.app.session_interface
        return interface.get_signing_serializer(self.app)

    @property
    def actor(self) -> Actor:
        """As the site builds it, for the organisation chosen in this person's browser."""
        chosen = self._signer.loads(self.cookie).get("organisation_id")
        found = queries.actor_of(self.id, None, chosen)
        db.session.rollback()
        assert found is not None
        return found

    @property
    def organisation_id(self) -> int:
        found = self.actor.organisation_id
        assert found is not None
        return found


def read(answer: TestResponse) -> None:
    """Hold a page to the rules for every page."""
    pages.check(answer.text, is_demo=facts.holds_demo_data())


def in_a_context_of_its_own(send: Callable[[], TestResponse]) -> TestResponse:
    """Give a request its own app context, session and `g`, as in production.

    Otherwise rows the test holds would hide queries, and the person on `g` would leak into the
    next request.
    """
    return Context().run(send)
