"""Mail as people get it: text and HTML in the reader's language, and the worker that sends it."""

import logging
import smtplib
import threading
from email.message import EmailMessage
from email.utils import formatdate
from functools import partial
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import Flask, render_template

from pilot.core import outbox
from pilot.core.calendar import Invitation, Post, calendar_file
from pilot.core.facts import holds_demo_data
from pilot.core.outbox import OutboxMail
from pilot.web.i18n import reading_in

POLL = 20.0  # seconds between looks when nobody wakes the worker
TIMEOUT = 20
CALENDAR_FILE = "mote.ics"


def render(mail: OutboxMail, *, base_url: str, site_name: str, sender: str) -> EmailMessage:
    """A mail from its template: subject is the first line, the rest is text; HTML beside it."""
    with reading_in(mail.locale):
        values: dict[str, Any] = {
            **mail.values,
            "note": mail.note,
            "base_url": base_url,
            "site_name": site_name,
            "mail_locale": mail.locale,
        }
        subject, _, text = render_template(f"{mail.template}.txt", **values).partition("\n")
        html = render_template(f"{mail.template}.html", **values)
    message = EmailMessage()
    mark = "[Demo] " if holds_demo_data() else ""
    message["Subject"] = f"{mark}{subject.strip()}"
    message["From"] = f"{site_name} <{sender}>"
    message["To"] = mail.address
    message["Message-ID"] = mail.message_id
    message["Date"] = formatdate(mail.created_at.timestamp())
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text.strip() + "\n")
    message.add_alternative(html, subtype="html")
    if mail.calendar:
        _attach(message, mail, text, base_url=base_url, sender=(site_name, sender))
    message["Content-Language"] = mail.locale  # last: the parts take such headers with them
    return message


def _attach(
    message: EmailMessage, mail: OutboxMail, text: str, *, base_url: str, sender: tuple[str, str]
) -> None:
    """The event as a file that calendars take in, change and remove by its UID."""
    invitation = Invitation.load(mail.calendar or {})
    name, address = sender
    post = Post(address, name, mail.address, mail.created_at, base_url, text.strip())
    message.add_attachment(
        calendar_file(invitation, post),
        subtype="calendar",
        filename=CALENDAR_FILE,
        params={"method": invitation.method},
    )


def transport(url: str) -> smtplib.SMTP:
    """A connection to the server that SMTP_URL names: smtp://, smtps:// or smtp+tls://."""
    parts = urlsplit(url)
    host, port = parts.hostname or "localhost", parts.port
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port or 465, timeout=TIMEOUT)
    else:
        server = smtplib.SMTP(host, port or 25, timeout=TIMEOUT)
    if parts.scheme == "smtp+tls":
        server.starttls()
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server


def deliver_due(app: Flask) -> int:
    """Send what is due; answers how many rows were handled. Nothing without a server to ask."""
    config = app.config
    if not config["SMTP_URL"]:
        return 0
    drawn = partial(
        render,
        base_url=config["BASE_URL"],
        site_name=config["SITE_NAME"],
        sender=config["MAIL_FROM"],
    )
    handled = 0
    with app.app_context():
        while outbox.deliver_next(drawn, partial(transport, config["SMTP_URL"])):
            handled += 1
    return handled


class Worker:
    """One thread that sends mail; woken after a commit, and looking now and then by itself."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._wake = threading.Event()
        self._started = threading.Lock()
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        self._wake.set()

    def start(self) -> None:
        """Begin in this process; called once by the server, never by tests or the command line."""
        with self._started:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="outbox", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            try:
                deliver_due(self._app)
            except Exception:  # the worker outlives a fault; the row is still there
                logging.getLogger(__name__).exception("the outbox worker met a fault")
            self._wake.wait(POLL)
            self._wake.clear()
