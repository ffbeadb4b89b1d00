"""What a cell or a field says: a day, yes or no, a channel; as people and spreadsheets write it."""

from datetime import date, datetime

from pilot.core.behalf import Channel

DAYS = ("%Y-%m-%d", "%d.%m.%Y")  # as browsers send it, and as people write it
FIRST, LAST = date(1990, 1, 1), date(2100, 1, 1)  # of what anybody can mean here
MUNICIPALITY_DIGITS = 4
_YES_NO = {
    **dict.fromkeys(("ja", "j", "yes", "y", "x", "sann", "true"), True),
    **dict.fromkeys(("", "nei", "n", "no", "usann", "false"), False),
}
_CHANNELS = {
    **dict.fromkeys(("e-post", "epost", "e-mail", "email", "mail"), Channel.MAIL),
    **dict.fromkeys(("telefon", "phone"), Channel.PHONE),
    **dict.fromkeys(("brev", "letter"), Channel.LETTER),
    **dict.fromkeys(("møte", "meeting"), Channel.MEETING),
}


def day_of(text: str) -> date | None:
    """The day that is written; None where none is, or one that nobody can mean."""
    for layout in DAYS:
        try:
            found = datetime.strptime(text.strip(), layout).date()  # noqa: DTZ007  # a day alone
        except ValueError:
            continue
        return found if FIRST <= found < LAST else None
    return None


def yes_or_no(text: str) -> bool | None:
    """An empty cell is no; None where it says neither."""
    return _YES_NO.get(text.casefold())


def channel_of(text: str) -> Channel | None:
    return _CHANNELS.get(text.casefold())


def municipality_number(text: str) -> str:
    """A number as spreadsheets leave it: 301 is 0301. Other text as it is, in lower case."""
    return text.zfill(MUNICIPALITY_DIGITS) if text.isdecimal() else text.casefold()
