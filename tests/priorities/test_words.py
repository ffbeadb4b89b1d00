"""What the pages of the priority list say is true for the state it is in."""

import pytest

from pilot.priorities import service
from pilot.priorities.rules import ListState

S = ListState
PUT = "/prioritering/arbeid/legg-fram"
NO_TEXT = "Listen har ingen tekst."


def test_a_list_without_a_text_is_warned_of_before_it_is_put(ranked, ks):
    page = ks.get(PUT).text
    assert NO_TEXT in page
    assert 'href="/prioritering/arbeid/tekst"' in page
    service.write_note(ks.actor, ranked.id, "Om listen", revision=1)
    assert NO_TEXT not in ks.get(PUT).text


def test_it_is_not_warned_of_when_it_is_too_late(ranking, refs, ks):
    ranking.at(S.DECIDED, refs)
    assert NO_TEXT not in ks.get("/prioritering/arbeid/publiser").text


def test_a_new_list_begins_with_the_text_of_the_last_one(ranking, refs, ks):
    first = ranking.started(refs)
    assert first.row.note == ""
    service.write_note(ks.actor, first.id, "Sier ikke hvem som prøver ut.", revision=1)
    service.put_before_group(ks.actor, first.id)
    ranking.treat(first, approve=True)
    service.release_list(ks.actor, first.id)
    assert ranking.started([]).row.note == "Sier ikke hvem som prøver ut."


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (S.PROPOSED, "En ny liste er under arbeid:"),
        (S.BEFORE_STEERING_GROUP, "En ny liste er lagt fram for styringsgruppen."),
        (S.RETURNED, "En ny liste er under arbeid:"),
        (S.DECIDED, "Styringsgruppen har godkjent en ny liste."),
    ],
)
def test_the_front_page_says_where_the_new_list_is(state, said, ranking, refs, ks, steering):
    ranking.at(state, refs)
    is_before_group = state in (S.BEFORE_STEERING_GROUP, S.DECIDED)
    for person, knows in ((ks, True), (steering, is_before_group)):
        text = person.get("/prioritering").text
        assert (said in text) is knows
        assert ("under arbeid" in text) is (knows and not is_before_group)
        assert ("Bare KS ser den." in text) is (knows and not is_before_group)
        assert ("Les saken" in text) is (knows and person is steering)


def test_the_reason_is_said_to_be_owed_by_who_returns_the_list(ranking, refs, steering):
    made = ranking.at(S.BEFORE_STEERING_GROUP, refs)
    text = steering.get(made.paper).text
    assert "Må skrives når listen sendes tilbake" in text
    assert '<label for="reason">Begrunnelse</label>' in text


def test_the_count_of_the_order_stands_under_the_order(ranked, ranking, ks):
    (waiting,) = ranking.stories(1)
    text = ks.get("/prioritering/arbeid").text
    assert text.index("</table>") < text.index("Viser 1–5 av 5") < text.index(f'value="{waiting}"')
