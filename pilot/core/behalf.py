"""What KS enters for an organisation that has told it by mail, by phone, in a letter or a meeting.

Such a row says so wherever it is shown, and the organisation gets a receipt it can correct from.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Mapped

from pilot.core.words import Message, say


class Channel(StrEnum):
    MAIL = "mail"
    PHONE = "phone"
    LETTER = "letter"
    MEETING = "meeting"


CHANNEL_WORDS: dict[Channel, Message] = {
    Channel.MAIL: say("E-post"),
    Channel.PHONE: say("Telefon"),
    Channel.LETTER: say("Brev"),
    Channel.MEETING: say("Møte"),
}
AFTER_WORDS: dict[Channel, Message] = {
    Channel.MAIL: say("e-post"),
    Channel.PHONE: say("telefon"),
    Channel.LETTER: say("brev"),
    Channel.MEETING: say("møte"),
}


@dataclass(frozen=True)
class Behalf:
    """How the organisation told it, and the day KS received it."""

    channel: Channel
    received_on: date

    @property
    def words(self) -> Message:
        """«registrert av KS etter e-post 12. november 2026»."""
        return say(
            "registrert av KS etter %(channel)s %(day)s",
            channel=AFTER_WORDS[self.channel],
            day=self.received_on,
        )


class OnBehalf:
    """Columns of a row that KS may have entered for the organisation; empty where it did not."""

    behalf_channel: Mapped[Channel | None]
    behalf_received_on: Mapped[date | None]

    @property
    def behalf(self) -> Behalf | None:
        if self.behalf_channel is None or self.behalf_received_on is None:
            return None
        return Behalf(self.behalf_channel, self.behalf_received_on)

    @behalf.setter
    def behalf(self, told: Behalf | None) -> None:
        self.behalf_channel = told.channel if told else None
        self.behalf_received_on = told.received_on if told else None
