"""Read models that join several rooms, and status reports."""

from pilot.overview.queries.reports import (
    ReportPage,
    ReportRow,
    frozen,
    live_figures,
    newest_sent,
    oldest_draft,
    report,
    report_of_form,
    report_row,
    report_to_edit,
    reports,
)
from pilot.overview.queries.rooms import (
    Dashboard,
    Front,
    MunicipalityPage,
    Status,
    country_map,
    dashboard,
    front,
    municipality_page,
    public_status,
)

__all__ = [
    "Dashboard",
    "Front",
    "MunicipalityPage",
    "ReportPage",
    "ReportRow",
    "Status",
    "country_map",
    "dashboard",
    "front",
    "frozen",
    "live_figures",
    "municipality_page",
    "newest_sent",
    "oldest_draft",
    "public_status",
    "report",
    "report_of_form",
    "report_row",
    "report_to_edit",
    "reports",
]
