"""Approved invoices with their documents as a labelled set, on which ``evaluate`` measures the extraction."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any

from invoices.labelled import expected_of, labels
from processing.models import Document
from processing.storage import fetch_bytes


def export_labelled_set(folder: Path, *, since: datetime | None = None) -> int:
    """Write ``folder/documents`` and ``folder/expected.json`` of the invoices approved from ``since`` on, as far as
    their files are still there; gives their number. Files are named by the invoice's id. Raises the errors of the
    storage."""
    documents = folder / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    entries: list[dict[str, Any]] = []
    for label in labels(since=since):
        document = Document.objects.filter(invoice_id=label.invoice_id, purged_at=None).first()
        if document is None:
            continue
        name = f"{label.invoice_id}{PurePath(document.storage_key).suffix}"
        (documents / name).write_bytes(fetch_bytes(key=document.storage_key, sha256=document.sha256))
        entries.append({"file": name, "kind": document.media_type, "expected": expected_of(label)})
    (folder / "expected.json").write_text(json.dumps(entries, ensure_ascii=False, indent=1), encoding="utf-8")
    return len(entries)
