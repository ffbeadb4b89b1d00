"""Rules a reviewer would otherwise have to remember."""

import ast
import inspect
import re
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from flask import Flask
from werkzeug.routing import IntegerConverter, Rule

from pilot import SLICES
from pilot.core.policy import engine
from pilot.web.access import is_public

ROOT = Path(__file__).resolve().parents[2]
PILOT = ROOT / "pilot"
HERE = Path(__file__).parent
API = "/api/"
KEPT = {"routes", "api", "forms"}
MOST_LINES = {"pilot/**/*.py": 300, "templates/**/*.*": 120, "static/js/modules/*.js": 60}
#: Templates outside a slice's folder: the frame, and the page every refusal is shown on.
FRAME = {"base.html", "error.html"}
#: Places where markup is not escaped, each because the text was cleaned when it was stored.
UNESCAPED = {"context_html"}


def lines_of(name: str) -> set[str]:
    text = (HERE / name).read_text()
    return {line.strip() for line in text.splitlines() if line.strip() and line[0] != "#"}


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def slices() -> list[str]:
    return [path.parent.name for path in PILOT.glob("*/__init__.py") if path.parent.name in SLICES]


# --- services --------------------------------------------------------------------------------


def services() -> list[ModuleType]:
    found = [f"pilot.{name}.service" for name in slices() if list((PILOT / name).glob("service*"))]
    return [import_module(name) for name in found]


def offered(service: ModuleType) -> list[tuple[str, object]]:
    """What a service offers: all public functions of a module, the exported ones of a folder."""
    if hasattr(service, "__path__"):
        names = [(name, getattr(service, name)) for name in service.__all__]
        return [(name, function) for name, function in names if inspect.isfunction(function)]
    return [
        (name, function)
        for name, function in inspect.getmembers(service, inspect.isfunction)
        if not name.startswith("_") and function.__module__ == service.__name__
    ]


@pytest.mark.parametrize("service", services(), ids=lambda module: module.__name__)
def test_every_service_function_is_a_guarded_command(service: ModuleType) -> None:
    functions = offered(service)
    assert functions, "a service that offers nothing"
    for name, function in functions:
        tree = ast.parse(inspect.getsource(function))  # type: ignore[arg-type]  # a function
        calls = {
            node.func.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert getattr(function, "is_command", False), f"{name} is not a @command"
        first = next(iter(inspect.signature(function).parameters))  # type: ignore[arg-type]
        assert first == "actor", f"{name} takes {first} first"
        assert "require" in calls, f"{name} asks no permission"


def test_a_command_of_a_slice_is_offered_by_its_service() -> None:
    """A command elsewhere would escape the test above."""
    for path in sorted(PILOT.glob("*/**/*.py")):
        name = path.relative_to(PILOT).parts[0]
        if name not in SLICES:
            continue
        commands = [
            node.name
            for node in ast.walk(parsed(path))
            if isinstance(node, ast.FunctionDef)
            and any(isinstance(d, ast.Name) and d.id == "command" for d in node.decorator_list)
        ]
        if commands:
            known = {name for name, _ in offered(import_module(f"pilot.{name}.service"))}
            assert set(commands) <= known, f"{path.name}: {set(commands) - known}"


def test_only_the_unit_of_work_commits() -> None:
    for path in PILOT.rglob("*.py"):
        commits = [
            node.attr
            for node in ast.walk(parsed(path))
            if isinstance(node, ast.Attribute)
            and node.attr in {"commit", "begin_nested", "begin"}
            # a count of tries begins too, and is no transaction
            and not (isinstance(node.value, ast.Name) and node.value.id == "tries")
        ]
        assert not commits or path == PILOT / "core" / "unit.py", f"{path}: {commits}"


def test_no_one_catches_everything() -> None:
    """A bare `except Exception` hides bugs; each that stands says why beside it."""
    for path in PILOT.rglob("*.py"):
        source = path.read_text().splitlines()
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ExceptHandler) and (
                node.type is None
                or (isinstance(node.type, ast.Name) and node.type.id == "Exception")
            ):
                assert "#" in source[node.lineno - 1], f"{path}:{node.lineno}"


# --- the policy ------------------------------------------------------------------------------


def permissions() -> set[StrEnum]:
    found: set[StrEnum] = set()
    for name in slices():
        if (PILOT / name / "permissions.py").exists():
            module = import_module(f"pilot.{name}.permissions")
            for _, kind in inspect.getmembers(module, inspect.isclass):
                if kind.__module__ == module.__name__ and issubclass(kind, StrEnum):
                    found |= set(kind)
    return found


def test_every_permission_has_a_rule(app: Flask) -> None:
    assert permissions() == set(engine.RULES)
    assert all(engine.RULES.values())


