"""The decision paper of the list, as a file to take along to the steering group's meeting."""

from flask.typing import ResponseReturnValue

from pilot.core.blocks import Block, BlockKind
from pilot.core.words import Message, label, say
from pilot.priorities import queries
from pilot.priorities.queries import ListPage, StepRow
from pilot.priorities.routes.base import bp
from pilot.priorities.rules import Change, ChangeKind, ListState, Verb
from pilot.web.access import current_actor
from pilot.web.i18n import current_locale, format_date, gettext, translate
from pilot.web.pdf import Grid, Paper, Section, pdf_file

#: What happened to the list, as its page and its paper say it.
ANSWERS: dict[Verb, Message] = {
    Verb.STARTED: say("Påbegynt"),
    Verb.PUT: say("Lagt fram"),
    Verb.TAKEN_BACK: say("Tatt tilbake av KS"),
    Verb.APPROVED: say("Godkjent"),
    Verb.RETURNED: say("Sendt tilbake"),
    Verb.RELEASED: say("Publisert"),
}
ASKED = (ListState.PROPOSED, ListState.BEFORE_STEERING_GROUP, ListState.RETURNED)


@bp.get("/<int:list_id>/sakspapir.pdf")
def paper(list_id: int) -> ResponseReturnValue:
    found = queries.list_page(current_actor(), list_id)
    return pdf_file(f"sakspapir-prioritering-{found.id}", paper_of(found))


def paper_of(found: ListPage) -> Paper:
    """What the group is asked for, what it rests on, and what has happened to it so far."""
    facts = (
        (gettext("Status"), label("priority_list", found.state, current_locale(), "f")),
        (gettext("Dato"), format_date(found.state_since)),
    )
    sections = (_background(found), _order(found), _left_out(found), _asked(found), _course(found))
    return Paper(
        title=gettext("Sak: prioritering av brukerhistorier"),
        lead="",
        facts=facts,
        sections=tuple(section for section in sections if section is not None),
    )


def _background(found: ListPage) -> Section | None:
    return Section(gettext("Bakgrunn"), _plain(found.note)) if found.note else None


def _plain(text: str) -> tuple[Block, ...]:
    return tuple(Block(BlockKind.PARAGRAPH, line) for line in text.splitlines() if line.strip())


def _order(found: ListPage) -> Section:
    headings = (
        gettext("Plass"),
        gettext("Historie"),
        gettext("Begrunnelse"),
        gettext("Siden forrige liste"),
    )
    rows = tuple(
        (
            str(item.place),
            f"{item.ref} {item.title} ({item.municipality})",
            item.reason,
            _changed(item.change) if item.change else "–",
        )
        for item in found.items
    )
    return Section(gettext("Foreslått rekkefølge"), grid=Grid(headings, rows))


def _changed(change: Change) -> str:
    if change.kind is ChangeKind.NEW:
        return gettext("ny på listen")
    if change.kind is ChangeKind.UP:
        return gettext("opp fra plass %(n)s", n=change.was)
    if change.kind is ChangeKind.DOWN:
        return gettext("ned fra plass %(n)s", n=change.was)
    return gettext("samme plass")


def _left_out(found: ListPage) -> Section | None:
    """What the group says no to by saying yes to the order."""
    if not found.out:
        return None
    headings = (gettext("Historie"), gettext("Plass på forrige liste"))
    rows = tuple((words, str(change.was)) for change, words in found.out)
    return Section(gettext("Tatt av siden sist"), grid=Grid(headings, rows))


def _asked(found: ListPage) -> Section | None:
    """What the group is asked for; once it has answered, the course of the matter says what."""
    if found.state not in ASKED:
        return None
    words = gettext("Styringsgruppen godkjenner den foreslåtte rekkefølgen.")
    return Section(gettext("Forslag til vedtak"), _plain(words))


def _course(found: ListPage) -> Section:
    headings = (gettext("Dato"), gettext("Hva som skjedde"), gettext("Merknader"))
    rows = tuple(
        (
            format_date(step.happened_at),
            f"{translate(ANSWERS[step.verb])} · {step.person}",
            _remarks(step),
        )
        for step in found.steps
    )
    return Section(gettext("Behandlingen så langt"), grid=Grid(headings, rows))


def _remarks(step: StepRow) -> str:
    said = (
        (gettext("Begrunnelse"), step.reason),
        (gettext("Deltok"), step.attendance),
        (gettext("Habilitet"), step.impartiality),
        (gettext("Dissens"), step.dissent),
    )
    return "\n".join(f"{words}: {text}" for words, text in said if text)
