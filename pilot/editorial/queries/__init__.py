"""Reading pages and notices, cleared for the actor."""

from pilot.editorial.queries.notices import (
    NoticePage,
    NoticeRow,
    drafts,
    latest,
    notice,
    notice_lines,
    notice_of_form,
    notices,
    visible_notice,
)
from pilot.editorial.queries.pages import (
    PageRow,
    PageView,
    VersionRow,
    contents,
    latest_draft,
    page,
    page_lines,
    page_text,
    published_text,
    versions,
    visible_page,
)

__all__ = [
    "NoticePage",
    "NoticeRow",
    "PageRow",
    "PageView",
    "VersionRow",
    "contents",
    "drafts",
    "latest",
    "latest_draft",
    "notice",
    "notice_lines",
    "notice_of_form",
    "notices",
    "page",
    "page_lines",
    "page_text",
    "published_text",
    "versions",
    "visible_notice",
    "visible_page",
]
