"""The door: `gunicorn app:app` and `flask` both start here."""

from config import Config
from pilot import create_app

app = create_app(Config.from_env())
