"""Which version of the software runs and where its files are."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from invoicesite import __version__, env

_PACKAGE = Path(__file__).resolve().parent
_ROOT = _PACKAGE.parent


def version() -> str:
    """The release, as in the API's schema and in the package."""
    return __version__


def home() -> Path:
    """Where files are kept (``var``, ``staticfiles``): the checkout, or where an installed program is started."""
    return _ROOT if (_ROOT / "manage.py").exists() else Path.cwd()


def templates_folder() -> Path:
    """The templates of the checkout, or those that a wheel carries inside the package."""
    return _ROOT / "templates" if (_ROOT / "manage.py").exists() else _PACKAGE / "templates"


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
