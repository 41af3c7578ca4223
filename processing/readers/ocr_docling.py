"""OCR by docling-serve (API v1): ``POST /v1/convert/file`` gives a DoclingDocument as JSON.

https://docling-project.github.io/docling/usage/api_server/rest_api/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import requests

from processing.errors import ExtractionFailed
from processing.readers.ocr import OcrResult, OcrWord, Point
from processing.readers.ocr_http import answered, refused, unreached

_OPTIONS = {
    "from_formats": "image",
    "to_formats": "json",
    "do_ocr": "true",
    "force_ocr": "true",
    "do_table_structure": "true",
    "image_export_mode": "placeholder",
    "abort_on_error": "true",
}


class DoclingEngine:
    """Sends one picture at a time. Its texts are lines and paragraphs: words are shared out within their boxes."""

    def __init__(self, url: str, *, key: str = "", timeout_seconds: float = 60.0) -> None:
        if not url:
            raise ValueError("DOCLING_URL is needed for OCR_ENGINE=docling")
        self._url = url.rstrip("/")
        self._headers = {"X-Api-Key": key} if key else {}
        self._timeout_seconds = timeout_seconds

    def read_picture(self, png: bytes) -> OcrResult:
        """Raises OcrUnavailable where the service is away, ExtractionFailed where it cannot read the picture."""
        try:
            reply = requests.post(
                f"{self._url}/v1/convert/file",
                files={"files": ("page.png", png, "image/png")},
                data=_OPTIONS,
                headers=self._headers,
                timeout=self._timeout_seconds,
                allow_redirects=False,
            )
            if reply.status_code != 200:
                raise refused(reply)
            body = answered(reply)
            if body.get("status") not in ("success", "partial_success"):
                raise ExtractionFailed("The OCR service could not read the image.")
            document = body["document"]["json_content"]
            return OcrResult(tuple(_words(document, _pixels(png))))
        except requests.RequestException as error:
            raise unreached(error) from error
        except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
            raise ExtractionFailed("The OCR service's response is not as documented.") from error


def _pixels(png: bytes) -> tuple[int, int]:
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


def _words(document: dict[str, Any], pixels: tuple[int, int]) -> Iterator[OcrWord]:
    size = next(iter(document["pages"].values()))["size"]
    width, height = float(size["width"]), float(size["height"])
    scale = (pixels[0] / width, pixels[1] / height)
    for text, box in _texts(document):
        top, bottom = float(box["t"]), float(box["b"])
        if str(box.get("coord_origin", "TOPLEFT")).upper() == "BOTTOMLEFT":
            top, bottom = height - top, height - bottom
        x0, x1 = float(box["l"]) * scale[0], float(box["r"]) * scale[0]
        yield from _lines(text, (x0, top * scale[1]), (x1, bottom * scale[1]))


def _texts(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Texts and table cells with their boxes (top left or bottom left origin, in units of the page's size)."""
    for item in document.get("texts", ()):
        for place in item.get("prov", ())[:1]:
            yield str(item.get("orig") or item.get("text") or ""), place["bbox"]
    for table in document.get("tables", ()):
        for cell in table.get("data", {}).get("table_cells", ()):
            if cell.get("bbox"):
                yield str(cell.get("text") or ""), cell["bbox"]


def _lines(text: str, start: Point, end: Point) -> Iterator[OcrWord]:
    """A paragraph's lines share its height."""
    lines = [line for line in text.splitlines() if line.strip()]
    step = (end[1] - start[1]) / max(len(lines), 1)
    for index, line in enumerate(lines):
        top = start[1] + index * step
        bottom = top + step
        yield OcrWord(line, ((start[0], top), (end[0], top), (end[0], bottom), (start[0], bottom)))
