"""Open streams hold threads: some each, and never all of them."""

import pytest

from pilot.core.bus import Bus
from pilot.core.errors import Throttled
from pilot.core.policy import Actor
from pilot.web import live


def test_a_person_has_a_few_streams_and_gets_one_back_when_another_ends(app) -> None:
    actor = Actor(person_id=4711)
    with app.test_request_context("/"):
        opened = [live.stream(Bus(), actor, "t", ()) for _ in range(live.PER_PERSON)]
        with pytest.raises(Throttled):
            live.stream(Bus(), actor, "t", ())
        opened[0].close()
        opened[0].close()  # twice is once
        again = live.stream(Bus(), actor, "t", ())
        with pytest.raises(Throttled):
            live.stream(Bus(), actor, "t", ())
        for answer in (*opened[1:], again):
            answer.close()
        live.stream(Bus(), actor, "t", ()).close()
