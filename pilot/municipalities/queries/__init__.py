"""Reading the register. It is public: nothing here depends on who asks.

The demo's invented municipalities are found by number only; lists, counts and search leave them
out, so that the register always shows the real ones.
"""

from pilot.municipalities.queries.facts import (
    MunicipalityFacts,
    TrustOfPlace,
    export,
    municipality,
)
from pilot.municipalities.queries.listing import (
    CountyChoice,
    Listed,
    Place,
    called_so,
    counties,
    hits,
    how_many,
    names,
    numbers_of,
    page,
)
from pilot.municipalities.queries.subjects import subjects
from pilot.municipalities.queries.trusts import (
    TrustFacts,
    TrustPlace,
    TrustRow,
    trust,
    trust_lines,
    trusts,
)

__all__ = [
    "CountyChoice",
    "Listed",
    "MunicipalityFacts",
    "Place",
    "TrustFacts",
    "TrustOfPlace",
    "TrustPlace",
    "TrustRow",
    "called_so",
    "counties",
    "export",
    "hits",
    "how_many",
    "municipality",
    "names",
    "numbers_of",
    "page",
    "subjects",
    "trust",
    "trust_lines",
    "trusts",
]
