"""What a municipality sent in, as a paper to keep."""

from pilot.candidates.queries import VersionPage
from pilot.candidates.rules.criteria import CriterionText, tongue_of
from pilot.core.blocks import Block, BlockKind
from pilot.core.words import label, say
from pilot.methods.readiness import Figure, GateState
from pilot.web.i18n import current_locale, format_date, format_number, gettext, translate
from pilot.web.pdf import Grid, Paper, Section

GATE_WORDS = {
    GateState.MET: say("Nådd"),
    GateState.UNMET: say("Ikke nådd"),
    GateState.UNKNOWN: say("Ikke vurdert"),
}


def paper_of(page: VersionPage) -> Paper:
    """The receipt: who sent it and who stands behind it, what it comes to, and every answer."""
    sent = page.submission
    facts = (
        (gettext("Kommune"), page.row.name),
        (gettext("Runde"), page.round.name),
        (gettext("Versjon"), str(sent.number)),
        (gettext("Sendt inn"), f"{format_date(sent.created_at)}, {sent.sent_by}"),
        (gettext("Godkjent av"), f"{sent.approval.name}, {sent.approval.role}"),
        (gettext("Modenhet"), figure_words(page.readiness.overall)),
    )
    dimensions = dict.fromkeys(one.dimension for one in page.criteria)
    return Paper(
        title=gettext("Kvittering: egenvurdering fra %(name)s", name=page.row.name),
        lead=gettext("Slik ble svarene sendt inn. Denne versjonen endres ikke."),
        facts=facts,
        sections=(
            _figures(page),
            *_gates(page),
            *(
                _answers(page, str(one), tuple(c for c in page.criteria if c.dimension is one))
                for one in dimensions
            ),
        ),
    )


def figure_words(figure: Figure) -> str:
    """The mean with its span, if it has one; under the limit the span alone, and that it is too
    little."""
    low, high = format_number(figure.low, 1), format_number(figure.high, 1)
    if figure.value is None or not figure.is_enough:
        return gettext("For lite vurdert, mellom %(low)s og %(high)s", low=low, high=high)
    value = format_number(figure.value, 1)
    if low == high:
        return gettext("%(value)s av 4", value=value)
    return gettext("%(value)s av 4, mellom %(low)s og %(high)s", value=value, low=low, high=high)


def _figures(page: VersionPage) -> Section:
    rows = tuple(
        (label("dimension", one.name, current_locale()), figure_words(one))
        for one in page.readiness.dimensions
    )
    return Section(
        gettext("Modenhet"), grid=Grid((gettext("Dimensjon"), gettext("Nivå 0 til 4")), rows)
    )


def _gates(page: VersionPage) -> tuple[Section, ...]:
    rows = tuple(
        (_named(page.asked(gate.code)), str(gate.least), translate(GATE_WORDS[gate.state]))
        for gate in page.readiness.gates
    )
    headings = (gettext("Kriterium"), gettext("Nivå som kreves"), gettext("Status"))
    return (Section(gettext("Minstekrav"), grid=Grid(headings, rows)),) if rows else ()


def _answers(page: VersionPage, dimension: str, asked: tuple[CriterionText, ...]) -> Section:
    blocks = tuple(block for one in asked for block in _answer(page, one))
    return Section(label("dimension", dimension, current_locale()), blocks)


def _answer(page: VersionPage, one: CriterionText) -> tuple[Block, ...]:
    text = page.answer(one.code).text
    level = gettext("Ikke vurdert")
    if text.level is not None:
        words = one.asked(tongue_of(current_locale())).levels[text.level]
        level = gettext("Nivå %(level)s: %(words)s", level=text.level, words=words)
    said = (level, *text.rationale.splitlines(), *text.evidence)
    below = (Block(BlockKind.PARAGRAPH, line) for line in said if line.strip())
    return Block(BlockKind.HEADING, _named(one)), *below


def _named(one: CriterionText) -> str:
    return f"{one.code} {one.asked(current_locale()).title}"
