"""Every command of the site says what it does."""

from collections.abc import Iterator

import click
import pytest
from flask import Flask

pytestmark = pytest.mark.one_database


def commands(group: click.Command, *path: str) -> Iterator[tuple[str, ...]]:
    if not isinstance(group, click.Group):
        yield path
        return
    for name, one in group.commands.items():
        yield from commands(one, *path, name)


def test_every_command_explains_itself(app: Flask) -> None:
    found = list(commands(app.cli.commands["pilot"]))
    assert {("seed", "demo"), ("audit", "verify"), ("lead", "create")} <= set(found)
    for path in found:
        ran = app.test_cli_runner().invoke(args=["pilot", *path, "--help"])
        assert ran.exit_code == 0, path
        assert "Usage:" in ran.output, path
        assert len(ran.output.splitlines()) > 3, f"{path} does not say what it does"
