"""One database per worker; one rolled-back transaction per test; people, each with a browser."""

import gc
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, event

from pilot.core import bus, facts
from pilot.core.db import db, prepare_sqlite
from pilot.core.policy import OrganisationKind, Role
from tests.support import people
from tests.support.databases import Databases, PostgresDatabases, SqliteDatabases, standing
from tests.support.people import Person, Stranger
from tests.support.servers import PostgresServer
from tests.support.stories import Teller
from tests.support.world import World

pytest_plugins = ["tests.support.running"]

NOT_STATEMENTS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
#: How pages, forms and mail read is the same on both databases: what they ask of the queries and
#: services is tried where those are.
DRAWN = {"pages", "public_pages", "forms", "letters", "mail", "charts", "pdf"}
POSTGRES = pytest.StashKey[PostgresServer]()
Counted = Callable[[], AbstractContextManager[list[str]]]


# --- the run -----------------------------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")


def pytest_configure(config: pytest.Config) -> None:
    """One PostgreSQL for the whole run, started by the process that leads it."""
    if config.getoption("--database") == "postgresql" and not hasattr(config, "workerinput"):
        # Not under pytest's own folder: the path of a socket is short, and the server runs as
        # another user.
        config.stash[POSTGRES] = PostgresServer(Path(tempfile.mkdtemp(prefix="pilot-pg-")))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    """Tell each worker of pytest-xdist where the server is."""
    server = node.config.stash.get(POSTGRES, None)  # type: ignore[attr-defined]  # xdist's node
    node.workerinput["postgres"] = server.address if server else ""  # type: ignore[attr-defined]


def pytest_unconfigure(config: pytest.Config) -> None:
    server = config.stash.get(POSTGRES, None)
    if server is not None:
        server.stop()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what runs on SQLite only. The longest come first: none is left alone at the end."""
    for item in items:
        folder = item.path.relative_to(Path(__file__).parent).parts[0]
        if folder == "browser":
            item.add_marker("browser")
        is_drawn = item.path.stem.removeprefix("test_") in DRAWN and folder != "access"
        if folder == "architecture" or is_drawn:
            item.add_marker("one_database")
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)
    runs = _runs_there if config.getoption("--database") == "postgresql" else _runs_here
    config.hook.pytest_deselected(items=[item for item in items if not runs(item)])
    items[:] = [item for item in items if runs(item)]


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the collector need not walk through it every time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def _runs_here(item: pytest.Item) -> bool:
    return item.get_closest_marker("on_postgresql") is None


def _runs_there(item: pytest.Item) -> bool:
    is_browser = item.get_closest_marker("browser") is not None
    both = item.get_closest_marker("both_databases") is not None
    return item.get_closest_marker("one_database") is None and (both or not is_browser)


# --- the database ------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest, tmp_path_factory, worker_id: str) -> Databases:
    """`copy()` gives a database with the reference data, `empty()` one without tables."""
    base = tmp_path_factory.getbasetemp()
    root = base if worker_id == "master" else base.parent
    if request.config.getoption("--database") == "sqlite":
        return SqliteDatabases(root, worker_id)
    worker = getattr(request.config, "workerinput", None)
    address = worker["postgres"] if worker else request.config.stash[POSTGRES].address
    return PostgresDatabases(root, worker_id, address)


@pytest.fixture(scope="session")
def app(databases: Databases) -> Iterator[Flask]:
    with standing(databases.copy()) as app:
        yield app


@pytest.fixture(autouse=True)
def rolled_back(request: pytest.FixtureRequest, monkeypatch) -> Iterator[None]:
    """Every session of the test, also those of its requests, shares one doomed transaction."""
    if request.node.get_closest_marker("browser"):
        yield  # the site has a database of its own
        return
    app = request.getfixturevalue("app")
    with app.app_context(), db.engine.connect() as connection:
        doomed = connection.begin()
        monkeypatch.setitem(db.engines, None, connection)
        db.session.session_factory.configure(join_transaction_mode="create_savepoint")
        app.extensions["limiter"].storage.reset()
        bus.install(app.extensions["bus"])  # a test before may have made another site
        yield
        db.session.remove()
        doomed.rollback()


@pytest.fixture
def shared_database(databases: Databases, app: Flask, monkeypatch) -> Iterator[str]:
    """A database that other processes can see into; what the test writes is stored for good."""
    address = databases.copy()
    engine = create_engine(address)
    prepare_sqlite(engine)
    db.session.remove()
    monkeypatch.setitem(db.engines, None, engine)
    yield address
    db.session.remove()
    engine.dispose()


@pytest.fixture
def counted(rolled_back: None) -> Counted:
    """Count the statements a block sends: `with counted() as sent: ...`."""

    @contextmanager
    def count() -> Iterator[list[str]]:
        sent: list[str] = []

        def note(_connection, _cursor, statement, *_rest) -> None:
            if not statement.startswith(NOT_STATEMENTS):
                sent.append(statement)

        connection = db.engine
        event.listen(connection, "before_cursor_execute", note)
        try:
            yield sent
        finally:
            event.remove(connection, "before_cursor_execute", note)

    return count


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def watchful(monkeypatch) -> None:
    """Let pages ask every time whether this is a demo."""
    monkeypatch.setattr(facts.DemoMark, "__bool__", lambda _self: facts.holds_demo_data())


@pytest.fixture
def demo(watchful: None, world: World) -> None:
    """Make the site of this test one with demo data."""
    world.demo()


@pytest.fixture
def unread(monkeypatch) -> None:
    """Take pages as they come, where other tests hold them to the rules for every page."""
    monkeypatch.setattr(people, "read", lambda _answer: None)


@pytest.fixture
def csrf(app: Flask, monkeypatch) -> None:
    """Ask for the forms' tokens, as the real site does."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)


