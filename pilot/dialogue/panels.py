"""What the vendor dialogue shows in others' pages: needs, search hits."""

from collections.abc import Iterable

from pilot.core.policy import Actor
from pilot.core.registry import Found, Hit, Need, Search, Standing, link
from pilot.core.words import say, say_many
from pilot.dialogue import queries

NEEDS = 3  # of each kind; the list shows the rest


def needs(actor: Actor) -> Iterable[Need]:
    """What waits for this actor before a session: derived, one statement."""
    if actor.is_ks:
        yield from _needs_of_ks(actor)
        return
    for number, title, starts_at in queries.soon(actor, NEEDS):
        yield Need(
            title=say("Du skal i møte: %(title)s", title=title),
            why=say("Møtet er %(day)s.", day=starts_at),
            link=link("dialogue.show", session_id=number),
            icon="Calendar",
            color="info",
        )


def _needs_of_ks(actor: Actor) -> Iterable[Need]:
    for session in queries.attention(actor, NEEDS):
        if session.lacks_link:
            yield Need(
                title=say("Legg inn møtelenke: %(title)s", title=session.title),
                why=say("Møtet er %(day)s, og mangler lenke.", day=session.starts_at),
                link=link("dialogue.edit", session_id=session.id),
                icon="Link",
                color="warning",
            )
        if session.waitlisted:
            yield Need(
                title=say("Se på ventelisten: %(title)s", title=session.title),
                why=say_many("Én venter på plass.", "%(n)s venter på plass.", session.waitlisted),
                link=link("dialogue.attendance", session_id=session.id),
                icon="Hourglass",
                color="info",
            )


def _hit(found: Found) -> Hit:
    return Hit(found.title, "", link("dialogue.show", session_id=int(found.key)), found.lang)


SEARCH = Search(say("Dialogmøter"), queries.hits, _hit, lambda _q: link("dialogue.index"))


def standing() -> Standing:
    """How far the dialogue has come; that a round is summarised is not recorded yet."""
    count = queries.held()
    if not count:
        return Standing("unresolved", say("Ingen dialogrunde er gjennomført og oppsummert."))
    return Standing(
        "partly",
        say_many(
            "Ett møte er gjennomført. Ingen dialogrunde er oppsummert.",
            "%(n)s møter er gjennomført. Ingen dialogrunde er oppsummert.",
            count,
        ),
    )
