"""The register as a file, for those who count on their own."""

import csv
import io
from collections.abc import Callable, Iterable
from types import MappingProxyType

from flask import Response

from pilot.core.words import Message, say
from pilot.municipalities.queries import MunicipalityFacts
from pilot.municipalities.rules import LANGUAGE_FORMS, NAMES_APART
from pilot.web.exports import safe_cell
from pilot.web.i18n import translate

Cell = Callable[[MunicipalityFacts], object]


def _other_names(m: MunicipalityFacts) -> str:
    return NAMES_APART.join(name.text for name in m.other_names)


def _trust(m: MunicipalityFacts) -> str:
    return m.trust.name if m.trust else ""


#: Headings and cells, in order. Numbers are written plainly, for programs to read.
COLUMNS: MappingProxyType[Message, Cell] = MappingProxyType(
    {
        say("Kommunenummer"): lambda m: m.number,
        say("Kommune"): lambda m: m.name_unique,
        say("Andre offisielle navn"): _other_names,
        say("Fylkesnummer"): lambda m: m.county_number,
        say("Fylke"): lambda m: m.county,
        say("Innbyggere"): lambda m: m.population,
        say("År for innbyggertallet"): lambda m: m.population_year,
        say("Areal i km²"): lambda m: m.area_km2,
        say("Sentralitetsklasse (1 er mest sentral)"): lambda m: m.centrality_class,
        say("Sentralitetsindeks"): lambda m: m.centrality_index,
        say("Målform"): lambda m: translate(LANGUAGE_FORMS[m.language_form]),
        say("Helseregion"): lambda m: m.health_region,
        say("Helseforetak"): _trust,
        say("Administrasjonssenter"): lambda m: m.admin_center,
        say("Organisasjonsnummer"): lambda m: m.org_number or "",
        say("Nettsted"): lambda m: m.website,
    }
)


def as_file(rows: Iterable[MunicipalityFacts]) -> Response:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([translate(heading) for heading in COLUMNS])
    for row in rows:
        writer.writerow([safe_cell(cell(row)) for cell in COLUMNS.values()])
    return Response(
        "\ufeff" + out.getvalue(),  # the mark makes Excel read it as UTF-8
        mimetype="text/csv",
        headers={"Content-Disposition": 'attachment; filename="kommuner.csv"'},
    )
