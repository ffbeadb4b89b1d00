"""The secret in a link: made from a salt and the site's key, so that no table holds it.

The database keeps the token's hash; the outbox keeps the salt. Without the key neither leads to the
token, and a mail that is sent again holds the same link.
"""

import base64
import hashlib
import hmac
import secrets

_key = b""


def use_key(key: str) -> None:
    """Name the site's key; called once, at start."""
    global _key  # one key a site
    _key = hashlib.sha256(b"one-time links" + key.encode()).digest()


def new_salt() -> str:
    return secrets.token_urlsafe(18)


def token_of(salt: str) -> str:
    """The secret; for one who only reads that a mail was sent, there is no salt and no secret."""
    if not salt:
        return "…"
    made = hmac.digest(_key, salt.encode(), "sha256")
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
