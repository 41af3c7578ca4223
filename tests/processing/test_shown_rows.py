"""The cells of a document are read from the file once, and its windows come from what was kept."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from rest_framework.test import APIClient

from common.roles import Role
from processing.models import Document
from processing.sandbox import calls
from processing.screens import shown_rows
from processing.services.documents import submit_document
from tests.people import person

pytestmark = pytest.mark.django_db


def long_sheet(rows: int) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["Zone", "Weight", "Price"])
    for n in range(rows):
        writer.writerow([n % 9, n, f"{n}.50"])
    return file.getvalue().encode()


def document_of(owner_id: int, rows: int) -> Document:
    return submit_document(
        data=long_sheet(rows), filename="rates.csv", kind="rate_card", owner_id=owner_id, enqueue=False
    ).document


def test_windows_of_a_long_sheet_are_its_rows_and_the_file_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rita = person("rita", Role.REVIEWER)
    document = document_of(rita.pk, 1_700)
    client = APIClient()
    client.force_login(rita)
    read: list[int] = []
    reader = calls.read_packed_rows

    def counted(data: bytes, media_type: str) -> Any:
        read.append(len(data))
        return reader(data, media_type)

    monkeypatch.setattr(calls, "read_packed_rows", counted)
    for first, count in ((0, 100), (450, 100), (999, 500), (1_650, 100), (5_000, 10)):
        answer = client.get(f"/api/v1/documents/{document.id}/cells/", {"first": first, "count": count})
        assert answer.status_code == 200, answer.content
        body = answer.json()
        assert body["total"] == 1_701
        wanted = [["Zone", "Weight", "Price"], *([str(n % 9), str(n), f"{n}.50"] for n in range(1_700))]
        assert [[cell[1] for cell in row["cells"]] for row in body["rows"]] == wanted[first : first + count]
    assert len(read) == 1


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    rita = person("rita", Role.REVIEWER)
    monkeypatch.setattr(shown_rows, "KEPT_BYTES", 1)
    for rows in (20, 30, 40):
        window = shown_rows.window_of_document(document_of(rita.pk, rows), sheet=0, first=0, count=5)
        assert window["total"] == rows + 1
    assert len(shown_rows._kept) == 1
