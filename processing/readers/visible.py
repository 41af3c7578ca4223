"""Which words of a PDF page a person sees: the page is drawn with and without its text, and what a word changes on the
picture is what is seen of it. Covers invisible, transparent, white, covered, clipped and switched-off text alike."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from processing.content.records import Box, Word
from processing.readers.digit_shapes import digits_lie

_DPI = 100.0  # a letter of 4 points is 5 pixels high
_MAX_PIXELS = 16_000_000  # A2 at 100 dpi; a byte each, twice
_MIN_SCALE = 0.7
# Of 255 shades of grey: yellow on white has 18, light grey 60, what nobody sees (a hundredth off the background) 3.
_SEEN_DIFFERENCE = 10
_SHOWN_DIFFERENCE = 40
_COLUMNS_LOOKED_AT = 8
_TINY_POINTS = 2.0
_SAME_PLACE = 0.6

Array = npt.NDArray[np.uint8]


@dataclass(slots=True)
class Glyphs:
    """The characters of a page's words: box in points as the page is shown, PDFium's index, and the word (by its
    index in ``words``). ``directions``: that of each word's text, in quarter turns clockwise as the page is shown."""

    words: list[Word] = field(default_factory=list)
    directions: list[int] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    indices: list[int] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sight:
    """What became of each word. ``unseen``: indices of words that nobody sees; ``over_something``: those of them where
    the page shows something else (a scan, a box in colour). ``doubtful``: the page has to be compared with its picture
    (words drawn upon each other, glyphs that look like other digits, a page too large to be drawn)."""

    unseen: frozenset[int] = frozenset()
    over_something: frozenset[int] = frozenset()
    doubtful: bool = False


def look_at(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, glyphs: Glyphs) -> Sight:
    """Draws the page twice, the second time with its text switched off."""
    if not glyphs.words:
        return Sight()
    width, height = page.get_size()
    scale = min(_DPI / 72, (_MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
    if scale < _MIN_SCALE:
        return Sight(doubtful=True)
    with_text = _drawn(page, scale)
    objects = _text_objects(text_page, glyphs)
    for raw in objects.values():
        pdfium_c.FPDFPageObj_SetIsActive(raw, False)
    without = _drawn(page, scale)
    difference = np.maximum(with_text, without) - np.minimum(with_text, without)
    unseen = _without_ink(difference >= _SEEN_DIFFERENCE, glyphs, scale)
    for raw in objects.values():
        pdfium_c.FPDFPageObj_SetIsActive(raw, True)
    over = frozenset(i for i in unseen if _shows_something(without, glyphs.words[i].box, scale))
    characters = zip(glyphs.indices, glyphs.codes, glyphs.boxes, glyphs.owners, strict=True)
    seen = [(i, code, box, glyphs.directions[owner]) for i, code, box, owner in characters if owner not in unseen]
    doubtful = _upon_each_other(glyphs.words, unseen) or digits_lie(page, text_page, seen)
    return Sight(frozenset(unseen), over, doubtful)


def _drawn(page: pdfium.PdfPage, scale: float) -> Array:
    bitmap = page.render(scale=scale, grayscale=True)
    drawn: Array = bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width].copy()
    bitmap.close()
    return drawn


def _text_objects(text_page: pdfium.PdfTextPage, glyphs: Glyphs) -> dict[int, object]:
    """The objects that draw the words, by address: also those within forms, which the page does not list."""
    found: dict[int, object] = {}
    for index in glyphs.indices:
        raw = pdfium_c.FPDFText_GetTextObject(text_page.raw, index)
        if raw:
            found[ctypes.addressof(raw.contents)] = raw
    return found


def _without_ink(ink: npt.NDArray[np.bool_], glyphs: Glyphs, scale: float) -> set[int]:
    rows, columns = ink.shape
    below = np.zeros((rows + 1, columns), np.uint16)  # how much ink stands above each pixel in its column
    marks = ink.view(np.uint8)
    for row in range(rows):  # numpy's cumsum over columns takes twice as long
        np.add(below[row], marks[row], out=below[row + 1])
    boxes = np.array(glyphs.boxes) * scale
    # The middle of the box: lines above and below reach into its edges.
    margin_x, margin_y = (boxes[:, 2] - boxes[:, 0]) * 0.15, (boxes[:, 3] - boxes[:, 1]) * 0.15
    left = np.clip(np.floor(boxes[:, 0] + margin_x), 0, columns).astype(int)
    top = np.clip(np.floor(boxes[:, 1] + margin_y), 0, rows).astype(int)
    right = np.clip(np.ceil(boxes[:, 2] - margin_x), 0, columns).astype(int)
    bottom = np.clip(np.ceil(boxes[:, 3] - margin_y), 0, rows).astype(int)
    steps = np.arange(_COLUMNS_LOOKED_AT)[None, :] * (right - left - 1)[:, None] // (_COLUMNS_LOOKED_AT - 1)
    at = np.clip(left[:, None] + steps, 0, columns - 1)
    inked_glyphs = (below[np.maximum(bottom, top)[:, None], at] != below[top[:, None], at]).any(axis=1) & (right > left)
    seen: list[list[bool]] = [[] for _ in glyphs.words]
    digits_unseen: set[int] = set()
    others: list[bool] = [False] * len(glyphs.words)
    for owner, code, inked in zip(glyphs.owners, glyphs.codes, inked_glyphs, strict=True):
        if not chr(code).isalnum():
            others[owner] = others[owner] or bool(inked)
            continue
        seen[owner].append(bool(inked))
        if not inked and chr(code).isdigit():
            digits_unseen.add(owner)
    unseen = set(digits_unseen)
    for index, word in enumerate(glyphs.words):
        shown = seen[index]
        if word.size < _TINY_POINTS or (sum(shown) < 0.6 * len(shown) if shown else not others[index]):
            unseen.add(index)
    return unseen


def _shows_something(picture: Array, box: Box, scale: float) -> bool:
    rows, columns = picture.shape
    left, top = max(int(box[0] * scale), 0), max(int(box[1] * scale), 0)
    right, bottom = min(int(box[2] * scale) + 1, columns), min(int(box[3] * scale) + 1, rows)
    part = picture[top:bottom, left:right]
    return bool(part.size) and int(part.max()) - int(part.min()) >= _SHOWN_DIFFERENCE


def _upon_each_other(words: Sequence[Word], unseen: set[int]) -> bool:
    """Whether two different words with digits stand in the same place: which of them is seen, the ink does not say."""
    numbered = sorted(
        (w.box, w.text, w.size) for i, w in enumerate(words) if i not in unseen and any(c.isdigit() for c in w.text)
    )
    for index, (box, text, size) in enumerate(numbered):
        for other, other_text, other_size in numbered[index + 1 : index + 60]:
            if other[0] > box[2]:
                break
            if text != other_text and 0.5 < size / max(other_size, 0.1) < 2 and _share(box, other) > _SAME_PLACE:
                return True
    return False


def _share(a: Box, b: Box) -> float:
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    smaller = min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1]))
    return width * height / max(smaller, 0.1)
