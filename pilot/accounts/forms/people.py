"""Shape of what is typed about people and organisations that are here."""

from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired

from pilot.accounts.rules import MailRhythm
from pilot.core.policy import Role
from pilot.web.forms import Address, Area, Line, PilotForm, no_identity_number
from pilot.web.i18n import NAMES, gettext
from pilot.web.i18n import lazy_gettext as _l

PLAIN = [no_identity_number]


class InviteForm(PilotForm):
    email = Address(_l("E-post på jobb"), [InputRequired(_l("Skriv en e-postadresse."))])
    role = RadioField(_l("Rolle"), default=Role.MEMBER.value)
    note = Area(_l("Hva gjelder invitasjonen?"), PLAIN)


class OrganisationForm(PilotForm):
    name = Line(_l("Navn"), PLAIN)
    country = SelectField(_l("Land nummeret er fra"), validate_choice=False)
    number = Line(_l("Organisasjonsnummer"), PLAIN)


class NewOrganisationForm(OrganisationForm):
    kind = SelectField(_l("Type"))


class EditOrganisationForm(OrganisationForm):
    revision = HiddenField()
    group_id = SelectField(_l("Konsern"), validate_choice=False)


class ProfileForm(PilotForm):
    name = Line(_l("Navn"), PLAIN)
    locale = RadioField(_l("Språk"), choices=lambda: list(NAMES))
    rhythm = RadioField(
        _l("E-post som kan vente"),
        choices=lambda: [
            (MailRhythm.WEEKLY.value, gettext("Samlet, mandag morgen")),
            (MailRhythm.AT_ONCE.value, gettext("Med en gang")),
        ],
    )
