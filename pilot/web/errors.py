"""Refusals and faults as pages: a plain sentence, ways on, and nothing that was typed is lost."""

import logging
import secrets
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from pilot.core.db import db
from pilot.core.errors import Conflict, Forbidden, Missing, Refusal, Rejected, Throttled
from pilot.core.words import Message, say
from pilot.web.access import API, current_actor, here_asking, local_path
from pilot.web.api.problems import Found, problem
from pilot.web.i18n import translate
from pilot.web.typed import typed

STATUS: dict[type[Refusal], int] = {
    Missing: 404,
    Forbidden: 403,
    Conflict: 409,
    Rejected: 422,
    Throttled: 429,
}
#: Pages that are not opened anew: they are not there, or not for this person.
SHUT = frozenset({403, 404})
SIGNED_OUT = say(
    "Du er logget ut, og ingenting ble lagret. Logg inn og åpne skjemaet på nytt. Kopier teksten "
    "under først."
)


@dataclass(frozen=True)
class Words:
    title: Message
    text: Message


PAGES: dict[int, Words] = {
    400: Words(
        say("Vi forsto ikke forespørselen"),
        say("Skjemaet kan ha stått åpent for lenge. Gå tilbake, last siden på nytt og prøv igjen."),
    ),
    403: Words(
        say("Du har ikke tilgang til dette"),
        say("Siden finnes, men rollen din gir ikke lov til det du prøvde på."),
    ),
    404: Words(
        say("Vi finner ikke siden"),
        say(
            "Lenken kan være gammel, eller siden er flyttet. Er siden bare for en annen gruppe, "
            "vises den heller ikke her. Har du fått lenken på e-post, må du logge inn først."
        ),
    ),
    405: Words(
        say("Vi forsto ikke forespørselen"),
        say("Siden kan ikke brukes på denne måten. Gå tilbake og prøv igjen."),
    ),
    409: Words(
        say("Noen var raskere enn deg"),
        say("Noe ble endret mens du skrev. Last siden på nytt før du prøver igjen."),
    ),
    413: Words(
        say("Teksten eller filen er for stor"),
        say("Kort ned teksten, eller velg en mindre fil. Grensen er 2 MB."),
    ),
    422: Words(
        say("Vi kunne ikke lagre dette"),
        say("Noe i skjemaet må rettes. Gå tilbake og prøv igjen."),
    ),
    429: Words(
        say("For mange forsøk"),
        say("Vent noen minutter før du prøver igjen."),
    ),
    500: Words(
        say("Noe gikk galt hos oss"),
        say("Feilen er registrert. Det du hadde lagret fra før, er trygt. Prøv igjen om litt."),
    ),
}


def init_app(app: Flask) -> None:
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(Exception, _fault)


def _refused(refusal: Refusal) -> ResponseReturnValue:
    code = next(code for kind, code in STATUS.items() if isinstance(refusal, kind))
    response = answer(code, refusal.message, found=refusal.found)
    if isinstance(refusal, Throttled):
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response


def _http(fault: HTTPException) -> ResponseReturnValue:
    code = fault.code or 500
    if code < 400:
        return fault
    response = answer(code, None)
    for name, value in fault.get_headers():
        if name != "Content-Type":  # Allow, WWW-Authenticate
            response.headers[name] = value
    return response


def _csrf(_fault: CSRFError) -> ResponseReturnValue:
    is_signed_out = current_actor().is_guest and bool(typed())
    return answer(400, SIGNED_OUT if is_signed_out else None)


def _fault(fault: Exception) -> ResponseReturnValue:
    if current_app.testing and current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise fault
    db.session.rollback()  # the page itself asks the database, which may be what failed
    code = secrets.token_hex(4).upper()
    logging.getLogger("pilot").exception("fault %s at %s", code, request.path)
    return answer(InternalServerError.code, None, report_code=code)


def answer(
    code: int, message: Message | None, *, found: Found | None = None, report_code: str = ""
) -> Response:
    """The error page in the reader's language; problem details on the API."""
    if request.path.startswith(API):
        return problem(code, message, found=found, report_code=report_code)
    words = PAGES.get(code) or PAGES[400 if code < 500 else 500]
    text = translate(message or words.text)
    page = render_template(
        "error.html",
        code=code,
        title=translate(words.title),
        text=text,
        ways=[*_way_back(code), *_ways()],
        typed=typed(),
        report_code=report_code,
    )
    return make_response(page, code)


def _way_back(code: int) -> list[tuple[str, str]]:
    """To the page that the form stood on, where the form was sent to that page's own address."""
    if request.method != "POST" or code in SHUT:
        return []
    addresses = current_app.create_url_adapter(request)
    back = local_path(here_asking(request.args.to_dict(flat=False)))
    if addresses is None or back is None or not addresses.test(method="GET"):
        return []
    return [(translate(say("Åpne siden med skjemaet på nytt")), back)]


def _ways() -> list[tuple[str, str]]:
    guest = current_actor().is_guest
    home = (
        ("overview.front", say("Gå til forsiden"))
        if guest
        else ("overview.dashboard", say("Gå til oversikten"))
    )
    ways = [home, ("stories.index", say("Se brukerhistoriene"))]
    if guest:
        ways.insert(0, ("accounts.sign_in", say("Logg inn")))
    links: dict[str, Any] = {"accounts.sign_in": {"next": request.path}}
    return [
        (translate(label), url_for(endpoint, **links.get(endpoint, {}))) for endpoint, label in ways
    ]
