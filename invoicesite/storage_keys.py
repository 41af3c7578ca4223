"""Two keys of one bucket, for the time in which one is changed for the other."""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

import structlog

Key = TypeVar("Key")

log = structlog.get_logger(__name__)


class TwoKeys(Generic[Key]):
    """Which of two keys signs: the first, until it was refused and the other one taken. For all threads of a
    process."""

    def __init__(self, first: Key, second: Key) -> None:
        self._keys = (first, second)
        self._turning = threading.Lock()
        self._at = 0

    @property
    def current(self) -> Key:
        return self._keys[self._at]

    def turn_from(self, refused: Key) -> None:
        """``refused`` signs no longer; no change where another thread was faster."""
        with self._turning:
            if self.current is refused:
                self._at = 1 - self._at
                log.warning("storage_other_key", key=("first", "second")[self._at])
