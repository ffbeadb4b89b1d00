"""Filling a site: safe to run again, and never on top of what is real."""

import pytest
from sqlalchemy import func, select

from pilot import prepare, seeds
from pilot.accounts.models import Organisation, Person
from pilot.core import audit
from pilot.core.db import db
from pilot.core.facts import holds_demo_data
from pilot.core.policy import OrganisationKind
from pilot.core.unit import unit_of_work
from pilot.municipalities.models import Municipality
from pilot.stories.models import Story, StorySupport
from pilot.stories.rules import SUPPORTABLE
from pilot.stories.seed import support

TOWNS = ("0301", "1103", "4601", "5001", "5501", "3301", "1804", "5603")
DEMO_PEOPLE = {
    "leder@ks.example",
    "medarbeider@ks.example",
    "radgiver@nhn.example",
    "selger@nordlys-epj.example",
    "selger@fjord-helse.example",
    "styringsgruppe@ks.example",
    *(f"kontakt@{number}.kommune.example" for number in TOWNS),
}


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def run(steps) -> dict[str, int]:
    return dict(steps)


def test_the_reference_data_are_the_whole_register():
    real = select(func.count()).select_from(Municipality).where(~Municipality.is_invented)
    assert db.session.scalar(real) == 357
    kinds = select(Organisation.kind, func.count()).group_by(Organisation.kind)
    found = dict(db.session.execute(kinds).all())
    assert found[OrganisationKind.MUNICIPALITY] == 357
    assert found[OrganisationKind.KS] == found[OrganisationKind.NATIONAL_PROVIDER] == 1
    assert count(Person) == 0
    assert not holds_demo_data()


def test_a_second_run_adds_nothing():
    again = run(seeds.reference())
    assert again
    assert not any(again.values()), again


def test_a_changed_file_is_noticed(monkeypatch):
    assert seeds.reference_is_current()
    monkeypatch.setattr(seeds, "_sources", lambda: "other files")
    assert not seeds.reference_is_current()
    run(seeds.reference())
    assert seeds.reference_is_current()


def test_the_demo_has_its_people_its_stories_and_its_mark():
    run(seeds.demo())
    emails = set(db.session.scalars(select(Person.email)))
    assert emails >= DEMO_PEOPLE
    assert all(email.endswith(".example") for email in emails)
    assert count(Story) >= 60
    assert holds_demo_data()
    assert audit.verify().fault is None


def test_stories_of_the_demo_are_supported_by_others_than_their_own():
    run(seeds.demo())
    supported = select(StorySupport, Story).join(Story, Story.id == StorySupport.story_id)
    found = db.session.execute(supported).all()
    assert len(found) >= 10
    assert any(given.behalf for given, _ in found)
    for given, story in found:
        assert given.organisation_id != story.organisation_id
        assert story.state in SUPPORTABLE
        assert given.is_given


def test_support_in_the_large_data_is_added_once():
    run(seeds.demo())
    with unit_of_work():
        for story in db.session.scalars(select(Story)):
            story.form_key = f"stor-{story.id}"
    before = count(StorySupport)
    added = support.large("")
    assert added == count(StorySupport) - before > 50
    assert support.large("") == 0
    assert audit.verify().fault is None
    of_one = select(func.count(StorySupport.id)).group_by(StorySupport.story_id)
    assert max(db.session.scalars(of_one)) <= 12


def test_the_demo_people_get_in_with_the_given_password(stranger, watchful):
    run(seeds.demo())
    answer = stranger.submit(
        "/logg-inn", to="/logg-inn", email="leder@ks.example", password="demo password of the tests"
    )
    assert answer.headers["Location"] == "/oversikt"


def test_a_second_demo_is_refused():
    run(seeds.demo())
    with pytest.raises(seeds.Refused, match="holds people already"):
        run(seeds.demo())


def test_the_demo_is_refused_where_there_are_people(world):
    world.person()
    with pytest.raises(seeds.Refused, match="holds people already"):
        run(seeds.demo())
    assert count(Story) == 0


def test_the_demo_is_refused_in_production(app, monkeypatch):
    monkeypatch.setitem(app.config, "APP_ENV", "production")
    with pytest.raises(seeds.Refused, match="production"):
        run(seeds.demo())


def test_the_commands_say_so(app, world):
    ran = app.test_cli_runner().invoke(args=["pilot", "seed", "demo"])
    assert ran.exit_code == 0, ran.output
    refused = app.test_cli_runner().invoke(args=["pilot", "seed", "demo"])
    assert refused.exit_code == 1
    assert "Error: the database holds people already" in refused.output
    quiet = app.test_cli_runner().invoke(args=["pilot", "seed", "demo", "--if-empty"])
    assert (quiet.exit_code, quiet.output) == (0, "")


def test_a_made_password_is_printed_once(app, monkeypatch, capsys):
    monkeypatch.setitem(app.config, "DEMO_PASSWORD", "")
    run(seeds.demo())
    assert len(capsys.readouterr().out.split()[-1]) >= 12


@pytest.fixture
def migrated(monkeypatch):
    """The database of the tests is migrated already; migrating it is another test's matter."""
    monkeypatch.setattr(prepare, "upgrade", lambda: None)


def test_preparing_twice_does_nothing_the_second_time(migrated, counted):
    assert run(prepare.prepare())
    with counted() as sent:
        assert run(prepare.prepare()) == {}
    assert len(sent) == 2  # are the files the same, are there people


def test_without_the_demo(migrated, app, monkeypatch):
    monkeypatch.setitem(app.config, "DEMO", False)
    run(prepare.prepare())
    assert count(Person) == 0
