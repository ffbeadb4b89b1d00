"""Alembic's door to the models; one set of migrations for SQLite and PostgreSQL."""

from typing import Any

from alembic import context
from flask import current_app

engine = current_app.extensions["migrate"].db.engine
metadata = current_app.extensions["migrate"].db.metadata

#: A migration says what a type is in the database, so that it stays true when our classes change.
PLAIN = {
    "UtcDateTime": "sa.DateTime(timezone=True)",
    "FreeText": "sa.Text()",
    "FreeList": "sa.JSON()",
    "SortKey": 'sa.Text().with_variant(sa.Text(collation="C"), "postgresql")',
}


def render_item(kind: str, item: Any, _context: Any) -> str | bool:
    return PLAIN.get(type(item).__name__, False) if kind == "type" else False


def run() -> None:
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=True,
            render_item=render_item,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
