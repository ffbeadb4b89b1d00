"""Who may import. What is imported has a permission of its own, asked as well."""

from enum import StrEnum

from pilot.core.policy import Rule
from pilot.core.policy.engine import is_ks


class ImportPermission(StrEnum):
    SEE = "import:see"


RULES: dict[StrEnum, tuple[Rule, ...]] = {ImportPermission.SEE: (is_ks,)}
