"""Days, moments and what KS enters for others, as forms read them."""

from datetime import UTC, date, datetime

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from pilot.core.behalf import Behalf, Channel
from pilot.web.dates import Day, Moment
from pilot.web.forms import BehalfFields
from pilot.web.i18n import reading_in, translate

TOLD = Behalf(Channel.MAIL, date(2026, 11, 12))


class When(Form):
    day = Day()
    moment = Moment()


def read(**typed: str) -> When:
    form = When(MultiDict(typed))
    form.validate()
    return form


@pytest.mark.parametrize("typed", ["2026-12-01", "1.12.2026", "01.12.2026"])
def test_a_day_as_browsers_and_people_write_it(app, typed):
    assert read(day=typed).day.data == date(2026, 12, 1)


@pytest.mark.parametrize("typed", ["", "   "])
def test_no_day_is_no_error(app, typed):
    assert read(day=typed, moment=typed).errors == {}


@pytest.mark.parametrize("typed", ["31.02.2026", "i morgen", "2026-13-01"])
def test_what_is_no_day_gets_a_sentence(app, typed):
    with app.app_context():
        assert str(read(day=typed).errors["day"][0]).startswith("Skriv datoen")


@pytest.mark.parametrize(
    ("typed", "hour"), [("2026-12-01T09:00", 8), ("1.7.2026 09.00", 7), ("2026-07-01T09:00:00", 7)]
)
def test_a_moment_is_by_the_clock_in_oslo(app, typed, hour):
    found = read(moment=typed).moment.data
    assert (found.hour, found.tzinfo) == (hour, UTC)


def test_a_moment_is_shown_by_the_clock_in_oslo(app):
    form = When(data={"moment": datetime(2026, 12, 1, 8, 0, tzinfo=UTC)})
    assert 'value="2026-12-01T09:00"' in form.moment()


def test_what_ks_was_told_asks_how_and_when(app):
    class Told(BehalfFields, Form):
        pass

    with app.app_context():
        typed = Told(MultiDict({"behalf_channel": "mail", "behalf_received_on": "2026-11-12"}))
        typed.offer_channels()
        assert typed.validate()
        assert typed.behalf == TOLD
        nothing = Told(MultiDict({"behalf_received_on": "12.11.2999"}))
        nothing.offer_channels()
        assert not nothing.validate()
        assert set(nothing.errors) == {"behalf_channel", "behalf_received_on"}


def test_the_sentence_beside_the_row(app):
    with app.app_context():
        assert translate(TOLD.words) == "registrert av KS etter e-post 12. november 2026"
        with reading_in("nn"):
            assert translate(TOLD.words) == "registrert av KS etter e-post 12. november 2026"
