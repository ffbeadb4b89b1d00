"""The words of mail about accounts: subject, sentences, one button, and why one gets it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from pilot.accounts.links import token_of
from pilot.accounts.rules import ROLES
from pilot.core.policy import Role
from pilot.core.words import Message, say

About = Mapping[str, Any]
UNASKED = say("Har du ikke bedt om dette? Da trenger du ikke å gjøre noe.")


@dataclass(frozen=True)
class Letter:
    subject: Message
    lines: tuple[Message, ...]
    button: Message
    path: str
    footer: Message
    note_title: Message | None = None


def letter_of(kind: str, about: About) -> Letter:
    """The words of a letter; its link is made anew each time the mail is written."""
    return WRITERS[kind](about)


def _sign_in(about: About) -> Letter:
    return Letter(
        say("Lenke for å logge inn"),
        (say("Lenken virker i 15 minutter og bare én gang. Åpne den der du vil logge inn."),),
        say("Logg inn"),
        f"/logg-inn/lenke/{token_of(about['salt'])}{_onward(about)}",
        UNASKED,
    )


def _onward(about: About) -> str:
    """The page the reader was on the way to, as the link carries it."""
    target = about.get("target")
    return f"?{urlencode({'next': target})}" if target else ""


def _password(about: About) -> Letter:
    return Letter(
        say("Lenke for å velge nytt passord"),
        (
            say("Lenken virker i én time og bare én gang."),
            say("Når du lagrer et nytt passord, blir du logget ut alle andre steder."),
        ),
        say("Velg passord"),
        f"/nytt-passord/{token_of(about['salt'])}",
        UNASKED,
    )


def _invitation(about: About) -> Letter:
    return Letter(
        say("Invitasjon til å delta for %(organisation)s", organisation=about["organisation"]),
        (_sender(about), _about_site(), *_terms(about)),
        say("Se invitasjonen"),
        f"/invitasjon/{token_of(about['salt'])}",
        say("Er det en kollega som skal ha den? Åpne lenken og send invitasjonen videre."),
        say("Hva invitasjonen gjelder:"),
    )


def _passed_on(about: About) -> Letter:
    passed = say(
        "%(sender)s fikk invitasjonen, og har sendt den videre til deg.", sender=about["sender"]
    )
    return Letter(
        say("Invitasjon til å delta for %(organisation)s", organisation=about["organisation"]),
        (_first(about), passed, _about_site(), *_terms(about)),
        say("Se invitasjonen"),
        f"/invitasjon/{token_of(about['salt'])}",
        say("Er det en kollega som skal ha den? Åpne lenken og send invitasjonen videre."),
        say("Hva invitasjonen gjelder:"),
    )


def _first(about: About) -> Message:
    """Who invited before it was passed on, as the invitation's page names them."""
    name = about["organisation"]
    if not about.get("inviter"):
        return say("Invitasjonen er fra KS og gjelder %(name)s.", name=name)
    return say(
        "Invitasjonen er fra %(inviter)s (%(home)s) og gjelder %(name)s.",
        inviter=about["inviter"],
        home=about["inviter_organisation"],
        name=name,
    )


def _sender(about: About) -> Message:
    if not about["sender"]:
        return say("KS inviterer deg til å delta for %(name)s.", name=about["organisation"])
    return say(
        "%(sender)s (%(home)s) inviterer deg til å delta for %(name)s.",
        sender=about["sender"],
        home=about["from_organisation"],
        name=about["organisation"],
    )


def _about_site() -> Message:
    return say(
        "Pilotrommet er arbeidsrommet for felles journalløft, der kommuner, KS, Norsk helsenett "
        "og leverandører finner ut hva som skal prøves ut."
    )


def _terms(about: About) -> tuple[Message, Message]:
    lasts = say("Invitasjonen gjelder i 14 dager og kan brukes én gang.")
    return say("Rolle: %(role)s.", role=ROLES[Role(about["role"])]), lasts


def _signup(about: About) -> Letter:
    return Letter(
        say("Bekreft adressen din"),
        (
            say("%(name)s er i ferd med å bli registrert.", name=about["organisation"]),
            say("Lenken virker i 24 timer og bare én gang."),
        ),
        say("Bekreft og logg inn"),
        f"/leverandor/bekreft/{token_of(about['salt'])}{_onward(about)}",
        UNASKED,
    )


def _refused(about: About) -> Letter:
    return Letter(
        say("Svar på om du kan delta for %(name)s", name=about["organisation"]),
        (
            say("Du får ikke tilgang nå. Begrunnelsen står under."),
            say("Mener du at dette er feil, kan du svare på denne e-posten."),
        ),
        say("Les det som er publisert"),
        "/",
        say("Du får denne e-posten fordi du ba om tilgang."),
        say("Begrunnelse:"),
    )


WRITERS: dict[str, Callable[[About], Letter]] = {
    "sign_in": _sign_in,
    "password": _password,
    "invitation": _invitation,
    "passed_on": _passed_on,
    "signup": _signup,
    "refused": _refused,
}
