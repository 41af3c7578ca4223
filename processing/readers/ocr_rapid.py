"""The embedded OCR engine: RapidOCR on onnxruntime, models in its wheel, no network. Heavy (0.6 to 1 GB): it runs in a
process of its own (``processing.sandbox.calls``) and loads at its first picture."""

from __future__ import annotations

import io
import os
from typing import Any

import numpy as np
from PIL import Image

from processing.errors import ExtractionFailed
from processing.readers.ocr import OcrResult, OcrWord, Point, skew_of

_MIN_SCORE = 0.5
# The engine scales its input down to 2000 pixels on the long side; a till roll of 1:6 would lose its letters.
_MAX_SIDE = 2000
_TILE_OVERLAP = 160


class RapidEngine:
    """Finds lines, their direction and their words. ``threads`` bounds the cores of one picture."""

    def __init__(self, *, threads: int | None = None) -> None:
        from rapidocr import RapidOCR  # 2 s and 100 MB: only who reads a picture pays

        self._ocr: Any = RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.text_score": 0.0,  # its filter loses the order of words: it is done here
                "Global.return_word_box": True,
                "Global.max_side_len": _MAX_SIDE,
                "EngineConfig.onnxruntime.intra_op_num_threads": threads or os.cpu_count() or 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )

    def read_picture(self, png: bytes) -> OcrResult:
        """The words of a picture, whichever way it is turned. Raises ExtractionFailed for what is no picture."""
        try:
            with Image.open(io.BytesIO(png), formats=["PNG"]) as picture:
                pixels = np.asarray(picture.convert("RGB"))[:, :, ::-1]
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
            raise ExtractionFailed("The image of a page cannot be opened.") from error
        height, width = pixels.shape[:2]
        if min(height, width) < 8:
            return OcrResult(())
        turns = 0
        words: list[OcrWord] = []
        for top in _tile_tops(height, width):
            tile = pixels[top : top + _tile_height(height, width)]
            tile_words, turns = self._read(np.ascontiguousarray(tile))
            words = _merged(words, [_moved(word, top) for word in tile_words], top)
        return OcrResult(tuple(words), turns, skew_of(words, turns))

    def _read(self, pixels: np.ndarray[Any, Any]) -> tuple[list[OcrWord], int]:
        """The words, and by how many quarter turns clockwise their text is turned."""
        found = self._find(pixels)
        if found is None:
            return [], 0
        record, crops, det = found
        upright, cls = self._ocr.cls_and_rotate(crops)
        turns = _quarter_turns(det.boxes, cls.cls_res)
        if not turns:
            return self._recognise(pixels, record, crops, det, cls, upright), 0
        # A second look at the picture turned upright: positions of words within turned lines are not reliable.
        turned = np.ascontiguousarray(np.rot90(pixels, turns))
        found = self._find(turned)
        if found is None:
            return [], 0
        record, crops, det = found
        upright, cls = self._ocr.cls_and_rotate(crops)
        words = self._recognise(turned, record, crops, det, cls, upright)
        height, width = pixels.shape[:2]
        return [_turned(word, turns, width, height) for word in words], turns

    def _find(self, pixels: np.ndarray[Any, Any]) -> tuple[dict[str, Any], list[Any], Any] | None:
        from rapidocr.main import RapidOCRError

        image, record = self._ocr.preprocess_img(pixels)
        try:
            crops, det = self._ocr.detect_and_crop(image, record)
        except RapidOCRError:  # how it says that there is no text
            return None
        return (record, crops, det) if len(crops) else None

    def _recognise(self, pixels: Any, record: Any, crops: Any, det: Any, cls: Any, upright: Any) -> list[OcrWord]:
        rec = self._ocr.recognize_txt(upright)
        result = self._ocr.build_final_output(pixels, det, cls, rec, crops, record)
        words: list[OcrWord] = []
        if result.boxes is None or result.txts is None:
            return words
        parts = result.word_results if len(result.word_results) == len(result.txts) else [()] * len(result.txts)
        for box, text, score, line_words in zip(result.boxes, result.txts, result.scores, parts, strict=True):
            if score < _MIN_SCORE:
                continue
            pieces = [p for p in line_words if p and len(p) == 3 and p[2] is not None and str(p[0]).strip()]
            if "".join(str(p[0]) for p in pieces).replace(" ", "") == text.replace(" ", ""):
                words.extend(OcrWord(str(t), _corners(b), float(s)) for t, s, b in pieces)
            else:
                words.append(OcrWord(text, _corners(box), float(score)))
        return words


def _quarter_turns(boxes: Any, classes: Any) -> int:
    """By the lines' own votes, weighted by their length: a tall box stands sideways, a class "180" on its head."""
    votes = [0.0, 0.0, 0.0, 0.0]
    for box, (label, score) in zip(boxes, classes, strict=True):
        width = float(np.linalg.norm(box[1] - box[0]))
        height = float(np.linalg.norm(box[3] - box[0]))
        tall = height >= 1.5 * width  # the engine reads such a box turned counterclockwise
        head = str(label) == "180" and float(score) > 0.9
        votes[(1 if tall else 0) + (2 if head else 0)] += max(width, height)
    return max(range(4), key=votes.__getitem__) if sum(votes) else 0


def _corners(box: Any) -> tuple[Point, Point, Point, Point]:
    a, b, c, d = ((float(x), float(y)) for x, y in box)
    return (a, b, c, d)


def _turned(word: OcrWord, turns: int, width: int, height: int) -> OcrWord:
    """A word of the picture that was turned counterclockwise by ``turns``, back on the picture as it came."""
    moves = {
        1: lambda x, y: (width - y, x),
        2: lambda x, y: (width - x, height - y),
        3: lambda x, y: (y, height - x),
    }
    a, b, c, d = (moves[turns](x, y) for x, y in word.corners)
    return OcrWord(word.text, (a, b, c, d), word.score)


def _tile_height(height: int, width: int) -> int:
    return height if height <= _MAX_SIDE * 1.25 or height < 2.2 * width else max(_MAX_SIDE, 2 * width)


def _tile_tops(height: int, width: int) -> list[int]:
    tile = _tile_height(height, width)
    tops = [0]
    while tops[-1] + tile < height:
        tops.append(tops[-1] + tile - _TILE_OVERLAP)
    return tops


def _moved(word: OcrWord, top: int) -> OcrWord:
    a, b, c, d = ((x, y + top) for x, y in word.corners)
    return OcrWord(word.text, (a, b, c, d), word.score)


def _merged(before: list[OcrWord], after: list[OcrWord], top: int) -> list[OcrWord]:
    """Both tiles saw the strip they share: above its middle the first is right, below it the second."""
    if not before:
        return after
    middle = top + _TILE_OVERLAP / 2

    def center(word: OcrWord) -> float:
        return sum(y for _, y in word.corners) / 4

    return [w for w in before if center(w) < middle] + [w for w in after if center(w) >= middle]
