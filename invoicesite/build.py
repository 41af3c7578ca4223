"""Which version of the software runs: for health, metrics and the first line of a log."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.conf import settings

from invoicesite import env

_ROOT = Path(__file__).resolve().parent.parent


def version() -> str:
    """The release, as in the API's schema."""
    return str(settings.SPECTACULAR_SETTINGS["VERSION"])


@cache
def commit() -> str:
    """What it was built from: ``BUILD_COMMIT``, which the image carries, or the checkout's; empty where unknown."""
    return env.text("BUILD_COMMIT")[:40] or _commit_of(_ROOT / ".git")


def _commit_of(git: Path) -> str:
    try:
        head = (git / "HEAD").read_text().strip()
        name = head.removeprefix("ref: ")
        if name == head:
            return head[:40]
        if (git / name).exists():
            return (git / name).read_text().strip()[:40]
        packed = re.search(rf"^([0-9a-f]{{40}}) {re.escape(name)}$", (git / "packed-refs").read_text(), re.MULTILINE)
        return packed.group(1) if packed else ""
    except OSError:
        return ""
