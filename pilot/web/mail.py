"""Mail as people get it: text and HTML in the reader's language, and the worker that sends it."""

import logging
import smtplib
import threading
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate
from functools import partial
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from flask import Flask, current_app
from markupsafe import escape

from pilot.core import outbox
from pilot.core.calendar import Invitation, Post, calendar_file
from pilot.core.facts import holds_demo_data
from pilot.core.outbox import OutboxMail
from pilot.web.i18n import gettext, reading_in

POLL = 20.0  # seconds between looks when nobody wakes the worker
TIMEOUT = 20
CALENDAR_FILE = "mote.ics"


class Written(Protocol):
    """What a mail is made of: a row of the outbox, or what a page shows of one."""

    @property
    def template(self) -> str: ...
    @property
    def values(self) -> Mapping[str, Any]: ...
    @property
    def note(self) -> str: ...
    @property
    def locale(self) -> str: ...


def read(mail: Written, *, base_url: str, site_name: str) -> tuple[str, str]:
    """Subject and text, as the receiver reads them: the template's first line, and the rest."""
    drawn = "".join(_drawn(mail, "txt", base_url, site_name))
    subject, _, text = drawn.partition("\n")
    return subject.strip(), text.strip()


def subject_of(mail: Written, *, base_url: str, site_name: str) -> str:
    """The subject alone: a list of mail draws no more than it shows."""
    line = ""
    with closing(_drawn(mail, "txt", base_url, site_name)) as parts:
        for part in parts:
            line += part
            if "\n" in part:
                break
    return line.partition("\n")[0].strip()


def _drawn(mail: Written, ending: str, base_url: str, site_name: str) -> Generator[str, None, None]:
    """The mail's text, part by part, in the receiver's language; without a page's frame."""
    values: dict[str, Any] = {
        **mail.values,
        "note": mail.note,
        "base_url": base_url,
        "site_name": site_name,
        "mail_locale": mail.locale,
    }
    template = current_app.jinja_env.get_template(f"{mail.template}.{ending}")
    with reading_in(mail.locale):
        yield from template.generate(values)


def render(
    mails: Sequence[OutboxMail], *, base_url: str, site_name: str, sender: str
) -> EmailMessage:
    """A mail from its template; several letters to one receiver as one, each under its subject."""
    first = mails[0]
    with reading_in(first.locale):
        letters = [_letter(mail, base_url=base_url, site_name=site_name) for mail in mails]
        letter = letters[0] if len(letters) == 1 else _joined(letters, site_name, first.locale)
    message = EmailMessage()
    mark = "[Demo] " if holds_demo_data() else ""
    message["Subject"] = f"{mark}{letter.subject}"
    message["From"] = f"{site_name} <{sender}>"
    message["To"] = first.address
    message["Message-ID"] = first.message_id
    message["Date"] = formatdate(first.created_at.timestamp())
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text.strip() + "\n")
    message.add_alternative(letter.html, subtype="html")
    if first.calendar:
        _attach(message, first, letter.text, base_url=base_url, sender=(site_name, sender))
    message["Content-Language"] = first.locale  # last: the parts take such headers with them
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


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str

    @property
    def body(self) -> str:
        return self.html.partition("<body>")[2].partition("</body>")[0]


def _letter(mail: OutboxMail, *, base_url: str, site_name: str) -> Letter:
    subject, text = read(mail, base_url=base_url, site_name=site_name)
    return Letter(subject, text, "".join(_drawn(mail, "html", base_url, site_name)))


def _joined(letters: list[Letter], site_name: str, locale: str) -> Letter:
    subject = gettext("Denne uken i %(site)s: %(n)s saker", site=site_name, n=len(letters))
    text = "\n\n".join(f"{one.subject}\n{'-' * len(one.subject)}\n\n{one.text}" for one in letters)
    bodies = "\n<hr>\n".join(f"<h2>{escape(one.subject)}</h2>\n{one.body}" for one in letters)
    head = f'<head><meta charset="utf-8"><title>{escape(subject)}</title></head>'
    html = f'<!doctype html>\n<html lang="{locale}">{head}\n<body>{bodies}</body></html>\n'
    return Letter(subject, text, html)


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
