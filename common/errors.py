"""The one exception family. Library exceptions are translated into it where they enter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from common.storable import storable

LONGEST_MESSAGE = 2000  # characters


class InvoicesiteError(Exception):
    """An error that a person or a client sees.

    ``code`` is the public name (the table in docs/api.md), ``http_status`` what the API answers, ``permanent``
    alone decides whether a job is tried again. ``str(error)`` is a sentence for people and holds no secret.
    """

    code = "error"
    http_status = 500
    permanent = True
    default_message = "Something went wrong."

    def __init__(self, message: str = "") -> None:
        # Some quote a server or a document.
        super().__init__(storable(message, LONGEST_MESSAGE) or self.default_message)

    @property
    def message(self) -> str:
        return str(self)


class NotFound(InvoicesiteError):
    code = "not_found"
    http_status = 404
    default_message = "There is no such record, or it is not yours."


class InvalidState(InvoicesiteError):
    """The record is not in a state that allows this (approving twice, cancelling a finished job)."""

    code = "invalid_state"
    http_status = 409
    default_message = "The record's status does not allow this."


class VersionConflict(InvoicesiteError):
    """Somebody else changed the record since it was read."""

    code = "version_conflict"
    http_status = 412
    default_message = "Someone else changed this record. Reload it and try again."


class VersionMissing(InvoicesiteError):
    """A change of a record that does not say which version it changes."""

    code = "version_missing"
    http_status = 428
    default_message = "Send If-Match (the ETag) or version to say which version you are changing."


class OverrideNeeded(InvalidState):
    """The invoice has an open blocking reason: whoever approves it says why."""

    code = "override_needed"
    default_message = "State why you approve this invoice despite its warning."


class SecondPersonNeeded(InvalidState):
    """The invoice is above the amount that one person may approve alone, and this person may not be the second."""

    code = "second_person_needed"
    default_message = "Another person must approve this invoice."


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one value: ``field`` named as in review reasons (``line_items[2].amount``)."""

    field: str
    code: str
    message: str


class InvalidFields(InvoicesiteError):
    """Values that their fields cannot hold; ``errors`` names each."""

    code = "invalid_request"
    http_status = 400
    default_message = "Some fields are invalid."

    def __init__(self, errors: Iterable[FieldError]) -> None:
        self.errors = tuple(errors)
        named = "; ".join(f"{error.field}: {error.message}" for error in self.errors[:5])
        super().__init__(named)
