"""Everything that changes pages and notices."""

from pilot.editorial.service.notices import (
    add_notice,
    edit_notice,
    publish_notice,
    withdraw_notice,
)
from pilot.editorial.service.pages import (
    add_page,
    edit_page,
    publish_page,
    withdraw_page,
)
from pilot.editorial.service.steps import Stale

__all__ = [
    "Stale",
    "add_notice",
    "add_page",
    "edit_notice",
    "edit_page",
    "publish_notice",
    "publish_page",
    "withdraw_notice",
    "withdraw_page",
]
