"""Shape of a status report as it is typed."""

from wtforms import HiddenField

from pilot.web.forms import Area, KeyedForm, Line, PilotForm, no_identity_number
from pilot.web.i18n import lazy_gettext as _l


class ReportForm(KeyedForm):
    revision = HiddenField()
    title = Line(_l("Tittel"), [no_identity_number])
    words = Area(_l("Prosjektlederens ord"), [no_identity_number])


class SendForm(PilotForm):
    """The button that sends the report that was read."""

    revision = HiddenField()
