"""What an OCR service's HTTP answers mean: away, or about the picture."""

from __future__ import annotations

from typing import Any

import requests

from processing.errors import ExtractionFailed, OcrTimeout, OcrUnavailable

# Of the picture alone (RFC 9110, 15.5): malformed, too large, of another kind, not to be read. All other statuses are
# the same for every picture: a wrong key, a wrong address, a limit, a failure.
_OF_THE_PICTURE = frozenset({400, 413, 415, 422})


def refused(reply: requests.Response) -> ExtractionFailed | OcrUnavailable:
    """What to raise for a status that is no success."""
    message = f"The OCR service returned {reply.status_code}."
    if reply.status_code in _OF_THE_PICTURE:
        return ExtractionFailed(message)
    given = reply.headers.get("Retry-After", "")
    return OcrUnavailable(message, retry_after_seconds=float(given) if given.isdecimal() else None)


def unreached(error: requests.RequestException) -> OcrUnavailable:
    """What to raise where there is no answer."""
    if isinstance(error, requests.ReadTimeout):
        return OcrTimeout()
    return OcrUnavailable(f"The OCR service does not answer ({type(error).__name__}).")


def answered(reply: requests.Response) -> Any:
    """The JSON of an answer. Raises OcrUnavailable for what another program says in its place: a proxy, a sign-in."""
    try:
        return reply.json()
    except ValueError as error:
        raise OcrUnavailable("Something else than the OCR service answers at its address.") from error
