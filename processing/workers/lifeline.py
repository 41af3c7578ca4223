"""How processes know that the one that started them is gone.

A supervisor holds the writing end of a pipe and hands the reading end down to all processes of a cluster: when it
closes, by will or by death, they stop. On Linux a forked child is also killed with its parent, so that a cluster whose
head was killed leaves no orphans.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import signal
import sys

LIFELINE_VARIABLE = "INVOICESITE_LIFELINE"
CLUSTER_VARIABLE = "INVOICESITE_CLUSTER"
GRACE_SECONDS = 15.0  # for jobs that run when their worker is told to stop: a model's answer takes seconds
_PR_SET_PDEATHSIG = 1  # prctl(2)


def die_with_parent(signal_number: int = signal.SIGKILL) -> None:
    """Ask the kernel for a signal to this process when its parent's thread ends. Linux only; elsewhere nothing."""
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError):
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(signal_number), 0, 0, 0)
    if os.getppid() == 1 and os.getpid() != 1 and os.environ.get(LIFELINE_VARIABLE):
        os.kill(os.getpid(), signal_number)  # it ended before we could ask


class Lifeline:
    """The reading end, as the environment names it; without one it never breaks."""

    def __init__(self) -> None:
        given = os.environ.get(LIFELINE_VARIABLE, "")
        self._handle = int(given) if given.isdigit() else None

    def wait(self, seconds: float, waker: int) -> bool:
        """Wait until the lifeline breaks, something can be read from ``waker``, or time is up. Gives whether it
        broke."""
        handles = [waker] if self._handle is None else [self._handle, waker]
        readable, _, _ = select.select(handles, [], [], seconds)
        return self._handle in readable
