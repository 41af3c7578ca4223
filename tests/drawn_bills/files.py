"""The drawn bills with their tariffs as files, as far as ``samples.bills.card_files`` writes such a tariff."""

from __future__ import annotations

import json
from pathlib import Path

from samples.bills.card_files import card_file
from tests.drawn_bills.score import DRAWN


def write_drawn(folder: Path) -> None:
    """``documents/``, ``cards/`` and ``expected.json`` below ``folder``, as ``samples.bills.draw.draw_bills`` does; without
    loads priced by lane, and files of several invoices or after earlier ones."""
    for name in ("documents", "cards"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    answers = []
    for draw in DRAWN:
        drawn = draw()
        bill = drawn.bills[0]
        if "loads" in bill.tariff or drawn.before or len(drawn.bills) > 1:
            continue
        (folder / "documents" / bill.file).write_bytes(drawn.data)
        (folder / "cards" / bill.card).write_bytes(card_file(bill.tariff, bill.card))
        answers.append({key: value for key, value in bill.answer().items() if key != "tariff"})
    (folder / "expected.json").write_text(json.dumps(answers, default=str), encoding="utf-8")
