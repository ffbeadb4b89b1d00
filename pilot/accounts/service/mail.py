"""Mail about accounts: one letter, with its words in `letters.py`. A helper inside commands."""

from typing import Any

from pilot.core import outbox

TEMPLATE = "accounts/mail/letter"


def tell(
    uid: str,
    letter: str,
    *,
    address: str,
    locale: str | None,
    person_id: int | None = None,
    note: str = "",
    **about: Any,
) -> None:
    """Write a letter to an address, in the transaction of what it tells of."""
    outbox.post(
        event_uid=uid,
        person_id=person_id,
        address=address,
        locale=locale or "nb",
        template=TEMPLATE,
        values={"letter": letter, "about": about},
        note=note,
    )
