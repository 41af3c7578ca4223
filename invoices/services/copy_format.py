"""Rows as the text format of PostgreSQL's COPY reads them. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from common.storable import unturned

_NUMBER = Decimal("0.00000001")  # of the columns
_MOST_KNOWN = 20_000
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r", "\x00": ""})
_NONE = r"\N"


def copy_lines(rows: Sequence[Any], fields: Sequence[tuple[str, int | None]], *, first: str) -> Iterator[str]:
    """A line for each row: ``first``, the row's place, then its ``fields`` (name, most characters). The values of a
    column repeat, so each is written out once."""
    values_of = attrgetter(*(name for name, _ in fields))
    dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    columns: list[tuple[int | None, dict[Any, str]]] = [(limit, {}) for _, limit in fields]
    for position, row in enumerate(rows):
        texts = [first, str(position)]
        for value, (limit, known) in zip(values_of(row), columns, strict=True):
            if type(value) is dict or type(value) is list:
                json_text = dumps(value)
                if "\\u0000" in json_text:  # no character of a database
                    json_text = dumps(_without_zeros(value))
                json_text = unturned(json_text)
                # JSON has no bare control characters: what is left to escape is its own mark of an escape.
                texts.append(json_text.replace("\\", r"\\"))
                continue
            text = known.get(value)
            if text is None:
                text = copy_text(value, limit)
                if len(known) < _MOST_KNOWN:
                    known[value] = text
            texts.append(text)
        yield "\t".join(texts) + "\n"


def _without_zeros(value: Any) -> Any:
    if type(value) is dict:
        return {key: _without_zeros(item) for key, item in value.items()}
    if type(value) is list:
        return [_without_zeros(item) for item in value]
    return value.replace("\x00", "") if type(value) is str else value


def copy_text(value: str | Decimal | date | bool | int | None, limit: int | None = None) -> str:
    """One value; text is without bidi controls and cut at ``limit``, numbers at eight places, as the columns hold."""
    if value is None:
        return _NONE
    if isinstance(value, str):
        return unturned(value)[:limit].translate(_ESCAPES)
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        return str(value.quantize(_NUMBER) if isinstance(exponent, int) and exponent < -8 else value)
    return value.isoformat()
