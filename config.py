"""Every setting the site reads, with its type and default, in one frozen object."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent
INSTANCE = ROOT / "instance"
KEY_BYTES = 32


class BadSetting(RuntimeError):
    """The site refuses to start: a setting is missing or cannot be used."""


@dataclass(frozen=True, kw_only=True)
class Config:
    SECRET_KEY: str
    SQLALCHEMY_DATABASE_URI: str
    APP_ENV: str = "development"
    REDIS_URL: str = ""
    BASE_URL: str = "http://127.0.0.1:8000"
    SITE_NAME: str = "Pilotrommet"
    SMTP_URL: str = ""
    MAIL_FROM: str = "pilotrommet@ks.example"
    UPLOAD_DIR: str = str(INSTANCE / "uploads")
    TRUSTED_PROXIES: int = 0
    LOG_LEVEL: str = "INFO"
    PILOT_TIMING: bool = False
    ACCESSIBILITY_STATEMENT_URL: str = ""
    DEMO: bool = True
    DEMO_PASSWORD: str = ""
    TESTING: bool = False
    WTF_CSRF_ENABLED: bool = True
    MAX_CONTENT_LENGTH: int = 2 * 1024 * 1024
    MAX_FORM_MEMORY_SIZE: int = 2 * 1024 * 1024

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> "Config":
        """Read the environment; a production site without a proper secret does not start."""
        app_env = env.get("APP_ENV", "development")
        return cls(
            SECRET_KEY=_secret_key(env.get("SECRET_KEY", ""), app_env),
            SQLALCHEMY_DATABASE_URI=_database(env.get("DATABASE_URL", "")),
            APP_ENV=app_env,
            REDIS_URL=env.get("REDIS_URL", ""),
            BASE_URL=env.get("BASE_URL", f"http://127.0.0.1:{env.get('PORT', '8000')}").rstrip("/"),
            SITE_NAME=env.get("SITE_NAME", cls.SITE_NAME),
            SMTP_URL=env.get("SMTP_URL", ""),
            MAIL_FROM=env.get("MAIL_FROM", cls.MAIL_FROM),
            UPLOAD_DIR=env.get("UPLOAD_DIR", cls.UPLOAD_DIR),
            TRUSTED_PROXIES=int(env.get("TRUSTED_PROXIES", "0")),
            LOG_LEVEL=env.get("LOG_LEVEL", cls.LOG_LEVEL),
            PILOT_TIMING=env.get("PILOT_TIMING") == "1",
            ACCESSIBILITY_STATEMENT_URL=env.get("ACCESSIBILITY_STATEMENT_URL", ""),
            DEMO=env.get("DEMO", "1") != "0",
            DEMO_PASSWORD=env.get("PILOT_DEMO_PASSWORD", ""),
        )

    @property
    def is_https(self) -> bool:
        return self.BASE_URL.startswith("https://")

    def as_flask(self) -> dict[str, object]:
        """Flask's mapping, with what follows from the address: secure cookies only over https."""
        prefix = "__Host-" if self.is_https else ""
        return asdict(self) | {
            "SESSION_COOKIE_NAME": f"{prefix}pilot",
            "SESSION_COOKIE_SECURE": self.is_https,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "PERMANENT_SESSION_LIFETIME": 12 * 60 * 60,
            "WTF_CSRF_TIME_LIMIT": None,  # a form left open over lunch still posts
            "WTF_CSRF_SSL_STRICT": self.is_https,
            "SQLALCHEMY_ENGINE_OPTIONS": self._pool(),
            "BABEL_DEFAULT_LOCALE": "nb",
            "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "translations"),
        }

    def _pool(self) -> dict[str, object]:
        """Connections a process may hold: on SQLite one a thread, or threads wait for each other
        without need; on PostgreSQL fewer than the server's usual hundred."""
        if self.SQLALCHEMY_DATABASE_URI.startswith("sqlite"):
            return {"pool_size": 32, "max_overflow": -1}
        return {"pool_size": 10, "max_overflow": 30, "pool_pre_ping": True}


def _database(url: str) -> str:
    if not url:
        INSTANCE.mkdir(mode=0o700, exist_ok=True)
        return f"sqlite:///{INSTANCE / 'pilot.db'}"
    for bare in ("postgres://", "postgresql://"):
        if url.startswith(bare):
            return "postgresql+psycopg://" + url.removeprefix(bare)
    return url


def _secret_key(given: str, app_env: str) -> str:
    """The key from the environment, or one made once and shared by every process."""
    if app_env == "production" and len(given) < KEY_BYTES:
        raise BadSetting("SECRET_KEY must be set to at least 32 characters when APP_ENV=production")
    return given or _kept_key(INSTANCE / "secret-key")


def _kept_key(path: Path) -> str:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    draft = path.with_suffix(f".{secrets.token_hex(8)}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(KEY_BYTES))
        os.link(draft, path)  # atomic: of two processes starting at once, one wins
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)
    return path.read_text().strip()