def test_every_permission_is_asked_somewhere() -> None:
    source = "\n".join(path.read_text() for path in PILOT.rglob("*.py"))
    templates = "\n".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    for permission in permissions():
        name = f"{type(permission).__name__}.{permission.name}"
        asked = len(re.findall(rf"{re.escape(name)}\b", source)) > 1 or permission in templates
        assert asked, f"{name} is never asked"


# --- routes ----------------------------------------------------------------------------------


def address(app: Flask, rule: Rule) -> str:
    """An address that the rule takes, whatever it leads to."""
    values = {
        name: 1 if isinstance(converter, IntegerConverter) else "x"
        for name, converter in rule._converters.items()
    }
    return str(app.url_map.bind("localhost").build(rule.endpoint, values))


def test_public_pages_are_exactly_these(app: Flask) -> None:
    with app.app_context():
        public = {endpoint for endpoint in app.view_functions if is_public(endpoint)}
    assert public == lines_of("public.txt")


def test_every_other_page_turns_strangers_away(app: Flask) -> None:
    public = lines_of("public.txt")
    closed = [rule for rule in app.url_map.iter_rules() if rule.endpoint not in public]
    assert closed
    for rule in closed:
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}):
            answer = app.test_client().open(address(app, rule), method=method)
            if rule.rule.startswith(API):
                assert answer.status_code == 401, f"{method} {rule.rule}: {answer.status_code}"
            else:
                assert answer.status_code == 302, f"{method} {rule.rule}: {answer.status_code}"
                expected = "/logg-inn?next=" if method == "GET" else "/logg-inn"
                assert answer.headers["Location"].startswith(expected), rule.rule


def test_no_address_vanishes(app: Flask) -> None:
    """Addresses are kept by people and programs. A new one is added to the list; none leaves it."""
    now = {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert now == lines_of("urls.txt")


# --- files -----------------------------------------------------------------------------------


def test_a_slice_keeps_its_routes_and_forms_to_itself() -> None:
    for path in PILOT.rglob("*.py"):
        own = path.relative_to(PILOT).parts[0]
        for node in ast.walk(parsed(path)):
            if not (isinstance(node, ast.ImportFrom) and node.module):
                continue
            parts = node.module.split(".") + [alias.name for alias in node.names]
            if parts[0] == "pilot" and len(parts) > 2 and parts[1] in SLICES:
                assert not (KEPT & set(parts[2:])) or parts[1] == own, f"{path}: {node.module}"


@pytest.mark.parametrize("pattern", MOST_LINES)
def test_files_are_small(pattern: str) -> None:
    files = [path for path in ROOT.glob(pattern) if path.is_file()]
    assert files
    sizes = {path: path.read_text().count("\n") for path in files}
    large = {str(path): n for path, n in sizes.items() if n > MOST_LINES[pattern]}
    assert not large


def test_functions_are_short() -> None:
    for path in PILOT.rglob("*.py"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                lines = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
                # A function that only holds others is as long as they are.
                inner = any(isinstance(one, ast.FunctionDef) for one in node.body)
                assert lines <= 25 or inner, f"{path.name}: {node.name} has {lines} lines"


def test_templates_are_filed_by_slice(app: Flask) -> None:
    folders = {*SLICES, "ui"}
    for name in app.jinja_env.list_templates():
        folder, _, rest = name.partition("/")
        assert name in FRAME or (rest and folder in folders), name


def test_templates_are_safe(app: Flask) -> None:
    """No inline style, handler or script, which the policy refuses; and nothing unescaped."""
    for name in app.jinja_env.list_templates():
        source = (ROOT / "templates" / name).read_text()
        if "/mail/" not in name:  # mail readers know no style sheets
            assert not re.search(r"<[^>]*\sstyle\s*=", source), f"{name}: style="
        assert not re.search(r"<[^>{]*\son[a-z]+\s*=", source), f"{name}: a handler"
        assert not re.search(r"<script(?![^>]*\bsrc=)", source), f"{name}: a script"
        for match in re.finditer(r"([\w.]+)\s*\|\s*safe\b", source):
            assert match[1].split(".")[-1] in UNESCAPED, f"{name}: {match[0]}"


def test_every_template_is_used(app: Flask) -> None:
    source = "\n".join(path.read_text() for path in PILOT.rglob("*.py"))
    templates = {name: (ROOT / "templates" / name) for name in app.jinja_env.list_templates()}
    source += "\n".join(path.read_text() for path in templates.values())
    for name in templates:
        stem = name.rsplit(".", 1)[0]  # a mail is named without its ending
        assert re.search(rf"[\"']{re.escape(stem)}(\.\w+)?[\"']", source), f"{name} is not used"
