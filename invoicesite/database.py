"""Where the database is: the PostgreSQL at `DATABASE_URL`, or an embedded one that starts on demand.

`python -m invoicesite.database start|stop|status|url` drives the embedded server by hand.
"""

import sys
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from invoicesite import env
from invoicesite.build import home
from invoicesite.embedded_postgres import DATABASE, ROLE, EmbeddedServer
from invoicesite.postgres_programs import ServerError

HOME = home() / "var" / "postgres"

# Kept well below the embedded server's 200 connections: four web processes, their workers and a shell fit.
WEB_POOL_CONNECTIONS = 16
# Jobs hold a connection for the milliseconds of a statement and none while a document is read or a model answers: more
# than this many at once only wait for the server's processors.
_MOST_JOB_CONNECTIONS = 24
_OTHER_THREADS = 4  # of a worker process: the task that hands out jobs, and what django-q2 does
# A request waits so long for a connection and no longer, so that callers are told to come back within three seconds. A
# pool that gives up on a server tries again when the next one asks, not after its own growing back-off.
_POOL = {"min_size": 1, "timeout": 2.0, "reconnect_timeout": 2.0}
_PERSISTENT_SECONDS = 600
# libpq's parameters (PostgreSQL manual, 34.1.2). A server that vanished without a word is given up after ten seconds,
# not after the kernel's quarter of an hour; over a Unix socket these say nothing.
_CONNECTION: dict[str, Any] = {
    "application_name": "invoicesite",
    "connect_timeout": 2,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long the server lets a connection of a role run a statement, wait for a lock, and sit in a transaction."""

    statement_seconds: int
    lock_seconds: int
    idle_in_transaction_seconds: int

    def as_options(self) -> str:
        """For libpq's ``options``."""
        named = {
            "statement_timeout": self.statement_seconds,
            "lock_timeout": self.lock_seconds,
            "idle_in_transaction_session_timeout": self.idle_in_transaction_seconds,
        }
        return " ".join(f"-c {name}={seconds * 1000}" for name, seconds in named.items())


# A person waits for the web process, and a proxy before it not for ever. A worker may count over millions of rows. A
# migration takes as long as it takes, but never queues for a lock behind which everybody else would queue.
_OF_WORKERS = Timeouts(statement_seconds=600, lock_seconds=60, idle_in_transaction_seconds=600)
TIMEOUTS = {
    "web": Timeouts(statement_seconds=60, lock_seconds=10, idle_in_transaction_seconds=60),
    "cluster": _OF_WORKERS,
    "import": _OF_WORKERS,
    "supervisor": _OF_WORKERS,
    "migrate": Timeouts(statement_seconds=0, lock_seconds=5, idle_in_transaction_seconds=0),
}
# Other commands: somebody sits before them.
_OF_COMMANDS = Timeouts(statement_seconds=0, lock_seconds=0, idle_in_transaction_seconds=600)


def timeouts_of(role: str) -> Timeouts:
    """Of a program by its role, which is in ``INVOICESITE_PROCESS``."""
    return TIMEOUTS.get(role, _OF_COMMANDS)


@cache
def embedded_server() -> EmbeddedServer:
    """The embedded server of this checkout."""
    return EmbeddedServer(HOME)


def pool_connections(slots: int) -> int:
    """How many connections a process that runs `slots` jobs side by side shares between its threads."""
    return min(slots, _MOST_JOB_CONNECTIONS) + _OTHER_THREADS


def database_settings(*, pool_connections: int = 0, role: str = "") -> dict[str, Any]:
    """The `default` entry of Django's `DATABASES`. A pool of `pool_connections` is for programs of many threads (see
    `asgi.py`), `role` is the program's, which decides on time-outs.

    With `DATABASE_POOLER=transaction` a pooler (PgBouncer) hands on connections between transactions: no server-side
    cursors, no prepared statements, and no time-outs of ours, which a pooler refuses at connecting.
    """
    pooled = pool_connections > 0
    behind_pooler = env.choice("DATABASE_POOLER", "none", ("none", "transaction")) == "transaction"
    settings: dict[str, Any] = {
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 0 if pooled else _PERSISTENT_SECONDS,
        "OPTIONS": dict(_CONNECTION),
    }
    url = env.url("DATABASE_URL", None, ("postgresql", "postgres"))
    if url is None:
        settings |= {
            "ENGINE": "invoicesite.postgresql",
            "EMBEDDED": True,
            "NAME": DATABASE,
            "USER": ROLE,
            "HOST": str(embedded_server().socket_directory),
        }
    else:
        settings |= parse_database_url(url, settings["OPTIONS"])
    if behind_pooler:
        settings["DISABLE_SERVER_SIDE_CURSORS"] = True
        settings["OPTIONS"].setdefault("prepare_threshold", None)
    else:
        settings["OPTIONS"].setdefault("options", timeouts_of(role).as_options())
    if pooled:
        settings["OPTIONS"]["pool"] = {**_POOL, "max_size": pool_connections}
    return settings


def parse_database_url(url: str, options: dict[str, Any]) -> dict[str, Any]:
    """Django's database settings from a libpq URL; its query goes to OPTIONS, except `host` and `port`.

    A Unix socket is written as `postgresql://user@/name?host=/its/directory` (PostgreSQL manual, 32.1.1.2).
    """
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise env.BadEnvironment("DATABASE_URL", "a PostgreSQL URL that ends with the name of a database")
    return {
        "ENGINE": "invoicesite.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", unquote(parts.hostname or "")),
        "PORT": query.pop("port", str(parts.port or "")),
        "OPTIONS": options | query,
    }


def embedded_url(database: str = DATABASE) -> str:
    """The libpq URL of a database on the embedded server."""
    return f"postgresql://{ROLE}@/{database}?host={quote(str(embedded_server().socket_directory), safe='/')}"


def main(arguments: list[str]) -> int:
    """Start, stop or describe the embedded server. Returns an exit status."""
    if len(arguments) != 1 or arguments[0] not in {"start", "stop", "status", "url"}:
        print("Usage: python -m invoicesite.database start|stop|status|url", file=sys.stderr)
        return 2
    server = embedded_server()
    try:
        match arguments[0]:
            case "start":
                server.ensure_running()
                print(f"PostgreSQL runs: {embedded_url()}")
            case "stop":
                print("PostgreSQL stopped." if server.stop() else "PostgreSQL was not running.")
            case "status":
                running = server.is_running()
                print("running" if running else "stopped")
                return 0 if running else 3
            case _:
                print(embedded_url())
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
