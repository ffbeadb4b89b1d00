"""Reading the catalogue. All of it is open to everyone; only a text to change is not."""

from pilot.catalogue.queries.search import Found, hits
from pilot.catalogue.queries.services import (
    LinkRow,
    ServicePage,
    ServiceRow,
    service,
    service_to_edit,
    services,
    visible_service,
)
from pilot.catalogue.queries.settings import (
    care_setting_options,
    care_settings_by_level,
    label_of,
    level_of,
)
from pilot.catalogue.queries.solutions import (
    SolutionPage,
    SolutionRow,
    Standing,
    UsedBy,
    solution,
    solution_names,
    solutions,
    unconfirmed,
    visible_solution,
)
from pilot.catalogue.queries.subjects import service_subjects, solution_subjects

__all__ = [
    "Found",
    "LinkRow",
    "ServicePage",
    "ServiceRow",
    "SolutionPage",
    "SolutionRow",
    "Standing",
    "UsedBy",
    "care_setting_options",
    "care_settings_by_level",
    "hits",
    "label_of",
    "level_of",
    "service",
    "service_subjects",
    "service_to_edit",
    "services",
    "solution",
    "solution_names",
    "solution_subjects",
    "solutions",
    "unconfirmed",
    "visible_service",
    "visible_solution",
]
