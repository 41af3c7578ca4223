"""Barcodes and QR codes on a page: separator sheets, and the payment part of a Swiss QR-bill. Pure."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from PIL import Image

# Of the pixels outside of the code: a sheet that only separates has at most a few words beside it.
_INK_BESIDE = 0.004
_DARK = 128
_MARGIN = 0.25  # of the code's size: its quiet zone and the text under it


@dataclass(frozen=True, slots=True)
class Code:
    """What a code says, its kind (``QRCode``, ``Code128``) and its box in pixels."""

    text: str
    kind: str
    box: tuple[float, float, float, float]


def codes_on(png: bytes) -> list[Code]:
    """The codes on a page picture."""
    import zxingcpp

    with Image.open(io.BytesIO(png)) as image:
        found = zxingcpp.read_barcodes(image.convert("L"))
    codes = []
    for one in found:
        corners = (one.position.top_left, one.position.top_right, one.position.bottom_left, one.position.bottom_right)
        xs, ys = [float(c.x) for c in corners], [float(c.y) for c in corners]
        kind = str(one.format).rpartition(".")[2].replace(" ", "")
        codes.append(Code(one.text, kind, (min(xs), min(ys), max(xs), max(ys))))
    return codes


def is_separator_sheet(png: bytes) -> bool:
    """Whether a page holds a code and hardly anything else."""
    codes = codes_on(png)
    if not codes:
        return False
    with Image.open(io.BytesIO(png)) as image:
        dark = np.asarray(image.convert("L")) < _DARK
    dark = dark.copy()
    for code in codes:
        x0, y0, x1, y1 = code.box
        margin = max(_MARGIN * max(x1 - x0, y1 - y0), 20.0)
        # A barcode of one dimension is found along one line: its bars reach above and below it.
        dark[max(int(y0 - margin), 0) : int(y1 + margin) + 1, max(int(x0 - margin), 0) : int(x1 + margin) + 1] = False
    return bool(dark.mean() < _INK_BESIDE)
