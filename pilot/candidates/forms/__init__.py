"""Shape of what is typed about rounds, candidates, criteria and answers."""

from pilot.candidates.forms.assessing import (
    AnswerLookForm,
    AskForm,
    AskLookForm,
    AssignForm,
    DeclareForm,
    QuickCheckForm,
    SectionForm,
    SubmitForm,
    section_form,
)
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
    "AnswerLookForm",
    "AskForm",
    "AskLookForm",
    "AssignForm",
    "CriterionForm",
    "DeclareForm",
    "InterestForm",
    "InviteForm",
    "MoveForm",
    "PartnerForm",
    "PublishForm",
    "QuickCheckForm",
    "QuickForm",
    "RegisterForm",
    "RoundForm",
    "SectionForm",
    "SubmitForm",
    "WithdrawForForm",
    "WithdrawForm",
    "section_form",
]
