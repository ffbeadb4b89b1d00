"""Static files: one address for the whole tree, by its content, so that they may be kept for ever.

`/static/<hash>/css/x.css` changes when any file does; imports between modules and fonts named in
CSS are relative, and so move along. Precompressed siblings (.br, .gz) are served where they exist.
"""

import hashlib
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

PACKED = {".br", ".gz"}
FOR_EVER = 365 * 24 * 60 * 60


def tree_hash(root: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(p for p in root.rglob("*") if p.is_file() and p.suffix not in PACKED):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def init_app(app: Flask) -> None:
    root = Path(str(app.static_folder))
    version = tree_hash(root)
    files = WhiteNoise(app.wsgi_app, max_age=FOR_EVER, immutable_file_test=lambda *_: True)
    files.add_files(str(root), prefix=f"static/{version}")
    app.wsgi_app = files  # type: ignore[method-assign]  # Flask's own way of adding middleware
    app.jinja_env.globals["asset"] = lambda path: f"/static/{version}/{path}"
    app.extensions["asset_root"] = f"/static/{version}"
