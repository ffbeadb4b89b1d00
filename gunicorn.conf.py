"""How the site is served: one process with many threads on SQLite (docs/operations.md)."""

import os
from typing import Any

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = 1
threads = 256  # a waiting event stream holds a thread, and a workshop is many streams
timeout = 60
graceful_timeout = 5
accesslog = None
control_socket_disable = True  # nothing speaks to it, and it would be written in the home directory
#: Set by `make run`: bring the database up to date first, in the process that has the site loaded
#: already. One load instead of two, and a second start is quick.
preload_app = os.environ.get("PILOT_PREPARE") == "1"


def on_starting(server: Any) -> None:
    """Migrate and seed before anyone is served."""
    if preload_app:
        from pilot import prepare

        prepare.before_serving(server.app.wsgi())


def post_worker_init(worker: Any) -> None:
    """Send mail from this process; never from tests or the command line."""
    worker.wsgi.extensions["worker"].start()


# Nobody names the client's address or the site's root but the proxies that TRUSTED_PROXIES counts.
forwarder_headers = ""
forwarded_allow_ips = ""
