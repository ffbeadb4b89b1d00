"""Who may see and resend mail."""

from enum import StrEnum

from pilot.core.policy import Rule
from pilot.core.policy.engine import is_ks_lead


class MailPermission(StrEnum):
    OUTBOX_READ = "mail:outbox"
    RESEND = "mail:resend"


RULES: dict[StrEnum, tuple[Rule, ...]] = {
    MailPermission.OUTBOX_READ: (is_ks_lead,),
    MailPermission.RESEND: (is_ks_lead,),
}
