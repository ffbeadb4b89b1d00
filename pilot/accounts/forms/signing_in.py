"""Shape of what is typed to come in."""

from typing import Any

from flask import request
from wtforms import PasswordField, ValidationError
from wtforms.validators import InputRequired, Length

from pilot.accounts.rules import (
    PASSWORD_LEAST,
    PASSWORD_MOST,
    looks_like_email,
    normal_email,
)
from pilot.web.forms import Address, Line, PilotForm, no_identity_number
from pilot.web.i18n import lazy_gettext as _l


def _no_slip(_form: object, field: Any) -> None:
    """What no address looks like is said, whoever has an account."""
    if not looks_like_email(normal_email(field.data)):
        raise ValidationError(_l("Skriv en e-postadresse, for eksempel navn@kommune.no."))


ADDRESS = [InputRequired(_l("Skriv e-postadressen din.")), _no_slip]


class SignInForm(PilotForm):
    """One address, two ways in: a link by mail, or a password."""

    email = Address(_l("E-post på jobb"), ADDRESS)
    password = PasswordField(_l("Passord"), [InputRequired(_l("Skriv passordet ditt."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.wants_link:
            self.password.validators = ()

    @property
    def wants_link(self) -> bool:
        """The button was pressed; or Enter, with no password typed."""
        sent = request.form
        return "link" in sent or ("enter" in sent and not sent.get("password"))


class AddressForm(PilotForm):
    email = Address(_l("E-post på jobb"), ADDRESS)


class NewPasswordForm(PilotForm):
    password = PasswordField(
        _l("Nytt passord"),
        [
            InputRequired(_l("Skriv et passord.")),
            Length(PASSWORD_LEAST, PASSWORD_MOST, _l("Bruk 12 til 200 tegn.")),
        ],
    )


class ButtonForm(PilotForm):
    """A button, and who it was opened for."""


class AcceptForm(PilotForm):
    name = Line(_l("Navnet ditt"), [no_identity_number])


class PassOnForm(PilotForm):
    email = Address(_l("E-post til riktig kollega"), [InputRequired(_l("Skriv en e-postadresse."))])
