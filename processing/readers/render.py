"""A PDF page as a PNG picture, for the review desk and for OCR."""

from __future__ import annotations

import io

from processing.errors import CorruptFile
from processing.readers.pdf import open_pdf

# A page of a hostile file can claim metres of paper; 25 megapixels are A2 at 200 dpi.
MAX_PIXELS = 25_000_000


def render_page(data: bytes, page: int, *, dpi: int = 110) -> bytes:
    """Page ``page`` (1-based) as PNG bytes at ``dpi``, less where the page is huge. Raises CorruptFile, EncryptedFile
    and IndexError for a page that is not there."""
    with open_pdf(data) as document:
        if not 1 <= page <= len(document):
            raise IndexError(f"page {page} of {len(document)}")
        pdf_page = document[page - 1]
        try:
            width, height = pdf_page.get_size()
            if width <= 0 or height <= 0:
                raise CorruptFile("The page has no size.")
            scale = min(dpi / 72, (MAX_PIXELS / (width * height)) ** 0.5)
            image = pdf_page.render(scale=scale).to_pil()
        finally:
            pdf_page.close()
    buffer = io.BytesIO()
    image.save(buffer, format="PNG")
    return buffer.getvalue()
