"""What the forms that anyone may send share: a trap for programs that fill in everything."""

from pilot.web.forms import Line, PilotForm
from pilot.web.i18n import lazy_gettext as _l


class PublicForm(PilotForm):
    website = Line(_l("La dette feltet stå tomt"))

    @property
    def is_trapped(self) -> bool:
        """People do not see the field; what has something in it was not sent by one."""
        return bool(self.website.data)
