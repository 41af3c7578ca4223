"""Where records came from: the app that makes them tells the names of its relations and pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Origin:
    """``document`` is the relation from an invoice or a rate card to its file, ``jobs`` the one to the runs that read
    it; ``map_card_page`` is the name of the page that takes a corrected mapping of a card's columns."""

    document: str
    jobs: str
    map_card_page: str

    def document_of(self, record: Any) -> Any:
        """The file of an invoice or a rate card, or None."""
        found = getattr(record, self.document, None)
        # The cards of one list share the file of the first.
        first = getattr(record, "part_of", None) if found is None else None
        return found if first is None else getattr(first, self.document, None)


_told: list[Origin] = []


def tell_origin(origin: Origin) -> None:
    """Called once, when the app that makes records is ready."""
    _told[:] = [origin]


def origin() -> Origin:
    """What was told. Raises LookupError where no app makes records."""
    if not _told:
        raise LookupError("No app has told where records come from (see invoices.origins.tell_origin).")
    return _told[0]
