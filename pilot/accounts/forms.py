"""Shape of what is typed about accounts."""

from wtforms import PasswordField
from wtforms.validators import InputRequired

from pilot.web.forms import Address, PilotForm
from pilot.web.i18n import lazy_gettext as _l


class SignInForm(PilotForm):
    email = Address(_l("E-post på jobb"), [InputRequired(_l("Skriv e-postadressen din."))])
    password = PasswordField(_l("Passord"), [InputRequired(_l("Skriv passordet ditt."))])
