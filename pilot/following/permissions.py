"""Who may see and resend mail, and write to many."""

from enum import StrEnum

from pilot.core.policy import Rule
from pilot.core.policy.engine import is_ks_lead


class MailPermission(StrEnum):
    OUTBOX_READ = "mail:outbox"
    RESEND = "mail:resend"
    MESSAGE = "mail:message"  # write, send and stop a message


RULES: dict[StrEnum, tuple[Rule, ...]] = {
    MailPermission.OUTBOX_READ: (is_ks_lead,),
    MailPermission.RESEND: (is_ks_lead,),
    MailPermission.MESSAGE: (is_ks_lead,),
}
