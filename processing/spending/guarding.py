"""A breaker around what a job needs from outside, other than a model."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from processing.errors import Unavailable
from processing.spending import breaker


@contextmanager
def guarded(name: str) -> Iterator[None]:
    """Make a call to what ``name`` stands for. Where it is away, Deferred is raised instead of its error, at once while
    the breaker is open: of all jobs that wait, one looks whether it is back."""
    admission = breaker.admit(name)
    try:
        yield
    except Unavailable as error:
        if error.counted:
            breaker.record_success(admission)
            raise
        wanted = error.wanted_seconds or 0.0
        breaker.record_failure(admission, error.message, at_least_seconds=wanted)
        raise breaker.look_again(name, error, at_least_seconds=wanted) from error
    except BaseException:
        breaker.record_nothing(admission)
        raise
    else:
        breaker.record_success(admission)
