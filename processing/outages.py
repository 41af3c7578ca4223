"""Which exceptions of libraries mean that something is away: the one place where they become ours."""

from __future__ import annotations

from django.db import Error, InterfaceError, OperationalError

from processing.errors import DatabaseUnavailable, Unavailable

# Besides what is operational: a server that became a standby, and a transaction that it ended for idling
# (PostgreSQL manual, appendix A).
_AWAY_STATES = frozenset({"25006", "25P03"})


def outage_of(error: BaseException | None) -> Unavailable | None:
    """What is away, or None where ``error`` says nothing of the kind: a broken constraint, a wrong query.

    An operational error of the database is one: refused or broken connections, pool time-outs, too many connections, a
    full disk, and statements that ran into a time-out, a lock or a deadlock, all of which pass.
    """
    if isinstance(error, Unavailable):
        return error
    if is_database_outage(error):
        return DatabaseUnavailable()
    return None


def is_database_outage(error: BaseException | None) -> bool:
    """Whether an exception of Django's database layer says that the server is away, or asks to come back."""
    if isinstance(error, OperationalError | InterfaceError):
        return True
    return isinstance(error, Error) and getattr(error.__cause__, "sqlstate", None) in _AWAY_STATES
