"""RFC 9457 problem details: what the API answers when it refuses."""

import json
from dataclasses import dataclass

from flask import Response

from pilot.core.words import Message, say
from pilot.web.i18n import translate

PROBLEM = "application/problem+json"
Found = list[tuple[str | None, Message]]


@dataclass(frozen=True)
class Words:
    title: Message
    detail: Message


WORDS: dict[int, Words] = {
    400: Words(
        say("Forespørselen kan ikke leses"),
        say("Innholdet er ikke gyldig JSON i UTF-8."),
    ),
    401: Words(
        say("Du må oppgi et gyldig token"),
        say("Send tokenet i feltet Authorization, slik: Bearer <token>."),
    ),
    403: Words(
        say("Du har ikke tilgang til dette"),
        say("Organisasjonen du opptrer for, kan ikke gjøre dette."),
    ),
    404: Words(
        say("Fant ikke det du ba om"),
        say("Det finnes ikke noe på denne adressen som du har tilgang til."),
    ),
    405: Words(
        say("Metoden kan ikke brukes her"),
        say("Feltet Allow i svaret sier hvilke metoder adressen tar imot."),
    ),
    409: Words(
        say("Endringen passer ikke med det som er lagret"),
        say("Hent det som er lagret nå, og prøv igjen."),
    ),
    413: Words(say("Forespørselen er for stor"), say("Grensen er 2 MB.")),
    415: Words(
        say("Innholdstypen kan ikke brukes her"),
        say("Send JSON, med feltet Content-Type satt til application/json."),
    ),
    422: Words(
        say("Noe i forespørselen må rettes"),
        say("Listen errors sier hva som må rettes, felt for felt."),
    ),
    429: Words(
        say("For mange forespørsler"),
        say("Feltet Retry-After i svaret sier hvor mange sekunder du må vente."),
    ),
    500: Words(
        say("Noe gikk galt hos oss"),
        say("Feilen er registrert. Prøv igjen om litt."),
    ),
}


def problem(
    code: int, message: Message | None = None, *, found: Found | None = None, report_code: str = ""
) -> Response:
    """An answer in the caller's language; `found` names each field that must be mended."""
    words = WORDS.get(code) or WORDS[400 if code < 500 else 500]
    body: dict[str, object] = {
        "type": "about:blank",
        "title": translate(words.title),
        "status": code,
        "detail": translate(message or words.detail),
    }
    if found:
        body["errors"] = [{"field": name, "message": translate(said)} for name, said in found]
    if report_code:
        body["report_code"] = report_code
    return Response(json.dumps(body), code, content_type=PROBLEM)
