"""Everything that changes the catalogue."""

from pilot.catalogue.service.documents import add_document, edit_document
from pilot.catalogue.service.following import follow_up, stop_following_up
from pilot.catalogue.service.services import add_service, edit_service
from pilot.catalogue.service.solutions import confirm_solution, unconfirm_solution
from pilot.catalogue.service.steps import Stale

__all__ = [
    "Stale",
    "add_document",
    "add_service",
    "confirm_solution",
    "edit_document",
    "edit_service",
    "follow_up",
    "stop_following_up",
    "unconfirm_solution",
]
