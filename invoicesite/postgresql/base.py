"""The backend that Django loads: `ENGINE = "invoicesite.postgresql"`."""

from typing import Any

from django.db import OperationalError
from django.db.backends.postgresql import base
from django.utils.asyncio import async_unsafe

from invoicesite.database import embedded_server
from invoicesite.postgres_programs import ServerError


class DatabaseWrapper(base.DatabaseWrapper):
    """Starts the embedded server when a connection is wanted, so that commands without a database never do."""

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        params["host"] = _ensure_running()
        return params

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        # A pool keeps its parameters; the server may have died since they were made.
        _ensure_running()
        return super().get_new_connection(conn_params)


def _ensure_running() -> str:
    try:
        return str(embedded_server().ensure_running())
    except ServerError as error:
        raise OperationalError(str(error)) from error
