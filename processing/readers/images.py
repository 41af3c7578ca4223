"""Pictures (PNG, JPEG, TIFF of several pages, WebP, HEIC) as page pictures for OCR, with bounds before decoding."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import pillow_heif
from PIL import Image, ImageOps

from processing.errors import CorruptFile, FileTooLarge
from processing.readers import media_types
from processing.readers.limits import DEFAULT_LIMITS, ReadLimits
from processing.readers.ocr import Picture

_FORMATS = {
    media_types.PNG: "PNG",
    media_types.JPEG: "JPEG",
    media_types.TIFF: "TIFF",
    media_types.WEBP: "WEBP",
    media_types.HEIC: "HEIF",
}
_A4_WIDTH_POINTS = 595.0
# OCR works on at most 2000 pixels a side; till rolls are read in tiles of that size.
_MAX_WIDTH_PIXELS = 2400
_MAX_LONG_PIXELS = 12_000
# 72 and 96 dpi are what programs write that know nothing of the paper.
_MIN_TRUSTED_DPI = 100
_MAX_TRUSTED_DPI = 1200
_DECODER_ERRORS = (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, IndexError, RuntimeError)

pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = None  # the bound is ReadLimits.pixels, checked by the header


@contextmanager
def _opened(data: bytes, media_type: str, limits: ReadLimits) -> Iterator[Image.Image]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of odd metadata, which is nothing to act on
        try:
            image = Image.open(io.BytesIO(data), formats=[_FORMATS[media_type]])
        except MemoryError:
            raise
        except (*_DECODER_ERRORS, Image.DecompressionBombError) as error:
            raise CorruptFile("The image is damaged and cannot be opened.") from error
        with image:
            yield image


def _check_size(image: Image.Image, limits: ReadLimits) -> None:
    if image.width * image.height > limits.pixels:
        raise FileTooLarge(
            f"The image has {image.width:,} × {image.height:,} pixels; {limits.pixels / 1e6:g} million are allowed."
        )


def probe_image(data: bytes, media_type: str, *, limits: ReadLimits = DEFAULT_LIMITS) -> None:
    """Looks at the header only. Raises CorruptFile or FileTooLarge."""
    with _opened(data, media_type, limits) as image:
        _check_size(image, limits)


def frame_count(data: bytes, media_type: str, *, limits: ReadLimits = DEFAULT_LIMITS) -> int:
    """How many pages: those of a TIFF; for other formats one. Raises CorruptFile."""
    if media_type != media_types.TIFF:
        return 1
    with _opened(data, media_type, limits) as image:
        try:
            return int(getattr(image, "n_frames", 1))
        except _DECODER_ERRORS as error:
            raise CorruptFile("The image is damaged.") from error


def pictures(data: bytes, media_type: str, *, limits: ReadLimits = DEFAULT_LIMITS) -> Iterator[Picture]:
    """The pages one at a time, as a person sees them: turned by the camera's mark, on white. At most ``ocr_pages``.

    Raises CorruptFile, FileTooLarge (pixels).
    """
    with _opened(data, media_type, limits) as image:
        index = 0
        while index < limits.ocr_pages:
            try:
                if index:
                    if media_type != media_types.TIFF:
                        return
                    image.seek(index)
            except EOFError:
                return
            except _DECODER_ERRORS as error:
                raise CorruptFile("A page of the image is damaged.") from error
            _check_size(image, limits)
            try:
                shown = _as_shown(image)
            except MemoryError:
                raise
            except _DECODER_ERRORS as error:
                raise CorruptFile("The image is damaged.") from error
            index += 1
            yield _picture(index, shown, image.info.get("dpi"))


def _as_shown(image: Image.Image) -> Image.Image:
    # JPEG decodes straight to a half or a quarter: a photograph of 50 megapixels never stands in memory in full.
    image.draft(None, _bounded(image.width, image.height))
    frame: Image.Image = image
    if frame.mode in ("I;16", "I;16B", "I", "F"):
        frame = _eight_bit(frame)
    if frame.mode in ("RGBA", "LA", "PA") or "transparency" in frame.info:
        rgba = frame.convert("RGBA")
        frame = Image.new("RGB", rgba.size, "white")
        frame.paste(rgba, mask=rgba.getchannel("A"))
    elif frame.mode not in ("L", "RGB"):
        frame = frame.convert("L" if frame.mode == "1" else "RGB")
    else:
        frame = frame.copy()
    orientation = image.getexif().get(0x0112, 1)
    if orientation != 1:
        frame.getexif()[0x0112] = orientation
        frame = ImageOps.exif_transpose(frame)
    size = _bounded(frame.width, frame.height)
    if size != frame.size:
        frame = frame.resize(size, Image.Resampling.LANCZOS)
    return frame


def _eight_bit(image: Image.Image) -> Image.Image:
    low, high = image.convert("F").getextrema()
    span = (float(high) - float(low)) or 1.0  # type: ignore[arg-type]
    return image.convert("F").point(lambda v: (v - float(low)) * (255.0 / span)).convert("L")  # type: ignore[arg-type]


def _bounded(width: int, height: int) -> tuple[int, int]:
    short, long = min(width, height), max(width, height)
    scale = min(1.0, _MAX_WIDTH_PIXELS / max(short, 1), _MAX_LONG_PIXELS / max(long, 1))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _picture(number: int, image: Image.Image, dpi: object) -> Picture:
    width = _A4_WIDTH_POINTS
    if isinstance(dpi, tuple) and dpi and _trusted(dpi[0]):
        # The picture may have been scaled down since: the paper's width goes by A4 where that makes no paper size.
        width = min(max(image.width * 72 / float(dpi[0]), 100.0), 3400.0)
    height = width * image.height / max(image.width, 1)
    return Picture(number, _png(image), image.size, (width, height))


def _trusted(dpi: object) -> bool:
    try:
        return _MIN_TRUSTED_DPI <= float(dpi) <= _MAX_TRUSTED_DPI  # type: ignore[arg-type]
    except (TypeError, ValueError, ZeroDivisionError):
        return False


def _png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    # Level 1: the picture only crosses a pipe; a smaller one would cost more time than it saves.
    image.save(buffer, format="PNG", compress_level=1)
    return buffer.getvalue()


def render_picture(data: bytes, media_type: str, page: int, *, limits: ReadLimits = DEFAULT_LIMITS) -> bytes:
    """Page ``page`` (1-based) of a picture file as PNG bytes. Raises IndexError for a page that is not there."""
    for picture in pictures(data, media_type, limits=limits):
        if picture.number == page:
            return picture.png
    raise IndexError(f"page {page}")
