"""Password hashes: argon2id, computed away from the requests that are not signing in.

Parameters follow OWASP's second recommendation (19 MiB, two passes, one lane). argon2 frees the
interpreter's lock while it works; no more than two run at once, so that a rush of sign-ins leaves a
core for everyone else. Under gevent the work goes to the hub's own thread pool.
"""

import sys
import threading
from collections.abc import Callable
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

T = TypeVar("T")

_hasher = PasswordHasher(memory_cost=19 * 1024, time_cost=2, parallelism=1)
_slots = threading.BoundedSemaphore(2)
#: Compared with when there is no such account, so that the answer takes as long.
_NOBODY = _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    return _aside(lambda: _hasher.hash(password))


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is right; takes the same time when there is no account."""
    right = _aside(lambda: _verify(password_hash or _NOBODY, password))
    return right and bool(password_hash)


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (Argon2Error, InvalidHashError):
        return False


def _aside(work: Callable[[], T]) -> T:
    monkey = sys.modules.get("gevent.monkey")
    if monkey is not None and monkey.is_module_patched("threading"):
        import gevent

        result: T = gevent.get_hub().threadpool.apply(work)
        return result
    with _slots:
        return work()
