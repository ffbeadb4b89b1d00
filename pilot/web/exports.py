"""Files that people take with them."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from flask import Response

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: Any) -> Any:
    """A cell that no spreadsheet runs as a formula."""
    if not isinstance(value, str):
        return value
    shown = "".join(c for c in unicodedata.normalize("NFKC", value) if _is_seen(c)).lstrip(" ")
    return f"'{value}" if shown.startswith(FORMULA) else value


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter) != "Cf"


def csv_file(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """Semicolons and a byte-order mark: Norwegian Excel opens it as it is."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return Response(
        "\ufeff" + out.getvalue(),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
