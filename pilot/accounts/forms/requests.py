"""Shape of what those type who come by themselves."""

from typing import Any

from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from pilot.accounts.forms.base import PublicForm
from pilot.accounts.rules import NumberKind
from pilot.core.policy import Role
from pilot.web.forms import Address, Area, Line, PilotForm, no_identity_number
from pilot.web.i18n import gettext
from pilot.web.i18n import lazy_gettext as _l

PLAIN = [no_identity_number]


class AccessForm(PublicForm):
    municipality = SelectField(_l("Kommune"), validate_choice=False)
    name = Line(_l("Navnet ditt"), PLAIN)
    role_title = Line(_l("Rollen din i kommunen"), PLAIN)
    email = Address(_l("E-post på jobb"))


class VendorForm(PublicForm):
    firm = Line(_l("Navn på firmaet"), PLAIN)
    number_kind = RadioField(
        _l("Organisasjonsnummer"),
        choices=lambda: [
            (NumberKind.NORWEGIAN.value, gettext("Norsk organisasjonsnummer")),
            (NumberKind.FOREIGN.value, gettext("Nummer fra et annet land")),
            (NumberKind.NONE.value, gettext("Vi har ikke nummer")),
        ],
        default=NumberKind.NORWEGIAN.value,
    )
    org_number = Line(_l("Norsk nummer, ni sifre"), PLAIN)
    country = SelectField(_l("Land"), validate_choice=False)
    foreign_number = Line(_l("Nummeret i det landet"), PLAIN)
    group = Line(_l("Konsern firmaet hører til"), PLAIN)
    name = Line(_l("Navnet ditt"), PLAIN)
    email = Address(_l("E-post på jobb"))

    @property
    def typed_firm(self) -> dict[str, Any]:
        """The firm as it was typed; a number of a kind that was not chosen is not read."""
        kind = NumberKind(self.number_kind.data)
        numbers = {NumberKind.NORWEGIAN: self.org_number, NumberKind.FOREIGN: self.foreign_number}
        return {
            "name": self.firm.data or "",
            "kind": kind,
            "country": self.country.data or "",
            "number": numbers[kind].data or "" if kind in numbers else "",
            "group": self.group.data or "",
        }


class ApproveForm(PilotForm):
    role = RadioField(_l("Rolle"), default=Role.MEMBER.value)


class RefuseForm(PilotForm):
    reason = Area(_l("Begrunnelse"), [InputRequired(_l("Skriv en begrunnelse.")), *PLAIN])
