"""KS' page for the order: what changes nothing is told, and what was typed stays where it was."""

import pytest
from sqlalchemy import select

from pilot.core.audit import AuditEvent
from pilot.core.db import db
from pilot.core.errors import Rejected
from pilot.priorities import service
from pilot.priorities.models import PriorityItem, PriorityMove
from tests.stories.test_races import count
from tests.support.priorities import REASON

PATH = "/prioritering/arbeid"


def reasons(ranked) -> list[str]:
    db.session.rollback()
    wanted = select(PriorityItem.reason).filter_by(list_id=ranked.id).order_by(PriorityItem.place)
    return list(db.session.scalars(wanted))


def pressed(ks, ranked, **fields):
    """A button pressed on a page from before, whatever the page offers now."""
    return ks.post(PATH, {"list_id": str(ranked.id)} | fields)


# --- a move to where the story stands --------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "how"), [(0, {"by": -1}), (4, {"by": 1}), (2, {"to": 3}), (4, {"to": 99}), (2, {})]
)
def test_a_move_that_changes_no_place_changes_nothing(at, how, ranked, refs, ks):
    events, moves = count(AuditEvent), count(PriorityMove)
    with pytest.raises(Rejected, match="allerede på plass"):
        service.move_story(ks.actor, ranked.id, refs[at], reason="En annen", **how)
    assert (count(AuditEvent), count(PriorityMove)) == (events, moves)
    assert ranked.order == refs
    assert reasons(ranked) == [REASON] * 5


@pytest.mark.parametrize(
    ("at", "fields"),
    [(0, {"up": "{}"}), (4, {"down": "{}"}), (2, {"at": "{}", "place-{}": "3"})],
)
def test_the_page_says_that_the_story_stands_there(at, fields, ranked, refs, ks):
    named = {key.format(refs[at]): text.format(refs[at]) for key, text in fields.items()}
    answer = pressed(ks, ranked, reason="En annen", **named)
    assert answer.status_code == 422
    assert f"{refs[at]} står allerede på plass {at + 1}. Ingenting er endret." in answer.text
    assert 'value="En annen"' in answer.text
    assert reasons(ranked) == [REASON] * 5


def test_the_first_is_offered_no_way_up_and_the_last_none_down(ranked, refs, ks):
    text = ks.get(PATH).text
    offered = [[f'name="{way}" value="{ref}"' in text for ref in refs] for way in ("up", "down")]
    assert offered == [[False, True, True, True, True], [True, True, True, True, False]]


# --- a number that is no story's -------------------------------------------------------------


@pytest.mark.parametrize("ref", ["BH-9999", "BH-x", "9" * 40])
def test_an_unknown_number_is_told_at_its_field(ref, ranked, refs, ks):
    answer = ks.submit(PATH, ref=ref, reason="Ny")
    assert answer.status_code == 422
    assert "Fant ingen brukerhistorie med dette nummeret." in answer.text
    assert 'href="#ref"' in answer.text
    assert f'value="{ref}"' in answer.text
    assert 'value="Ny"' in answer.text
    assert ranked.order == refs


# --- after a move ----------------------------------------------------------------------------


def test_one_storys_reason_is_not_at_hand_for_the_next(ranked, refs, ranking, ks):
    (new,) = ranking.stories(1)
    for fields in ({"up": refs[1]}, {"add": new}):
        answer = ks.submit(PATH, reason="Bare for denne", **fields)
        assert "Bare" not in answer.headers["Location"]
        assert 'value="Bare for denne"' not in ks.follow(answer).text
    assert 'value="Fra lenken"' not in ks.get(f"{PATH}?begrunnelse=Fra lenken").text


def test_the_moved_row_is_marked_and_the_message_seen(ranked, refs, ks):
    answer = ks.submit(PATH, up=refs[2], reason="Haster")
    assert "#" not in answer.headers["Location"]  # the page opens where the message is
    text = ks.follow(answer).text
    assert f"{refs[2]} står nå på plass 2." in text
    assert text.count("flyttet nå") == 1
    assert f'<tr id="{refs[2]}" aria-current="true">' in text
    assert "autofocus" in text  # who has no mouse goes on with the next reason
    for path in (PATH, f"{PATH}?flyttet=BH-9999"):
        assert "flyttet nå" not in ks.get(path).text
        assert "autofocus" not in ks.get(path).text


def test_a_row_that_went_to_another_page_is_shown_there(ranked, ranking, ks, monkeypatch):
    monkeypatch.setattr("pilot.priorities.routes.work.PAGE_SIZE", 5)
    (new,) = ranking.stories(1)
    assert "side=2" in ks.submit(PATH, add=new, reason="Ny").headers["Location"]
