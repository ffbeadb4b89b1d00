"""Shape of what is typed about rounds, candidates and criteria."""

from pilot.candidates.forms.candidates import (
    InterestForm,
    InviteForm,
    MoveForm,
    PartnerForm,
    RegisterForm,
    RoundForm,
    WithdrawForForm,
    WithdrawForm,
)
from pilot.candidates.forms.criteria import CriterionForm, PublishForm, QuickForm

__all__ = [
    "CriterionForm",
    "InterestForm",
    "InviteForm",
    "MoveForm",
    "PartnerForm",
    "PublishForm",
    "QuickForm",
    "RegisterForm",
    "RoundForm",
    "WithdrawForForm",
    "WithdrawForm",
]
