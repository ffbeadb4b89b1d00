"""A form for a text in three languages."""

from types import MappingProxyType

from pilot.core.texts import Said, Texts
from pilot.core.words import LOCALES, Message, say
from pilot.web.forms import Area, Line, PilotForm, no_identity_number
from pilot.web.i18n import lazy_gettext as _l

PLAIN = [no_identity_number]
#: The fields in words, for comparing two texts.
TEXT_WORDS: MappingProxyType[str, Message] = MappingProxyType(
    {
        "title_nb": say("Tittel på bokmål"),
        "body_nb": say("Tekst på bokmål"),
        "title_nn": say("Tittel på nynorsk"),
        "body_nn": say("Tekst på nynorsk"),
        "title_en": say("Tittel på engelsk"),
        "body_en": say("Tekst på engelsk"),
    }
)


class TextsForm(PilotForm):
    title_nb = Line(_l("Tittel på bokmål"), PLAIN)
    body_nb = Area(_l("Tekst på bokmål"), PLAIN)
    title_nn = Line(_l("Tittel på nynorsk"), PLAIN)
    body_nn = Area(_l("Tekst på nynorsk"), PLAIN)
    title_en = Line(_l("Tittel på engelsk"), PLAIN)
    body_en = Area(_l("Tekst på engelsk"), PLAIN)

    @property
    def texts(self) -> Texts:
        """What was typed, in every language."""
        said = (
            Said(self[f"title_{one}"].data or "", self[f"body_{one}"].data or "") for one in LOCALES
        )
        return Texts(*said)

    def fill_texts(self, texts: Texts) -> None:
        for name, value in texts.flat().items():
            self[name].data = value

    def renew(self, revision: int) -> None:
        """After a clash: to save now is to have seen the other text."""
        self["revision"].raw_data = None
        self["revision"].data = str(revision)
