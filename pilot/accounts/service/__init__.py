"""Everything that changes organisations, people and how they come in.

A command always goes in this order: load for update, ask, refuse, change, record, tell, return.
"""

from pilot.accounts.service.confirmations import confirm, confirm_participation
from pilot.accounts.service.invitations import (
    accept_invitation,
    invite,
    pass_on_invitation,
    resend_invitation,
    withdraw_invitation,
)
from pilot.accounts.service.organisations import (
    Stale,
    add_organisation,
    edit_organisation,
    register_organisation,
)
from pilot.accounts.service.people import (
    add_membership,
    add_person,
    change_role,
    choose_language,
    close_account,
    edit_profile,
    end_membership,
    give_programme_role,
    open_account,
    take_programme_role,
)
from pilot.accounts.service.requests import (
    Firm,
    approve_request,
    ask_for_access,
    confirm_signup,
    refuse_request,
    sign_up_vendor,
)
from pilot.accounts.service.signing_in import (
    begin_session,
    create_token,
    end_all_sessions,
    end_open_session,
    end_session,
    renew_password,
    revoke_token,
    send_password_link,
    send_sign_in_link,
    set_password,
    use_sign_in_link,
)

__all__ = [
    "Firm",
    "Stale",
    "accept_invitation",
    "add_membership",
    "add_organisation",
    "add_person",
    "approve_request",
    "ask_for_access",
    "begin_session",
    "change_role",
    "choose_language",
    "close_account",
    "confirm",
    "confirm_participation",
    "confirm_signup",
    "create_token",
    "edit_organisation",
    "edit_profile",
    "end_all_sessions",
    "end_membership",
    "end_open_session",
    "end_session",
    "give_programme_role",
    "invite",
    "open_account",
    "pass_on_invitation",
    "refuse_request",
    "register_organisation",
    "renew_password",
    "resend_invitation",
    "revoke_token",
    "send_password_link",
    "send_sign_in_link",
    "set_password",
    "sign_up_vendor",
    "take_programme_role",
    "use_sign_in_link",
    "withdraw_invitation",
]
