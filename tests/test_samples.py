"""The samples: what was drawn, what is expected of it, and that both agree."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from invoices.auditing import AUDIT_REASONS
from invoices.rules import check_invoice
from processing.errors import CorruptFile
from processing.ratecards.read import read_rate_card
from processing.readers import media_types
from processing.readers.limits import DEFAULT_LIMITS
from processing.readers.pdf import read_pdf
from processing.readers.registry import read_content
from processing.readers.text import read_text
from samples.books import Sample
from samples.cases import all_samples
from samples.check_rate_cards import differences
from samples.draw import LAYOUTS, draw_samples
from samples.draw_rate_cards import draw_rate_cards

FOLDER = Path(__file__).parent.parent / "samples"
DOCUMENTS = FOLDER / "documents"
READABLE = [s for s in all_samples() if s.status == "completed" and not s.file.endswith(".xml")]


def expected() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((FOLDER / "expected.json").read_text("utf-8"))
    return entries


def text_of(file: str) -> str:
    data = (DOCUMENTS / file).read_bytes()
    content = read_pdf(data) if file.endswith(".pdf") else read_text(data)
    return " ".join(content.text.replace("\u00a0", " ").split())


def test_drawing_again_gives_the_documents_that_are_here(tmp_path: Path) -> None:
    drawn = draw_samples(tmp_path)
    assert sorted(p.name for p in drawn) == sorted(p.name for p in DOCUMENTS.iterdir())
    assert [p.name for p in drawn if p.read_bytes() != (DOCUMENTS / p.name).read_bytes()] == []
    assert (tmp_path / "expected.json").read_text("utf-8") == (FOLDER / "expected.json").read_text("utf-8")


def test_the_set_is_as_varied_as_it_claims() -> None:
    entries = expected()
    completed = [e["expected"] for e in entries if e["status"] == "completed"]
    assert len(entries) >= 20
    assert len({e["layout"] for e in entries} & set(LAYOUTS)) >= 8
    assert {e["language"] for e in entries} >= {"en", "de", "fr", "es", "it", "nl", "pt"}
    assert {e["currency"] for e in completed} >= {"EUR", "USD", "GBP", "CHF"}
    assert sum(e["file"].endswith(".txt") for e in entries) >= 3
    assert sum(e["document_type"] == "credit_note" for e in completed) == 1
    assert max(len(e["line_items"]) for e in completed) == 60
    assert sum(len(e.get("taxes", [])) > 1 for e in completed) >= 4
    assert any("discount_total" in e and "charge_total" in e for e in completed)
    assert sum(path.stat().st_size for path in DOCUMENTS.iterdir()) < 1_000_000


def test_the_sixty_items_stand_on_three_pages() -> None:
    assert len(read_pdf((DOCUMENTS / "11_sixty_items.pdf").read_bytes()).pages) == 3


def test_the_copy_has_the_bytes_of_the_original() -> None:
    copies = Counter((DOCUMENTS / entry["file"]).read_bytes() for entry in expected())
    assert sorted(copies.values())[-2:] == [1, 2]


def test_the_damaged_file_cannot_be_opened() -> None:
    (entry,) = [e for e in expected() if e["status"] == "failed"]
    with pytest.raises(CorruptFile) as caught:
        read_pdf((DOCUMENTS / entry["file"]).read_bytes())
    assert caught.value.code == entry["error"]


@pytest.mark.parametrize("sample", all_samples(), ids=lambda sample: sample.file)
def test_what_is_expected_passes_the_rules_except_where_it_is_wrong_on_purpose(sample: Sample) -> None:
    if sample.status == "failed":
        return
    found = {reason.code for reason in check_invoice(sample.invoice, today=date(2026, 12, 31))}
    # What the books and the rate cards say is not in the invoice alone.
    assert found == set(sample.review) - {"suspected_duplicate", *AUDIT_REASONS}


@pytest.mark.parametrize("sample", READABLE, ids=lambda sample: sample.file)
def test_every_expected_value_stands_on_the_document(sample: Sample) -> None:
    text, invoice = text_of(sample.file).casefold(), sample.invoice
    wanted = [invoice.vendor_name, invoice.buyer_name, invoice.invoice_number, invoice.purchase_order]
    wanted += [sample.day(day) for day in (invoice.invoice_date, invoice.due_date, invoice.delivery_date)]
    amounts = [invoice.subtotal, invoice.tax_amount, invoice.total_amount, invoice.amount_paid, invoice.amount_due]
    wanted += [sample.money(amount) for amount in amounts if amount is not None]
    wanted += [sample.money(line.amount) for line in invoice.line_items]
    assert [value for value in wanted if value and value.replace("\u00a0", " ").casefold() not in text] == []
    unspaced = text.replace(" ", "")
    identifiers = [invoice.vendor_tax_id, invoice.iban]
    assert [value for value in identifiers if value and value.replace(" ", "").casefold() not in unspaced] == []


# --- Rate cards ------------------------------------------------------------------------------------------------------

CARDS = FOLDER / "rate_cards"
MEDIA_TYPES = {"csv": "text/csv", "pdf": media_types.PDF, "xlsx": media_types.XLSX}


def card_labels() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((FOLDER / "rate_cards.json").read_text("utf-8"))
    return entries


def test_drawing_again_gives_the_rate_cards_that_are_here(tmp_path: Path) -> None:
    drawn = draw_rate_cards(tmp_path)
    assert sorted(p.name for p in drawn) == sorted(p.name for p in CARDS.iterdir())
    assert [p.name for p in drawn if p.read_bytes() != (CARDS / p.name).read_bytes()] == []
    assert (tmp_path / "rate_cards.json").read_text("utf-8") == (FOLDER / "rate_cards.json").read_text("utf-8")


@pytest.mark.parametrize("label", card_labels(), ids=lambda label: label["file"])
def test_rules_read_every_rate_of_a_sample_card(label: dict[str, Any]) -> None:
    path = CARDS / label["file"]
    content = read_content(path.read_bytes(), MEDIA_TYPES[path.suffix[1:]], limits=DEFAULT_LIMITS)
    assert list(differences(asdict(read_rate_card(content).card), label)) == []


def test_a_price_that_moved_to_another_zone_is_noticed() -> None:
    label = card_labels()[0]
    rates = [dict(rate) for rate in label["rates"]]
    rates[0]["zone"], rates[1]["zone"] = rates[1]["zone"], rates[0]["zone"]
    card = {**label["header"], "rates": rates, "zones": [{}] * label["zones"]}
    assert len(list(differences(card, label))) == 2
