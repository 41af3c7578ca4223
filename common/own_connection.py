"""A database connection of one thread's own, outside of the pool that the process's other threads share."""

from __future__ import annotations

import copy

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.utils import load_backend


def use_own_connection() -> None:
    """From now on this thread's queries run on a connection that no pool lends: it is there also when all of the pool
    are in use. Opened at the first query and kept until ``connection.close()``; harmless to call again."""
    current = connections[DEFAULT_DB_ALIAS]
    if not current.settings_dict["OPTIONS"].get("pool"):
        return
    current.close()
    settings = copy.deepcopy({name: value for name, value in current.settings_dict.items() if name != "OPTIONS"})
    options = {name: value for name, value in current.settings_dict["OPTIONS"].items() if name != "pool"}
    backend = load_backend(current.settings_dict["ENGINE"])
    own = backend.DatabaseWrapper({**settings, "OPTIONS": options, "CONN_MAX_AGE": None}, DEFAULT_DB_ALIAS)
    connections[DEFAULT_DB_ALIAS] = own
