"""Migrations: from empty they make what the models say, and they run down and up again."""

import contextlib
from typing import Any

import sqlalchemy as sa
from flask_migrate import downgrade, upgrade
from sqlalchemy import select

from pilot.accounts.queries import actor_of
from pilot.core import audit
from pilot.core.db import db
from pilot.core.policy import OrganisationKind
from pilot.stories import service
from pilot.stories.models import StorySolution
from pilot.stories.rules import SolutionLink, StoryState
from tests.support.databases import ROOT, make_app
from tests.support.site import prepare
from tests.support.world import World

VERSIONS = list((ROOT / "migrations" / "versions").glob("*.py"))
ALEMBIC = "alembic_version"

TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
}
FUNCTIONS = {
    "sqlite": "SELECT 1, 1 WHERE 1 = 0",
    "postgresql": "SELECT proname, prosrc FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace"
    " WHERE n.nspname = 'public'",
}


def shape(engine: sa.Engine) -> dict[str, Any]:
    """Everything about a database that a migration can get wrong."""
    look = sa.inspect(engine)
    found: dict[str, Any] = {}
    for table in sorted(set(look.get_table_names()) - {ALEMBIC}):
        found[table] = {
            "columns": sorted(
                (c["name"], str(c["type"]), c["nullable"], c.get("default"))
                for c in look.get_columns(table)
            ),
            "key": look.get_pk_constraint(table)["constrained_columns"],
            "unique": sorted(
                (u["name"], tuple(u["column_names"])) for u in look.get_unique_constraints(table)
            ),
            "foreign": sorted(
                (f["name"], tuple(f["constrained_columns"]), f["referred_table"])
                for f in look.get_foreign_keys(table)
            ),
            "indexes": sorted(
                (i["name"], tuple(i["column_names"]), bool(i["unique"]), str(_where(i)))
                for i in look.get_indexes(table)
            ),
            "checks": sorted(
                (str(c["name"]), " ".join(c["sqltext"].split()))
                for c in look.get_check_constraints(table)
            ),
        }
    with engine.connect() as connection:
        for name, statements in (("triggers", TRIGGERS), ("functions", FUNCTIONS)):
            rows = connection.exec_driver_sql(statements[engine.dialect.name])
            found[name] = sorted((key, " ".join(str(text).split())) for key, text in rows)
    return found


def _where(index: Any) -> object:
    options = index.get("dialect_options", {})
    return next((v for k, v in options.items() if k.endswith("_where")), None)


@contextlib.contextmanager
def site(url: str):
    app = make_app(url)
    with app.app_context():
        yield db.engine
        db.session.remove()
        db.engine.dispose()


def test_the_migrations_make_what_the_models_say(databases):
    with site(databases.empty()) as engine:
        upgrade()
        migrated = shape(engine)
    with site(databases.empty()) as engine:
        db.create_all()
        modelled = shape(engine)
    assert set(migrated) == set(modelled)
    for table, wanted in modelled.items():
        assert migrated[table] == wanted, table
    assert migrated["triggers"]


def test_every_migration_runs_down_and_up_again_with_data_in(databases):
    """All that the demo has: rows that refer to each other, in nearly every table."""
    with site(databases.copy("demo", prepare)) as engine:
        before = shape(engine)
        downgrade(revision="base")
        assert set(sa.inspect(engine).get_table_names()) <= {ALEMBIC}
        upgrade()
        assert shape(engine) == before


def test_step_by_step_too(databases):
    with site(databases.copy()) as engine:
        before = shape(engine)
        for _ in VERSIONS:
            downgrade(revision="-1")
            stepped = shape(engine)
            upgrade(revision="+1")
            downgrade(revision="-1")
            assert shape(engine) == stepped
        upgrade()
        assert shape(engine) == before


def test_with_all_that_a_journey_leaves_behind(databases):
    """A story with versions and steps, mail, and the audit trail: tables that triggers guard."""
    with site(databases.copy()) as engine:
        before = shape(engine)
        world = World()
        municipality = actor_of(world.member(world.municipality()).id, None, None)
        ks = actor_of(world.member(world.seeded(OrganisationKind.KS)).id, None, None)
        story = service.add_story(municipality, world.text(), submit=True)
        service.move_story(ks, story.id, to=StoryState.READY)
        service.publish_story(ks, story.id)
        db.session.remove()
        downgrade(revision="base")
        assert set(sa.inspect(engine).get_table_names()) <= {ALEMBIC}
        upgrade()
        assert shape(engine) == before
        assert audit.verify().events == 0  # the chain begins anew, from its first link


def test_for_whom_a_solution_was_assessed_is_read_from_the_trail(databases):
    """Assessments from before the column: the last one counts, and a wish is none."""
    with site(databases.copy()):
        world = World()
        municipality = actor_of(world.member(world.municipality()).id, None, None)
        ks = actor_of(world.member(world.seeded(OrganisationKind.KS)).id, None, None)
        nhn = actor_of(
            world.member(world.seeded(OrganisationKind.NATIONAL_PROVIDER)).id, None, None
        )
        text = world.text(solutions=("helseid", "sysvak"))
        story = service.add_story(municipality, text, submit=True)
        for actor, key in ((ks, "pll"), (nhn, "pll"), (nhn, "helseid"), (ks, "helseid")):
            service.assess_solution(actor, story.id, solution_key=key, kind=SolutionLink.REUSE)
        db.session.remove()
        downgrade(revision="0001")
        upgrade()
        found = select(StorySolution.solution_key, StorySolution.assessed_for_id)
        assert dict(db.session.execute(found).all()) == {
            "sysvak": None,
            "pll": nhn.organisation_id,
            "helseid": ks.organisation_id,
        }
