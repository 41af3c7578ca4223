"""The learning curve: a set is played in order, and the next documents of a vendor come in right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from processing.imports.learning import play, rows_of
from processing.services.documents import JobOptions
from tests.drawn.series import write_series


@pytest.mark.django_db
def test_later_documents_of_a_vendor_are_read_better_than_its_first(tmp_path: Path) -> None:
    assert write_series(tmp_path, vendors=2, invoices=3) == 6
    labels = json.loads((tmp_path / "expected.json").read_text())
    paths = [tmp_path / "documents" / label["file"] for label in labels]
    first, _, third = rows_of(list(play(paths, labels, options=JobOptions(policy="rules"))))
    assert (first.nth, third.nth, third.report.documents) == (1, 3, 2)
    assert (third.report.header.f1 or 0) > (first.report.header.f1 or 0)
    assert third.report.core_right == 2
