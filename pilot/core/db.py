"""The database handle, the base every table inherits, and the column types of the house."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
CODE_LENGTH = 40
ID_MOST = 2**31 - 1  # what an id's column holds; a greater number is nobody's


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, always in UTC and always aware; SQLite keeps no zone of its own."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class FreeText(TypeDecorator[str]):
    """Text that a person wrote. The unit of work refuses identity numbers in these columns."""

    impl = sa.Text
    cache_ok = True


class FreeList(TypeDecorator[list[str]]):
    """Rows of text that a person wrote, kept in their order; guarded like FreeText."""

    impl = sa.JSON
    cache_ok = True


class SortKey(TypeDecorator[str]):
    """A key from `text.sort_key`, compared byte by byte on every database."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> Any:
        return sa.Text(collation="C") if dialect.name == "postgresql" else sa.Text()


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    # Store what an enum says, not what Python calls it: a renamed member must not orphan rows.
    type_annotation_map = {
        StrEnum: sa.Enum(
            StrEnum,
            values_callable=lambda kind: [member.value for member in kind],
            native_enum=False,
            length=CODE_LENGTH,
        ),
        datetime: UtcDateTime(),
    }

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)


db = SQLAlchemy(metadata=Base.metadata, disable_autonaming=True)


def prepare_sqlite(engine: sa.Engine) -> None:
    """Leave transactions to SQLAlchemy, so that a command can begin with the write lock."""
    if engine.dialect.name != "sqlite":
        return

    @sa.event.listens_for(engine, "connect")
    def on_connect(dbapi: Any, _record: object) -> None:
        dbapi.isolation_level = None
        pragmas = ("foreign_keys = ON", "journal_mode = WAL", "busy_timeout = 20000")
        for pragma in (*pragmas, "synchronous = FULL"):  # an acknowledged write survives a crash
            dbapi.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def on_begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def guard_table(table: sa.Table, *, sqlite: tuple[str, ...], postgresql: tuple[str, ...]) -> None:
    """Create triggers with a table; migrations repeat them, and the drift test compares both."""
    for dialect, statements in (("sqlite", sqlite), ("postgresql", postgresql)):
        for statement in statements:
            ddl = sa.DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]  # SQLAlchemy's
            ddl = ddl.execute_if(dialect=dialect)
            sa.event.listen(table, "after_create", ddl)


def append_only(table: sa.Table, *keys: tuple[str, ...]) -> None:
    """Let rows be added to a table, never changed or removed.

    On SQLite `INSERT OR REPLACE` fires no trigger for what it removes, so an insert over a row that
    has the same id, or the same values in one of `keys`, is refused too.
    """
    name = table.name
    refusal = f"{name} is append-only"
    taken = " OR ".join(_taken(name, key) for key in (("id",), *keys))
    guard_table(
        table,
        sqlite=(
            *(
                f"CREATE TRIGGER {name}_no_{verb.lower()} BEFORE {verb} ON {name} "
                f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
                for verb in ("UPDATE", "DELETE")
            ),
            f"CREATE TRIGGER {name}_no_replace BEFORE INSERT ON {name} WHEN {taken} "
            f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END",
        ),
        postgresql=(
            f"CREATE OR REPLACE FUNCTION {name}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{refusal}'; END $$",
            f"CREATE TRIGGER {name}_no_change BEFORE UPDATE OR DELETE ON {name} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}_refuse()",
            f"CREATE TRIGGER {name}_no_truncate BEFORE TRUNCATE ON {name} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {name}_refuse()",
        ),
    )


def _taken(name: str, key: tuple[str, ...]) -> str:
    same = " AND ".join(f"{column} = NEW.{column}" for column in key)
    return f"EXISTS (SELECT 1 FROM {name} WHERE {same})"  # noqa: S608  # our own names
