"""The second journey: a round opens, a municipality comes, a seat is filled, priorities are
released, and the last place of a session goes to the next in line.

Seven people, each in their own browser: a lead at KS, the one at the municipality who is invited,
the colleague who gets the invitation passed on, a member of the steering group, a Norwegian
vendor, a foreign one who signs up in English, and someone who has not signed in. What they do in
each room stands in `second/`. Pages that the journeys of single rooms have looked at in the same
state are not looked at again.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.second import (
    FIRST,
    GROUP,
    LEAD,
    NORDLYS,
    RIGHT,
    link_in,
    priorities,
    public,
    rounds,
    sessions,
)
from tests.support.browser import PHONE
from tests.support.databases import Databases
from tests.support.mail import Mailbox
from tests.support.site import Site, prepare, serving

#: The journey on PostgreSQL of people, candidates, core team, priorities and dialogue alike.
pytestmark = [pytest.mark.both_databases, pytest.mark.timeout(600)]


@pytest.fixture
def site(databases: Databases, tmp_path: Path, mail_server: Mailbox) -> Iterator[Site]:
    """A site of the journey's own: what it releases cannot be taken back for other tests."""
    with serving(
        databases.copy("demo", prepare), tmp_path / "log.txt", SMTP_URL=mail_server.url
    ) as running:
        yield running


def test_from_a_round_to_the_last_place(browse: Callable[..., Page], mailbox: Mailbox) -> None:
    lead, first, group, reader = browse(LEAD), browse(), browse(GROUP), browse()
    right, foreign = browse(viewport=PHONE), browse(viewport=PHONE, locale="en-GB")
    nordlys = browse(NORDLYS)

    where = rounds.opens_a_round(lead)
    rounds.invites(lead)
    rounds.passes_it_on(first, link_in(mailbox, FIRST))
    rounds.accepts(right, link_in(mailbox, RIGHT))
    rounds.comes_back_by_link(right, mailbox)
    rounds.expresses_interest(right)
    rounds.moves_it_on(lead, right, mailbox)
    priorities.fills_a_seat(lead)
    ref = priorities.orders(lead)
    priorities.approves(group)
    priorities.releases(lead)
    session = sessions.publishes_a_session(lead)
    sessions.takes_the_last_place(nordlys)
    sessions.signs_up_in_english(foreign, session, mailbox)
    sessions.waits(foreign)
    sessions.sees_no_names(reader, session)
    sessions.cancels(nordlys)
    sessions.is_told(foreign, mailbox)
    public.sees_what_is_public(reader, ref)
    public.sees_nothing_else(reader, where, session)