# --- people ------------------------------------------------------------------------------------


@pytest.fixture
def stranger(app: Flask) -> Stranger:
    return Stranger(app)


@pytest.fixture
def ks(app: Flask, world: World) -> Person:
    """A project lead at KS."""
    return Person(app, world.member(world.seeded(OrganisationKind.KS), Role.LEAD).id)


@pytest.fixture
def ks_member(app: Flask, world: World) -> Person:
    return Person(app, world.member(world.seeded(OrganisationKind.KS)).id)


@pytest.fixture
def municipality(app: Flask, world: World) -> Person:
    """The contact of Oslo."""
    return Person(app, world.member(world.municipality("0301"), Role.LEAD).id)


@pytest.fixture
def colleague(app: Flask, world: World) -> Person:
    """Another person of the same municipality."""
    return Person(app, world.member(world.municipality("0301")).id)


@pytest.fixture
def neighbour(app: Flask, world: World) -> Person:
    """The contact of another municipality, Stavanger."""
    return Person(app, world.member(world.municipality("1103"), Role.LEAD).id)


@pytest.fixture
def nhn(app: Flask, world: World) -> Person:
    return Person(app, world.member(world.seeded(OrganisationKind.NATIONAL_PROVIDER)).id)


@pytest.fixture
def vendor(app: Flask, world: World) -> Person:
    return Person(app, world.member(world.organisation(OrganisationKind.VENDOR), Role.LEAD).id)


@pytest.fixture
def other_vendor(app: Flask, world: World) -> Person:
    return Person(app, world.member(world.organisation(OrganisationKind.VENDOR), Role.LEAD).id)


@pytest.fixture
def hospital(app: Flask, world: World) -> Person:
    """The coordinator of a hospital trust."""
    return Person(app, world.member(world.seeded(OrganisationKind.HOSPITAL_TRUST)).id)


@pytest.fixture
def steering(app: Flask, world: World) -> Person:
    """A member of the steering group, employed at KS without a part in the project."""
    person = world.member(world.seeded(OrganisationKind.KS), role=None)
    world.programme_role(person)
    return Person(app, person.id)


@pytest.fixture
def two_hats(app: Flask, world: World) -> Person:
    """A person with two organisations: Oslo, which they act for, and Stavanger."""
    person = world.member(world.municipality("0301"))
    world.membership(person, world.municipality("1103"), Role.LEAD)
    return Person(app, person.id)


@pytest.fixture
def tell(world: World, municipality: Person, ks: Person) -> Teller:
    """Brings Oslo's stories where a test needs them, by the site's own commands."""
    return Teller(world, municipality, ks)


# --- folders -----------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    """A folder for what a test writes, gone with it."""
    yield tmp_path
    shutil.rmtree(tmp_path, ignore_errors=True)
