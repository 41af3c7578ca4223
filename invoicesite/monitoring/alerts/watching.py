"""The thread that watches: in the supervisor and in the web processes, so that one is told of the other's end."""

from __future__ import annotations

import random
import threading
from typing import Any

import structlog
from django.db import Error, connection

from common.own_connection import use_own_connection
from invoicesite.monitoring.alerts.services import ROUND_SECONDS, look_round, send_due, take_round
from invoicesite.monitoring.scraping import free_shares

log = structlog.get_logger(__name__)

_stopping = threading.Event()


def start_watching(**_: Any) -> None:
    """Receiver of ``work_started``, and called by the web process."""
    threading.Thread(target=_watch, name="watch", daemon=True).start()


def watch_once() -> int:
    """One look, where it is this process's turn, and sending what is due; gives how many alerts were told."""
    if take_round():
        look_round(free_shares())
    return send_due()


def _watch() -> None:
    # Processes that start together do not all ask at the same moment.
    while not _stopping.wait(ROUND_SECONDS * random.uniform(0.4, 1.0)):
        use_own_connection()
        try:
            watch_once()
        except Error as error:
            log.warning("site_not_watched", error=type(error).__name__)
        except Exception:
            log.exception("watch_defect")  # the next look may go well
        finally:
            connection.close()
