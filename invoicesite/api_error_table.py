"""Every error that the API can answer or a job can end with, as the table of docs/api.md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from common.errors import InvoicesiteError, SecondPersonNeeded, VersionConflict, VersionMissing
from invoicesite.api_errors import CODES
from processing.errors import BudgetExceeded, ExtractionFailed, LLMError

PACKAGES = ("common", "invoices", "processing", "invoicesite")
BASE = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- errors -->", "<!-- end of errors -->"
_AGAIN = {
    "not_authenticated": "with credentials",
    "authentication_failed": "with other credentials",
    "throttled": "after `Retry-After` seconds",
    VersionConflict.code: "after reading again",
    VersionMissing.code: "with `If-Match`",
    SecondPersonNeeded.code: "by somebody else",
    "override_needed": "with `override`",
    "idempotency_key_reused": "with a key of its own",
    "error": "no; it is logged with the request id",
}


@dataclass(frozen=True, slots=True)
class KnownError:
    """``again`` is what a client does about it, ``says`` its sentence where none is more exact."""

    code: str
    http_status: int
    again: str
    says: str


def known_errors() -> list[KnownError]:
    """By status and code, each code once."""
    _load_all()
    found: dict[str, KnownError] = {}
    for kind, code in CODES:
        again = _AGAIN.get(code, "no")
        found[code] = KnownError(code, int(kind.status_code), again, str(kind.default_detail))
    for each in _kinds(InvoicesiteError):
        again = _AGAIN.get(each.code) or _again(each)
        found.setdefault(each.code, KnownError(each.code, each.http_status, again, each.default_message))
    return sorted(found.values(), key=lambda each: (each.http_status, each.code))


def as_markdown() -> str:
    """The table between its marks."""
    rows = [f"| `{e.code}` | {e.http_status} | {e.again} | {e.says} |" for e in known_errors()]
    return "\n".join(
        [BEGIN, "| code | HTTP | again? | what it says, where nothing is more exact |", "|---|---|---|---|", *rows, END]
    )


def _load_all() -> None:
    """Import whatever defines an error, so that the table does not depend on what was used before."""
    for package in PACKAGES:
        for path in sorted((BASE / package).rglob("*.py")):
            if "Error)" in (text := path.read_text(encoding="utf-8")) and "\n    code = " in text:
                import_module(".".join(path.relative_to(BASE).with_suffix("").parts))


def _again(kind: type[InvoicesiteError]) -> str:
    if issubclass(kind, (ExtractionFailed, LLMError, BudgetExceeded)):
        return "a job: `retry/`"
    return "no" if kind.permanent else "after `Retry-After` seconds"


def _kinds(kind: type[InvoicesiteError]) -> Iterator[type[InvoicesiteError]]:
    if kind.__module__.split(".")[0] in PACKAGES:
        yield kind
    for below in kind.__subclasses__():
        yield from _kinds(below)
