"""The backend that Django loads: `ENGINE = "invoicesite.postgresql"`."""

import threading
import time
from typing import Any

from django.db import OperationalError
from django.db.backends.postgresql import base
from django.utils.asyncio import async_unsafe
from psycopg import OperationalError as DriverError
from psycopg_pool import PoolTimeout

from invoicesite.database import embedded_server
from invoicesite.postgres_programs import ServerError

# Whoever asks within this time after a connection failed is told so at once: a request that asks five times, and the
# hundred requests beside it, wait for an absent server once. Short, so that its return is seen soon.
REMEMBERED_SECONDS = 1.0


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's backend, which fails at once while the server is known to be away, and starts an embedded server when a
    connection is wanted, so that commands without a database never do."""

    def __init__(self, settings_dict: dict[str, Any], alias: str = "default") -> None:
        super().__init__(settings_dict, alias)
        self._away_until = 0.0

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        if self._is_embedded:
            params["host"] = _ensure_running()
        return params

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if time.monotonic() < max(self._away_until, _absence.until(self.settings_dict)):
            raise OperationalError("The database did not answer a moment ago.")
        if self._is_embedded:
            # A pool keeps its parameters; the server may have died since they were made.
            _ensure_running()
        failures = self._failures_of_pool()
        try:
            return super().get_new_connection(conn_params)
        except DriverError as error:
            self._away_until = time.monotonic() + REMEMBERED_SECONDS
            # A pool whose connections are all in use says nothing about the server.
            if not isinstance(error, PoolTimeout) or self._failures_of_pool() > failures:
                _absence.note(self.settings_dict)
            raise

    @property
    def _is_embedded(self) -> bool:
        return bool(self.settings_dict.get("EMBEDDED"))

    def _failures_of_pool(self) -> int:
        return int(self.pool.get_stats().get("connections_errors", 0)) if self.pool else 0


class _Absence:
    """Until when the threads of this process do not try to connect to a server."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._until: dict[tuple[str, str], float] = {}

    def until(self, settings: dict[str, Any]) -> float:
        return self._until.get((settings["HOST"], settings["PORT"]), 0.0)

    def note(self, settings: dict[str, Any]) -> None:
        with self._lock:
            self._until[settings["HOST"], settings["PORT"]] = time.monotonic() + REMEMBERED_SECONDS


_absence = _Absence()


def _ensure_running() -> str:
    try:
        return str(embedded_server().ensure_running())
    except ServerError as error:
        raise OperationalError(str(error)) from error
