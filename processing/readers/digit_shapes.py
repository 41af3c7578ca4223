"""Whether the digits of a PDF look like what its text says: a font's character map may lie, its glyphs cannot."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from functools import cache

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from processing.content.records import Box

_FONTS = ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Times-Roman", "Times-Bold", "Courier", "Courier-Bold")
_ROWS, _COLUMNS = 16, 12
_SIZE = 48.0
_MIN_PIXELS = 7  # lower than this a digit is a smear
_MIN_CONTRAST = 40
_HEIGHT_PIXELS = 36.0
_MAX_SAMPLES = 60
# Of 1: by so much another digit must look more like the glyph than the one that it is said to be. Of 3,200 digits of
# 110 true documents one was above 0.12, a 4 printed twice.
_MARGIN = 0.12

Shade = npt.NDArray[np.float32]
Ink = npt.NDArray[np.uint8]


Glyph = tuple[int, int, Box, int]  # PDFium's index, code, box in points as the page is shown, quarter turns clockwise


def digits_lie(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, glyphs: Iterable[Glyph]) -> bool:
    """Whether a digit of the page looks clearly like another one: the largest of each digit of each font is drawn and
    looked at."""
    largest: dict[tuple[int, int, int], tuple[float, Box]] = {}
    for index, code, box, turns in glyphs:
        if not 0x30 <= code <= 0x39:
            continue
        raw = pdfium_c.FPDFText_GetTextObject(text_page.raw, index)
        font = pdfium_c.FPDFTextObj_GetFont(raw) if raw else None
        key = (ctypes.addressof(font.contents) if font else 0, code - 0x30, turns)
        height = max(box[3] - box[1], box[2] - box[0])
        if height > largest.get(key, (0.0, box))[0]:
            largest[key] = (height, box)
    sampled = sorted(
        ((height, digit, turns, box) for (_, digit, turns), (height, box) in largest.items()), reverse=True
    )
    return any(
        looks_like_another(np.rot90(_drawn(page, box), turns), digit) for _, digit, turns, box in sampled[:_MAX_SAMPLES]
    )


def _drawn(page: pdfium.PdfPage, box: Box) -> Ink:
    """The ink of one box of the page, 0 to 255, against what surrounds it."""
    width, height = page.get_size()
    scale = _HEIGHT_PIXELS / max(box[3] - box[1], box[2] - box[0], 1.0)
    edges = (box[0], height - box[3], width - box[2], box[1])  # what is cut off: left, bottom, right, top
    if min(edges) < 0:
        return np.zeros((1, 1), np.uint8)
    bitmap = page.render(scale=scale, crop=edges, grayscale=True, draw_annots=False)
    shades = bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width].astype(np.int16)
    ground = int(np.median(np.concatenate([shades[0], shades[-1]])))
    ink: Ink = np.abs(shades - ground).astype(np.uint8)
    return ink


def looks_like_another(ink: Ink, digit: int) -> bool:
    """Whether a glyph (its ink, 0 to 255) looks clearly more like another digit than like ``digit``."""
    shape = _shape(ink) if ink.size and int(ink.max()) >= _MIN_CONTRAST else None
    if shape is None:
        return False
    scores = (_templates() @ shape).reshape(-1, 10).max(axis=0)  # 10 digits of each font: the best of each digit
    return float(np.delete(scores, digit).max() - scores[digit]) > _MARGIN


def _shape(ink: Ink) -> Shade | None:
    """The glyph cut out, brought to one size and one weight; None for what is too small to tell."""
    strong = ink >= max(int(ink.max()) // 3, 1)
    rows, columns = np.flatnonzero(strong.any(axis=1)), np.flatnonzero(strong.any(axis=0))
    if not len(rows) or rows[-1] - rows[0] + 1 < _MIN_PIXELS:
        return None
    cut = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(np.float32)
    height, width = cut.shape
    if width * 3.2 < height:  # a 1 without feet: stretched it would be a block
        padded = np.zeros((height, height // 2 + 1), np.float32)
        start = (padded.shape[1] - width) // 2
        padded[:, start : start + width] = cut
        cut = padded
    shade = _resized(cut)
    shade -= shade.mean()
    norm = float(np.linalg.norm(shade))
    return (shade / norm).ravel() if norm else None


def _resized(cut: Shade) -> Shade:
    """Bilinear, to the grid of the templates."""
    height, width = cut.shape
    y = np.clip((np.arange(_ROWS) + 0.5) * height / _ROWS - 0.5, 0, height - 1)
    x = np.clip((np.arange(_COLUMNS) + 0.5) * width / _COLUMNS - 0.5, 0, width - 1)
    y0, x0 = y.astype(int), x.astype(int)
    y1, x1 = np.minimum(y0 + 1, height - 1), np.minimum(x0 + 1, width - 1)
    fy, fx = (y - y0)[:, None], (x - x0)[None, :]
    top = cut[y0][:, x0] * (1 - fx) + cut[y0][:, x1] * fx
    bottom = cut[y1][:, x0] * (1 - fx) + cut[y1][:, x1] * fx
    resized: Shade = (top * (1 - fy) + bottom * fy).astype(np.float32)
    return resized


@cache
def _templates() -> Shade:
    """The ten digits of PDFium's own fonts, a row each."""
    document = pdfium.PdfDocument.new()
    page = document.new_page(10 * _SIZE, len(_FONTS) * 2 * _SIZE)
    for number, name in enumerate(_FONTS):
        font = pdfium_c.FPDFText_LoadStandardFont(document.raw, name.encode())
        for digit in range(10):
            text = pdfium_c.FPDFPageObj_CreateTextObj(document.raw, font, _SIZE)
            code = (ctypes.c_uint16 * 2)(ord("0") + digit, 0)
            pdfium_c.FPDFText_SetText(text, ctypes.cast(code, ctypes.POINTER(ctypes.c_uint16)))
            pdfium_c.FPDFPageObj_Transform(text, 1, 0, 0, 1, digit * _SIZE, number * 2 * _SIZE + _SIZE / 2)
            pdfium_c.FPDFPage_InsertObject(page.raw, text)
    pdfium_c.FPDFPage_GenerateContent(page.raw)
    bitmap = page.render(scale=1, grayscale=True)
    picture = 255 - bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width]
    step = int(_SIZE)
    shapes = []
    for number in reversed(range(len(_FONTS))):
        for digit in range(10):
            shape = _shape(picture[number * 2 * step : (number + 1) * 2 * step, digit * step : (digit + 1) * step])
            assert shape is not None
            shapes.append(shape)
    document.close()
    return np.stack(shapes)
