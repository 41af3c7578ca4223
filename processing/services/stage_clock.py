"""How long the stages of an attempt take, by this process's own clock: told as figures and as spans."""

from __future__ import annotations

import time

from opentelemetry import trace

from common.telemetry.counters import observe

_tracer = trace.get_tracer("invoicesite")


class StageClock:
    """Runs for one stage at a time."""

    def __init__(self) -> None:
        self._stage = ""
        self._began = 0.0
        self._began_ns = 0

    def enter(self, stage: str) -> None:
        """The stage before it has ended; "" where none follows."""
        now = time.monotonic()
        if self._stage:
            observe("stage_seconds", now - self._began, stage=self._stage)
            _tracer.start_span(f"stage {self._stage}", start_time=self._began_ns).end()
        self._stage, self._began, self._began_ns = str(stage), now, time.time_ns()
