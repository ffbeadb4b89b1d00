"""Counting tries: in this process's memory, or in Redis where several processes share the count."""

from flask import current_app
from limits import RateLimitItemPerMinute, parse
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from pilot.core.errors import Throttled
from pilot.core.words import say

PER_ACCOUNT = parse("10 per 15 minutes")
PER_ADDRESS = parse("100 per 15 minutes")
PER_TOKEN = RateLimitItemPerMinute(1200)
WAIT_SIGN_IN = 15 * 60
PER_MAIL = parse("5 per 15 minutes")  # asked for by one place, to one address
PER_MAILBOX = parse("20 per hour")  # to one address, whoever asks
PER_PLACE = parse("60 per 15 minutes")  # a town hall may be one place


def make(redis_url: str) -> MovingWindowRateLimiter:
    return MovingWindowRateLimiter(storage_from_string(redis_url or "memory://"))


def _limiter() -> MovingWindowRateLimiter:
    limiter: MovingWindowRateLimiter = current_app.extensions["limiter"]
    return limiter


class SignInTries:
    """Failed sign-ins only: 10 per account and place, 100 per address, in 15 minutes.

    The account is counted together with where the tries come from, so that one who guesses locks
    out nobody but themselves: the rightful person gets in from elsewhere, and from a browser that
    has signed in to the account before.
    """

    def __init__(self, email: str, address: str, device: str | None) -> None:
        self._account = ("account", email, device or address)
        self._address = ("address", address)

    def begin(self) -> None:
        """Count a try on the account before it is made, so that parallel tries count too."""
        limiter = _limiter()
        if not limiter.test(PER_ADDRESS, *self._address) or not limiter.hit(
            PER_ACCOUNT, *self._account
        ):
            raise Throttled(
                say(
                    "Det er gjort for mange forsøk på å logge inn. Vent et kvarter, eller logg inn "
                    "fra en annen enhet."
                ),
                WAIT_SIGN_IN,
            )

    def failed(self) -> None:
        _limiter().hit(PER_ADDRESS, *self._address)

    def succeeded(self) -> None:
        _limiter().clear(PER_ACCOUNT, *self._account)


def may_mail(email: str, address: str) -> bool:
    """Count a mail that a stranger asks for. Too many from one place are refused; too many to one
    mailbox are dropped in silence, for the answer tells nothing of the mailbox: False."""
    limiter = _limiter()
    if not limiter.hit(PER_PLACE, "mail", address) or not limiter.hit(
        PER_MAIL, "mail", email, address
    ):
        raise Throttled(
            say("Du har bedt om mange e-poster på kort tid. Vent et kvarter, og prøv igjen."),
            WAIT_SIGN_IN,
        )
    return limiter.hit(PER_MAILBOX, "mailbox", email)


def count_token(token_hash: str) -> None:
    if not _limiter().hit(PER_TOKEN, "token", token_hash):
        raise Throttled(say("Du har sendt for mange forespørsler. Vent ett minutt."), 60)
