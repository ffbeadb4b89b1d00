"""Code that nothing uses: vulture's findings, less what Flask, SQLAlchemy and the templates call.

What only tests use is dead code too.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from vulture import Vulture

ROOT = Path(__file__).resolve().parents[1]
PATHS = ["app.py", "config.py", "gunicorn.conf.py", "migrations/env.py", "pilot"]
#: Functions that are found by their decorator, never by their name.
DECORATORS = ["@*.route", "@*.get", "@*.post", "@*.command*", "@*.listens_for", "@*.*_request"]
DECORATORS += [
    "@*.operation",
    "@*.group",
    "@*.context_processor",
    "@*.user_loader",
    "@validates*",
    "@post_load",
    "@*.errorhandler",
]
#: Names that a library reads or sets on our behalf.
BY_LIBRARIES = {
    *("anonymous_user", "session_protection", "get_id"),  # Flask-Login
    *("impl", "cache_ok", "type_annotation_map", "isolation_level"),  # SQLAlchemy
    *("process_bind_param", "process_result_value", "load_dialect_impl"),  # as above
    *(
        "_value",
        "process_formdata",
        "raw_data",
        "validate_behalf_received_on",
        "validate_file",
        "validate_choice",
        "validate_send_at",
        "validators",
        "permanent",
    ),  # WTForms, Flask
    *(
        "default_error_messages",
        "_deserialize",
        "_serialize",
        "make_error",
        "unknown",
    ),  # marshmallow
    *("on_bind_field", "field_name", "patients_per_year_under_10"),  # as above
    *("post_worker_init", "on_starting", "bind", "worker_class", "workers", "threads"),  # gunicorn
    *(
        "timeout",
        "graceful_timeout",
        "accesslog",
        "control_socket_disable",
        "preload_app",
    ),  # as above
    *("Meta", "ERROR_SCHEMA", "DEFAULT_ERROR_RESPONSE_NAME", "ARGUMENTS_PARSER"),  # flask-smorest
    *("_register_error_handlers", "_register_responses", "operation"),  # as above
    *("_raw_load_json", "handle_error", "error_messages"),  # webargs
    *("trim_blocks", "lstrip_blocks"),  # Jinja
    *("forwarder_headers", "forwarded_allow_ips"),  # gunicorn
    *("merge_slashes", "_extract_indices"),  # Werkzeug, WTForms
    *("db_seconds", "db_statements"),  # read from `g` by their name
    "is_command",  # the architecture tests
}
#: Not used yet, and meant to stay; each with its reason.
KEPT: dict[str, str] = {
    "interests": "DOMAIN: an actor has declared interests; the core team's slice fills them",
    "translate_to": "the tests ask it for the sentence that a page should hold",
}


def words_of_templates() -> set[str]:
    files = (ROOT / "templates").rglob("*.*")
    return {word for file in files for word in re.findall(r"\w+", file.read_text())}


def members_of_enums() -> Iterator[str]:
    """Codes of the shipped files: the data use them, also where the code names none."""
    for path in (ROOT / "pilot").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef) and any(
                isinstance(base, ast.Name) and base.id in ("StrEnum", "IntEnum")
                for base in node.bases
            ):
                for line in node.body:
                    if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
                        yield line.targets[0].id


def fields() -> Iterator[str]:
    """Settings are read by their name, from Flask's mapping; columns are data, read or not."""
    tables = [*(ROOT / "pilot").rglob("models.py"), *(ROOT / "pilot").rglob("models/*.py")]
    tables.append(ROOT / "pilot" / "core" / "written.py")
    for path in [ROOT / "config.py", *tables]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                yield node.target.id


def main() -> int:
    finder = Vulture(ignore_decorators=DECORATORS)
    finder.scavenge([str(ROOT / path) for path in PATHS])
    known = {*BY_LIBRARIES, *KEPT, *words_of_templates(), *members_of_enums(), *fields()}
    dead = [item for item in finder.get_unused_code(min_confidence=60) if item.name not in known]
    for item in dead:
        place = Path(item.filename).relative_to(ROOT)
        print(f"{place}:{item.first_lineno}: {item.typ} {item.name!r} is not used")
    print(f"dead code: {len(dead)} found")
    return 1 if dead else 0


if __name__ == "__main__":
    sys.exit(main())
