"""Where the database is: the PostgreSQL at `DATABASE_URL`, or an embedded one that starts on demand.

`python -m invoicesite.database start|stop|status|url` drives the embedded server by hand.
"""

import sys
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from invoicesite import env
from invoicesite.embedded_postgres import DATABASE, ROLE, EmbeddedServer
from invoicesite.postgres_programs import ServerError

HOME = Path(__file__).resolve().parent.parent / "var" / "postgres"

# Kept well below the embedded server's 200 connections: four web processes, their workers and a shell fit.
_POOL = {"min_size": 1, "max_size": 16, "timeout": 10}
_PERSISTENT_SECONDS = 600


@cache
def embedded_server() -> EmbeddedServer:
    """The embedded server of this checkout."""
    return EmbeddedServer(HOME)


def database_settings(*, pooled: bool) -> dict[str, Any]:
    """The `default` entry of Django's `DATABASES`. `pooled` belongs to the web process alone (see `asgi.py`)."""
    settings: dict[str, Any] = {
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 0 if pooled else _PERSISTENT_SECONDS,
        "OPTIONS": {"application_name": "invoicesite"},
    }
    url = env.url("DATABASE_URL", None, ("postgresql", "postgres"))
    if url is None:
        settings |= {
            "ENGINE": "invoicesite.postgresql",
            "NAME": DATABASE,
            "USER": ROLE,
            "HOST": str(embedded_server().socket_directory),
        }
    else:
        settings |= parse_database_url(url, settings["OPTIONS"])
    if pooled:
        settings["OPTIONS"]["pool"] = dict(_POOL)
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
        "ENGINE": "django.db.backends.postgresql",
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
