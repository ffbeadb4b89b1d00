"""Shape of what is typed about pages and notices."""

import uuid

from wtforms import FieldList, Form, FormField, HiddenField, RadioField

from pilot.core.clock import today
from pilot.core.policy import Zone
from pilot.core.words import label
from pilot.editorial.queries import NoticePage
from pilot.editorial.rules import LINKS_MAX, NOTICE_ZONES, LinkText, NoticeText, PageText
from pilot.web.dates import Day
from pilot.web.forms import Line, no_identity_number
from pilot.web.i18n import current_locale
from pilot.web.i18n import lazy_gettext as _l
from pilot.web.texts import TextsForm

PLAIN = [no_identity_number]
EMPTY_ROWS = 1


class LinkForm(Form):  # type: ignore[misc]  # WTForms ships no types
    """A link block."""

    title = Line(_l("Tittel"), PLAIN)
    address = Line(_l("Adresse"), PLAIN)
    source = Line(_l("Kilde"), PLAIN)
    checked_on = Day(_l("Sist kontrollert"))


class PageForm(TextsForm):
    revision = HiddenField()
    note = Line(_l("Hva har du endret?"), PLAIN)
    links = FieldList(
        FormField(LinkForm), _l("Lenker"), min_entries=EMPTY_ROWS, max_entries=LINKS_MAX
    )

    def fill(self, text: PageText, revision: int) -> None:
        """Start from what is stored, with an empty row for one more link."""
        self.revision.data = str(revision)
        self.fill_texts(text.texts)
        while self.links.entries:
            self.links.pop_entry()
        for link in text.links:
            self.links.append_entry(vars(link))
        self.add_row()

    def add_row(self) -> None:
        """One more row for a link, as far as there is room."""
        if len(self.links.entries) < LINKS_MAX:
            self.links.append_entry()

    @property
    def text(self) -> PageText:
        """What was typed; rows without a title and an address are left out."""
        rows = (
            LinkText(
                row["title"] or "", row["address"] or "", row["source"] or "", row["checked_on"]
            )
            for row in self.links.data
        )
        return PageText(self.texts, tuple(row for row in rows if row.title or row.address))


class NoticeForm(TextsForm):
    revision = HiddenField()
    form_key = HiddenField()
    dated_on = Day(_l("Dato"))
    aimed_at = RadioField(_l("Hvem er oppslaget for?"), default=Zone.PUBLIC.value)

    def offer(self) -> None:
        """Fill the choices; they depend on the reader's language."""
        locale = current_locale()
        self.aimed_at.choices = [(z.value, label("zone", z, locale)) for z in NOTICE_ZONES]
        if not self.is_submitted():
            self.form_key.data = uuid.uuid4().hex
            self.dated_on.data = today()

    def fill(self, stored: NoticePage) -> None:
        self.revision.data = str(stored.revision)
        self.fill_texts(stored.texts)
        self.dated_on.data, self.aimed_at.data = stored.dated_on, stored.aimed_at.value

    @property
    def text(self) -> NoticeText:
        """What was typed; without a date it is today's."""
        return NoticeText(self.texts, self.dated_on.data or today(), Zone(self.aimed_at.data))

    @property
    def key(self) -> str | None:
        typed = self.form_key.data or ""
        return typed if len(typed) == 32 and typed.isalnum() else None
