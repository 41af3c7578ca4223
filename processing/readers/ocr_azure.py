"""OCR by Azure AI Document Intelligence, REST API 2024-11-30: analyze with ``prebuilt-layout``, then poll.

https://learn.microsoft.com/rest/api/aiservices/document-models/analyze-document
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import requests

from common.managed_identity import IdentityUnavailable
from processing.errors import ExtractionFailed, OcrTimeout, OcrUnavailable
from processing.readers.ocr import OcrResult, OcrWord
from processing.readers.ocr_http import answered, refused, unreached

API_VERSION = "2024-11-30"
_FIRST_POLL_SECONDS = 0.5
_MAX_POLL_SECONDS = 5.0


class AzureEngine:
    """Sends one picture at a time. The key, or a managed identity's ``token``, goes to that host only."""

    def __init__(
        self, endpoint: str, key: str, *, token: Callable[[], str] | None = None, timeout_seconds: float = 60.0
    ) -> None:
        if not endpoint or not (key or token):
            raise ValueError("AZURE_DI_ENDPOINT and AZURE_DI_KEY are needed for OCR_ENGINE=azure")
        self._endpoint = endpoint.rstrip("/")
        self._key, self._token = key, token
        self._timeout_seconds = timeout_seconds

    def read_picture(self, png: bytes) -> OcrResult:
        """Raises OcrUnavailable where the service is away, ExtractionFailed where it cannot read the picture."""
        deadline = time.monotonic() + self._timeout_seconds
        url = f"{self._endpoint}/documentintelligence/documentModels/prebuilt-layout:analyze"
        try:
            with requests.Session() as session:
                session.headers.update(self._credentials())
                started = session.post(
                    url,
                    params={"api-version": API_VERSION},
                    data=png,
                    headers={"Content-Type": "application/octet-stream"},
                    timeout=self._timeout_seconds,
                    allow_redirects=False,
                )
                if started.status_code != 202:
                    raise refused(started)
                return _result(self._poll(session, started.headers.get("Operation-Location", ""), deadline))
        except requests.RequestException as error:
            raise unreached(error) from error
        except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
            raise ExtractionFailed("The OCR service's response is not as documented.") from error

    def _credentials(self) -> dict[str, str]:
        if self._token is None:
            return {"Ocp-Apim-Subscription-Key": self._key}
        try:
            return {"Authorization": f"Bearer {self._token()}"}
        except IdentityUnavailable as error:
            raise OcrUnavailable(str(error)) from error

    def _poll(self, session: requests.Session, operation: str, deadline: float) -> dict[str, Any]:
        if urlsplit(operation)[:2] != urlsplit(self._endpoint)[:2]:
            raise ExtractionFailed("The OCR service names an operation on another host.")
        wait_seconds = _FIRST_POLL_SECONDS
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                raise OcrTimeout(f"The OCR service took more than {self._timeout_seconds:g} seconds.")
            time.sleep(min(wait_seconds, left))
            reply = session.get(operation, timeout=max(left, 1.0), allow_redirects=False)
            if reply.status_code == 429:
                wait_seconds = _seconds(reply.headers.get("Retry-After"), _MAX_POLL_SECONDS)
                continue
            if reply.status_code != 200:
                raise refused(reply)
            body: dict[str, Any] = answered(reply)
            if body["status"] == "succeeded":
                return body
            if body["status"] not in ("notStarted", "running"):
                raise ExtractionFailed("The OCR service could not read the image.")
            wait_seconds = min(_seconds(reply.headers.get("Retry-After"), wait_seconds * 1.5), _MAX_POLL_SECONDS)


def _seconds(value: str | None, otherwise: float) -> float:
    return float(value) if value and value.isdecimal() else otherwise


def _result(body: dict[str, Any]) -> OcrResult:
    pages = body["analyzeResult"]["pages"]
    if not pages:
        return OcrResult(())
    page = pages[0]  # a picture has one; its unit is the pixel
    words = []
    for word in page.get("words", ()):
        x0, y0, x1, y1, x2, y2, x3, y3 = (float(number) for number in word["polygon"])
        corners = ((x0, y0), (x1, y1), (x2, y2), (x3, y3))
        words.append(OcrWord(str(word["content"]), corners, float(word.get("confidence", 1.0))))
    angle = float(page.get("angle") or 0.0)  # degrees clockwise, from -180 to 180
    turns = round(angle / 90)
    return OcrResult(tuple(words), turns % 4, angle - 90 * turns)
