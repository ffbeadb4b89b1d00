"""Limits and checks of accounts; plain Python."""

import re

from pilot.core.text import clean

NAME_MAX = 120
EMAIL_MAX = 254

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def normal_email(text: str) -> str:
    """The address as it is stored and compared: no outer space, lower case."""
    return clean(text).lower()


def looks_like_email(text: str) -> bool:
    return len(text) <= EMAIL_MAX and _EMAIL.fullmatch(text) is not None
