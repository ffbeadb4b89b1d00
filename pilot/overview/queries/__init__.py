"""Read models that join several rooms, and status reports."""

from pilot.overview.queries.reports import (
    ReportPage,
    ReportRow,
    frozen,
    live_figures,
    report,
    report_of_form,
    report_row,
    report_to_edit,
    reports,
)
from pilot.overview.queries.rooms import (
    Dashboard,
    MunicipalityPage,
    PublicView,
    country_map,
    dashboard,
    front,
    municipality_page,
    needs,
    public_view,
)

__all__ = [
    "Dashboard",
    "MunicipalityPage",
    "PublicView",
    "ReportPage",
    "ReportRow",
    "country_map",
    "dashboard",
    "front",
    "frozen",
    "live_figures",
    "municipality_page",
    "needs",
    "public_view",
    "report",
    "report_of_form",
    "report_row",
    "report_to_edit",
    "reports",
]
