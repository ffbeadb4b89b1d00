"""Mail as people get it: text and HTML in the reader's language, and the worker that sends it."""

import logging
import smtplib
import threading
from collections.abc import Generator, Mapping
from contextlib import closing
from email.message import EmailMessage
from email.utils import formatdate
from functools import partial
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from flask import Flask, current_app

from pilot.core import outbox
from pilot.core.facts import holds_demo_data
from pilot.core.outbox import OutboxMail
from pilot.web.i18n import reading_in

POLL = 20.0  # seconds between looks when nobody wakes the worker
TIMEOUT = 20


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


def render(mail: OutboxMail, *, base_url: str, site_name: str, sender: str) -> EmailMessage:
    """A mail from its template, with text and HTML beside each other."""
    subject, text = read(mail, base_url=base_url, site_name=site_name)
    html = "".join(_drawn(mail, "html", base_url, site_name))
    message = EmailMessage()
    mark = "[Demo] " if holds_demo_data() else ""
    message["Subject"] = f"{mark}{subject}"
    message["From"] = f"{site_name} <{sender}>"
    message["To"] = mail.address
    message["Message-ID"] = mail.message_id
    message["Date"] = formatdate(mail.created_at.timestamp())
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text + "\n")
    message.add_alternative(html, subtype="html")
    message["Content-Language"] = mail.locale  # last: the parts take such headers with them
    return message


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
