"""Reading user stories: nothing comes out that the actor may not know of."""

from pilot.stories.queries.exports import (
    FullRecord,
    StoryRecord,
    count,
    full_record,
    records,
)
from pilot.stories.queries.figures import (
    Facets,
    Place,
    facets,
    published,
    published_places,
    read_by,
    waiting,
)
from pilot.stories.queries.found import hits
from pilot.stories.queries.history import (
    Comparison,
    StepRow,
    VersionRow,
    comparison,
    may_see_version,
)
from pilot.stories.queries.lists import (
    StoryFilter,
    StoryRow,
    changed_since,
    exported,
    latest,
    listed,
    of_organisation,
    pointing_at,
    unassessed,
    unjudged,
)
from pilot.stories.queries.pages import OwnSupport, SolutionRow, StoryPage, page
from pilot.stories.queries.queues import Upcoming, upcoming
from pilot.stories.queries.rows import (
    parts_of,
    solution_exists,
    solution_link,
    solution_links,
    story_of_form,
    text_of,
    visible_by_ref,
    visible_story,
)
from pilot.stories.queries.sight import sees_inside
from pilot.stories.queries.subjects import subjects
from pilot.stories.queries.supports import (
    Support,
    SupportRow,
    support,
    support_of,
    supporter,
    supporters,
)

__all__ = [
    "Comparison",
    "Facets",
    "FullRecord",
    "OwnSupport",
    "Place",
    "SolutionRow",
    "StepRow",
    "StoryFilter",
    "StoryPage",
    "StoryRecord",
    "StoryRow",
    "Support",
    "SupportRow",
    "Upcoming",
    "VersionRow",
    "changed_since",
    "comparison",
    "count",
    "exported",
    "facets",
    "full_record",
    "hits",
    "latest",
    "listed",
    "may_see_version",
    "of_organisation",
    "page",
    "parts_of",
    "pointing_at",
    "published",
    "published_places",
    "read_by",
    "records",
    "sees_inside",
    "solution_exists",
    "solution_link",
    "solution_links",
    "story_of_form",
    "subjects",
    "support",
    "support_of",
    "supporter",
    "supporters",
    "text_of",
    "unassessed",
    "unjudged",
    "upcoming",
    "visible_by_ref",
    "visible_story",
    "waiting",
]
