"""Tracebacks for logs: types, codes, files, lines and functions.

Values of variables never, and the message of an exception only where its class makes messages from the program's own
words. What a library says in another message may quote the document, a row of the database or an address with its
password.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator

_MAX_FRAMES = 40  # of each exception: the innermost are told, recursion would fill the disk
_MAX_CHAINED = 8
_MAX_MESSAGE = 300

# Their messages name parts of the program, never what it works on.
_PLAIN_MESSAGES = (AttributeError, ImportError, NameError, RecursionError, MemoryError, NotImplementedError)


def told(error: BaseException) -> str:
    """Types, codes and frames of an exception and of those that led to it, the last one first."""
    return "\n".join("\n".join((_head(each), *_frames(each))) for each in _chain(error))


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: list[BaseException] = []
    waiting = [error]
    while waiting and len(seen) < _MAX_CHAINED:
        each = waiting.pop(0)
        if any(each is other for other in seen):
            continue
        seen.append(each)
        yield each
        if isinstance(each, BaseExceptionGroup):
            waiting += each.exceptions
        if each.__cause__ is not None:
            waiting.append(each.__cause__)
        elif each.__context__ is not None and not each.__suppress_context__:
            waiting.append(each.__context__)


def _head(error: BaseException) -> str:
    kind = type(error)
    parts = [f"{kind.__module__}.{kind.__qualname__}"]
    if isinstance(error, _PLAIN_MESSAGES):
        parts.append(str(error)[:_MAX_MESSAGE])
    # What tells faults apart without quoting anything: our codes, SQLSTATE and errno.
    for name in ("code", "sqlstate", "errno"):
        value = getattr(error, name, None)
        if isinstance(value, int) or (isinstance(value, str) and re.fullmatch(r"\w{1,40}", value)):
            parts.append(f"{name}={value}")
    return " ".join(parts)


def _frames(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__, limit=-_MAX_FRAMES)
    return [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
