"""Reading the catalogue. All of it is open to everyone; only a text to change is not."""

from pilot.catalogue.queries.documents import (
    DocumentPage,
    DocumentRow,
    RecommendationRow,
    document,
    document_to_edit,
    documents,
    visible_document,
)
from pilot.catalogue.queries.following import (
    FollowUpPage,
    follow_up_page,
    followed_by,
    followers,
    recommendation,
    subject_of,
)
from pilot.catalogue.queries.search import document_lines, service_lines, solution_lines
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
    "DocumentPage",
    "DocumentRow",
    "FollowUpPage",
    "LinkRow",
    "RecommendationRow",
    "ServicePage",
    "ServiceRow",
    "SolutionPage",
    "SolutionRow",
    "Standing",
    "UsedBy",
    "care_setting_options",
    "care_settings_by_level",
    "document",
    "document_lines",
    "document_to_edit",
    "documents",
    "follow_up_page",
    "followed_by",
    "followers",
    "label_of",
    "level_of",
    "recommendation",
    "service",
    "service_lines",
    "service_subjects",
    "service_to_edit",
    "services",
    "solution",
    "solution_lines",
    "solution_names",
    "solution_subjects",
    "solutions",
    "subject_of",
    "unconfirmed",
    "visible_document",
    "visible_service",
    "visible_solution",
]
