"""The errors of the pipeline, one class a code: its HTTP status and whether a retry helps."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from common.errors import InvoicesiteError

if TYPE_CHECKING:
    from processing.usage import Usage


class UnsupportedFormat(InvoicesiteError):
    code = "unsupported_format"
    http_status = 400
    default_message = "This file type is not supported."


class UnsupportedEInvoice(InvoicesiteError):
    """A known electronic invoice format that has no reader; the message names it."""

    code = "unsupported_e_invoice"
    http_status = 400
    default_message = "The file is an electronic invoice in a format that is not supported."


class EmptyFile(InvoicesiteError):
    code = "empty_file"
    http_status = 400
    default_message = "The file is empty."


class CorruptFile(InvoicesiteError):
    code = "corrupt_file"
    http_status = 400
    default_message = "The file is damaged and cannot be opened."


class EncryptedFile(InvoicesiteError):
    code = "encrypted_file"
    http_status = 400
    default_message = "The file is password-protected."


class FileTooLarge(InvoicesiteError):
    code = "file_too_large"
    http_status = 413
    default_message = "The file is larger than allowed."


class DuplicateDocument(InvoicesiteError):
    code = "duplicate_document"
    http_status = 409
    default_message = "This file was submitted before."


class Throttled(InvoicesiteError):
    code = "throttled"
    http_status = 429
    permanent = False
    default_message = "Too many requests."


class ExtractionFailed(InvoicesiteError):
    code = "extraction_failed"
    http_status = 422
    default_message = "The document could not be read."


# Bad gateway, unavailable, gateway time-out (RFC 9110, 15.6), overloaded (in use at several providers).
_AWAY_STATUSES = frozenset({502, 503, 504, 529})


class LLMError(InvoicesiteError):
    """A call to the model failed; the subclasses say how.

    ``retry_after_seconds`` is what the server asked for. ``free`` says that nothing was generated, because the server
    refused the request or was never reached: such a call settles at zero, every other one without ``usage`` at its
    worst case. ``partial_text``, ``counted_output_tokens`` and ``usage`` are what had arrived before it failed.
    """

    code = "llm_failed"
    http_status = 422
    permanent = False
    default_message = "The model's server failed."

    def __init__(
        self,
        message: str = "",
        *,
        retry_after_seconds: float | None = None,
        free: bool = False,
        partial_text: str = "",
        counted_output_tokens: int = 0,
        usage: Usage | None = None,
        request_id: str = "",
        elapsed_seconds: float = 0.0,
        status_code: int | None = None,
    ) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds
        self.free = free
        self.partial_text = partial_text
        self.counted_output_tokens = counted_output_tokens
        self.usage = usage
        self.request_id = request_id
        self.elapsed_seconds = elapsed_seconds
        self.status_code = status_code

    @property
    def away(self) -> bool:
        """Whether the server was never reached, or says that it serves nobody just now: no document is at fault."""
        unreached = self.free and self.status_code is None
        return not self.permanent and (unreached or self.status_code in _AWAY_STATUSES)


class LLMTimeout(LLMError):
    code = "llm_timeout"
    default_message = "The model did not respond in time."


class LLMRateLimited(LLMError):
    code = "llm_rate_limited"
    default_message = "The model's server is limiting requests."

    @property
    def away(self) -> bool:
        return True


class CapabilityChanged(LLMError):
    """The server does not know an option that was sent (a 400 that names it). Nothing was generated, and the next
    attempt goes out without it: try again at once. It settles at zero, is no retry and no failure for the breaker."""

    default_message = "The model's server does not support an option of the request."


class InvalidOutput(LLMError):
    """The reply holds nothing that can be read; ``partial_text`` is the raw reply."""

    code = "invalid_output"
    default_message = "The model's reply could not be read."


class LLMAuth(LLMError):
    """The key is wrong, may not do this, or its account has no credit left: no call of this batch can succeed."""

    code = "llm_auth"
    permanent = True
    default_message = "The model's server rejected the API key."


class LLMRefused(LLMError):
    """The request itself is wrong (400) or the model refused: the same request would fail again."""

    permanent = True
    default_message = "The model's server rejected the request."


class LLMCancelled(LLMError):
    """The caller gave up while the model was answering; the connection was closed."""

    code = "cancelled"
    permanent = True
    default_message = "The call was cancelled."


class BudgetExceeded(InvoicesiteError):
    """No call fits what is left (nothing was spent), or a reply was cut at its cap and holds nothing that can be kept
    (``partial_text`` is that reply)."""

    code = "budget_exceeded"
    http_status = 422
    default_message = "The budget does not allow this call."

    def __init__(self, message: str = "", *, partial_text: str = "") -> None:
        super().__init__(message)
        self.partial_text = partial_text


class CeilingReached(BudgetExceeded):
    """A ceiling that spans documents has no room: this job goes back to wait, and no other job of it can be called.

    ``scope`` is batch, month, user or role, ``key`` the batch's id, the month, the user's id or the role's name.
    """

    def __init__(self, message: str, *, scope: str, key: str) -> None:
        super().__init__(message)
        self.scope = scope
        self.key = key


class Deferred(InvoicesiteError):
    """Not now: the job waits until ``not_before`` and does not fail.

    ``waits_for`` is the breaker of what is away, whose jobs go on together when it is back, and ``reason`` is the error
    that the job ends with when that took too long. Without them it waits for a turn among others.
    """

    code = "deferred"
    http_status = 503
    permanent = False
    default_message = "The model cannot be called right now; the job will wait."

    def __init__(
        self,
        message: str = "",
        *,
        not_before: datetime,
        waits_for: str = "",
        reason: InvoicesiteError | None = None,
    ) -> None:
        super().__init__(message)
        self.not_before = not_before
        self.waits_for = waits_for
        self.reason = reason

    @property
    def seconds(self) -> float:
        """How long from now; never negative."""
        return max(0.0, (self.not_before - datetime.now(UTC)).total_seconds())


class ModelUnavailable(Deferred):
    """This model is not called for now (open breaker, Retry-After); another one might be."""


class Unavailable(InvoicesiteError):
    """Something that the software needs is away: callers come back later, a job waits and the attempt is not counted.

    ``dependency`` names what is away; ``wanted_seconds`` is how long it asked to be left alone, where it did.
    """

    http_status = 503
    permanent = False
    dependency = ""
    # Whether it may be the document's fault after all, so that attempts are counted unless others fail, too.
    counted = False

    def __init__(self, message: str = "", *, retry_after_seconds: float | None = None) -> None:
        super().__init__(message)
        self.wanted_seconds = retry_after_seconds


class DatabaseUnavailable(Unavailable):
    code = "database_unavailable"
    dependency = "database"
    default_message = "The database does not answer just now. Nothing that was accepted before is lost."


class BrokerUnavailable(Unavailable):
    """The queue that wakes workers is away. Never the answer to a request: the rows decide, and the sweep wakes."""

    code = "broker_unavailable"
    dependency = "broker"
    default_message = "The queue does not answer."


class OcrUnavailable(Unavailable):
    code = "ocr_unavailable"
    dependency = "ocr"
    default_message = "The service that reads pictures does not answer."


class OcrTimeout(OcrUnavailable):
    """A picture was not read in time: the service may be busy, or the picture too much for it."""

    counted = True
    default_message = "The service that reads pictures did not answer in time."


class StorageUnavailable(Unavailable):
    code = "storage_unavailable"
    dependency = "storage"
    default_message = "The file storage is not responding."


class StorageAnsweredWrongly(StorageUnavailable):
    """The storage was reached, and refused."""

    http_status = 502
    default_message = "The file storage returned an invalid response."


class StoredFileWrong(StorageAnsweredWrongly):
    """The storage answers, but this file is not there or is another one: waiting for hours would not bring it."""

    counted = True


class UnexpectedError(InvoicesiteError):
    permanent = False
    default_message = "An unexpected error occurred; the log has the details."


class RecordRefused(InvoicesiteError):
    """The database refused what was to be recorded: the same document would meet the same refusal again."""

    default_message = "The result does not fit the database; the log has the details."


class LostLease(Exception):
    """This worker no longer holds the job: it was taken back, or cancelled. Nothing that it made may be recorded."""


@cache
def passing_codes() -> frozenset[str]:
    """The codes of the errors here that are not permanent: a job that ended with one may fare better another time."""
    here = [each for each in globals().values() if isinstance(each, type) and issubclass(each, InvoicesiteError)]
    return frozenset(each.code for each in here if not each.permanent)
