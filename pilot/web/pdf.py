"""Papers as PDF: tagged for screen readers (PDF/UA-1), in the reader's language, marked as demo."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import typst
from flask import Response, current_app

from pilot.core.blocks import Block
from pilot.core.facts import holds_demo_data
from pilot.web.i18n import current_locale, gettext

PAPER = Path(__file__).resolve().parents[2] / "templates" / "ui/paper.typ"


@dataclass(frozen=True)
class Grid:
    """A table; every row has a cell for each heading."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    heading: str
    blocks: tuple[Block, ...] = ()
    grid: Grid | None = None


@dataclass(frozen=True)
class Paper:
    """A paper as people read it: a title, what it is about in facts, and its sections."""

    title: str
    lead: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]


def as_pdf(paper: Paper) -> bytes:
    """The paper set by typst. Its texts travel as data and are never run."""
    mark = gettext("Demodata: vurderinger, leverandører og personer er oppdiktet.")
    values = asdict(paper) | {
        "lang": current_locale(),
        "site": current_app.config["SITE_NAME"],
        "mark": mark if holds_demo_data() else "",
        "prefix": "[Demo] " if holds_demo_data() else "",
        "page": gettext("Side"),
    }
    drawn: bytes = typst.compile(
        PAPER,
        pdf_standards="ua-1",
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(values)},
    )
    return drawn


def pdf_file(name: str, paper: Paper) -> Response:
    """The paper as a file to take along."""
    return Response(
        as_pdf(paper),
        mimetype="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'},
    )
