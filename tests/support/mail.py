"""A real SMTP server that keeps what it gets."""

import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller

from tests.support.servers import free_port

WAIT = 30.0


class Mailbox:
    """Mail as the receiver's server got it. `refuses` holds addresses it does not know."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refuses: set[str] = set()
        self._news = threading.Condition()
        self._server = Controller(self, hostname="127.0.0.1", port=free_port())

    async def handle_RCPT(  # noqa: N802  # the server's name for it
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.refuses:
            return "550 no such person here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        message = message_from_bytes(envelope.content, policy=policy.default)
        with self._news:
            self.messages.append(cast("EmailMessage", message))
            self._news.notify_all()
        return "250 OK"

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._server.port}"

    def to(self, address: str, about: str = "") -> list[EmailMessage]:
        return [m for m in self.messages if m["To"] == address and about in m["Subject"]]

    def wait_for(self, address: str, count: int = 1, about: str = "") -> EmailMessage:
        """The newest mail to an address, once there are so many; woken when it comes."""
        with self._news:
            assert self._news.wait_for(lambda: len(self.to(address, about)) >= count, WAIT), (
                f"{len(self.to(address, about))} of {count} mails «{about}» to {address} after "
                f"{WAIT:.0f} s; others: {[m['Subject'] for m in self.to(address)]}"
            )
        return self.to(address, about)[-1]

    def start(self) -> None:
        self._server.start()

    def stop(self) -> None:
        self._server.stop()


def parts(message: EmailMessage) -> tuple[str, str]:
    """The text and the HTML of a mail."""
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    return text.get_content(), html.get_content()
