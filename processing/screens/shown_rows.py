"""The rows of documents that somebody looks at, kept in this process in a bounded room: paging reads no file twice."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any

from processing.models import Document
from processing.sandbox import calls
from processing.sandbox.row_window import PackedRows
from processing.storage import fetch_bytes

KEPT_BYTES = 64 * 1024 * 1024  # compressed: a sheet of 100,000 rows takes some 5 MB

_lock = threading.Lock()
_kept: OrderedDict[str, PackedRows] = OrderedDict()


def window_of_document(document: Document, *, sheet: int, first: int, count: int) -> dict[str, Any]:
    """``PackedRows.window`` of a stored document, whose bytes never change. The caller has checked who asks. Raises
    the errors of the readers and StorageUnavailable."""
    key = f"{document.sha256} {document.media_type}"
    with _lock:
        packed = _kept.get(key)
        if packed is not None:
            _kept.move_to_end(key)
    if packed is None:
        data = fetch_bytes(key=document.storage_key, sha256=document.sha256)
        packed = calls.read_packed_rows(data, document.media_type)
        _keep(key, packed)
    return packed.window(sheet=sheet, first=first, count=count)


def _keep(key: str, packed: PackedRows) -> None:
    with _lock:
        _kept[key] = packed
        while len(_kept) > 1 and sum(each.size_bytes for each in _kept.values()) > KEPT_BYTES:
            _kept.popitem(last=False)
