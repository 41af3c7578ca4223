from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoices.records import Place, to_json
from processing.content.extraction import Extraction
from processing.content.records import Cell, DocumentContent, Page, Row, Word
from processing.extractors.rules import extract_by_rules
from processing.extractors.words.labels import find_labels
from processing.readers.geometry import words_to_page
from processing.readers.text import read_text
from tests.processing import rules_documents

CASES = [
    pytest.param(text, field, value, id=f"{name}: {field}")
    for name, (text, expected) in rules_documents.ALL.items()
    for field, value in expected.items()
]

SCRAPS = [
    *["Rechnung", "Nr. 12", "Invoice No:", "A-77", "Bill to:", "Ahorn GmbH", "10115 Berlin", "Total"],
    *["Subtotal", "VAT 20%", "120,00", "20.00", "-5,00", "GSTIN", "USt-IdNr.: DE136695976", "01.02.2024"],
    *["due date", "Net 30", "IBAN", "EUR", "(", ":", "Summe netto 100,00", "Zahlbar bis"],
    *["Verkäufer", "Name:", "x@y.example", "Gutschrift", "Rounding 0,02", "#", "12/13/14"],
]


def extract(text: str, *, filename: str = "") -> Extraction:
    return extract_by_rules(read_text(text.encode()), filename=filename)


def values_of(extraction: Extraction) -> dict[str, Any]:
    result: dict[str, Any] = to_json(extraction.to_invoice())
    return result


def pdf_page(*lines: tuple[float, float, str, float]) -> DocumentContent:
    """A page of A4 from (x, top, text, size): each word stands where a proportional font would put it."""
    words = []
    for x, top, text, size in lines:
        for word in text.split():
            width = len(word) * size * 0.5
            words.append(Word(word, (x, top, x + width, top + size), size))
            x += width + size * 0.28
    return DocumentContent("application/pdf", (words_to_page(1, words, 595, 842, first_row=1),))


@pytest.mark.parametrize(("text", "field", "value"), CASES)
def test_a_field_is_read(text: str, field: str, value: str) -> None:
    assert values_of(extract(text)).get(field) == value


@pytest.mark.parametrize("name", list(rules_documents.ALL))
def test_every_value_has_its_place_or_says_what_it_was_derived_from(name: str) -> None:
    extraction = extract(rules_documents.ALL[name][0])
    for field, value in extraction.fields.items():
        assert (value.place is None) == bool(value.derived_from), field
        assert value.method == "rules"


def test_the_place_is_the_box_of_exactly_the_words() -> None:
    content = pdf_page((50, 60, "Kessel & Rohr GmbH", 14), (50, 100, "Rechnungsnummer: 4711 vom 03.04.2024", 10))
    number = extract_by_rules(content).fields["invoice_number"]
    word = next(w for row in content.rows for cell in row.cells for w in cell.words if w.text == "4711")
    assert number.raw == "4711"
    assert number.place is not None
    assert number.place.page == 1
    assert number.place.box == pytest.approx(word.box, abs=0.1)


def test_values_below_a_row_of_labels_are_read() -> None:
    content = pdf_page(
        (50, 40, "Delta Pumps Ltd", 16),
        (50, 100, "Invoice No", 10), (200, 100, "Invoice Date", 10), (350, 100, "Due Date", 10),
        (50, 114, "D-4471", 10), (200, 114, "5 March 2024", 10), (350, 114, "4 April 2024", 10),
    )  # fmt: skip
    values = values_of(extract_by_rules(content))
    assert (values["invoice_number"], values["invoice_date"], values["due_date"]) == (
        "D-4471",
        "2024-03-05",
        "2024-04-04",
    )


def test_a_table_of_totals_under_its_heads_gives_the_last_line() -> None:
    content = pdf_page(
        (50, 40, "Nordwind Handels GmbH", 14),
        (50, 80, "Rechnung Nr. 881 vom 02.01.2024", 11),
        (50, 600, "Nettobetrag", 9), (200, 600, "MwSt-Betrag", 9), (350, 600, "Endbetrag EUR", 9),
        (60, 614, "100,00", 9), (210, 614, "19,00", 9), (360, 614, "119,00", 9),
        (60, 628, "50,00", 9), (210, 628, "3,50", 9), (360, 628, "53,50", 9),
        (60, 642, "150,00", 9), (210, 642, "22,50", 9), (360, 642, "172,50", 9),
    )  # fmt: skip
    values = values_of(extract_by_rules(content))
    assert (values["subtotal"], values["tax_amount"], values["total_amount"]) == ("150.00", "22.50", "172.50")


def test_the_buyer_never_becomes_the_seller() -> None:
    extraction = extract(
        "INVOICE\nInvoice No: 5\nBill to:\nGranite Works Ltd\n4 Hill Road\nLeeds LS1 4AB\nTotal  £5.00\n"
    )
    assert values_of(extraction)["buyer_name"] == "Granite Works Ltd"
    assert "vendor_name" not in extraction.fields


def test_your_vat_number_is_the_buyers() -> None:
    text = "Seller: Ahorn GmbH\nUSt-IdNr.: DE136695976\nIhre USt-IdNr.: ATU12345675\nRechnung Nr. 12\n"
    values = values_of(extract(text))
    assert (values["vendor_tax_id"], values["buyer_tax_id"]) == ("DE136695976", "ATU12345675")


@pytest.mark.parametrize(
    ("terms", "due"),
    [
        ("Payment terms: Net 30", "2024-01-31"),
        ("Zahlbar innerhalb 30 Tagen netto, 2% Skonto innerhalb 10 Tagen", "2024-01-31"),
        ("2% Skonto innerhalb 10 Tagen, 30 Tage netto", "2024-01-31"),
        ("Paiement à 45 jours", "2024-02-15"),
        ("Betaling binnen 14 dagen", "2024-01-15"),
        ("Returns within 30 days of purchase", None),
    ],
)
def test_terms_give_the_due_date(terms: str, due: str | None) -> None:
    extraction = extract(f"Ahorn GmbH\nInvoice No: A-1\nInvoice date: 2024-01-01\n{terms}\nTotal  10,00 EUR\n")
    field = extraction.fields.get("due_date")
    assert (str(field.value) if field else None) == due
    if field is not None:
        assert field.place is None
        assert field.derived_from


def test_the_written_due_date_stands_above_the_terms() -> None:
    terms = "Zahlbar innerhalb 30 Tagen netto bis 05.02.2024, 3% Skonto bis 11.01.2024"
    text = f"Ahorn GmbH\nRechnung Nr. 9 vom 01.01.2024\n{terms}\n"
    field = extract(text).fields["due_date"]
    assert str(field.value) == "2024-02-05"
    assert field.place is not None


def test_a_self_billed_invoice_is_no_credit_note() -> None:
    extraction = extract("Ahorn GmbH\nGutschrift (Selbst ausgestellte Rechnung) Nr. 8 vom 01.01.2024\n")
    assert extraction.fields["document_type"].value == "invoice"


def test_the_breakdown_by_rate_is_proved_by_arithmetic() -> None:
    text = """Ahorn GmbH
Rechnung Nr. 8 vom 01.01.2024
USt. Satz    Netto      USt.-Betrag
7%           160,00 €   11,20 €
19%          336,00 €   63,84 €
20%          100,00 €   19,00 €
Summe netto  496,00 €
USt. gesamt   75,04 €
Gesamtbetrag 571,04 €
"""
    rows = extract(text).taxes
    assert [(str(r["rate"].value), str(r["base"].value), str(r["amount"].value)) for r in rows] == [
        ("7", "160.00", "11.20"),
        ("19", "336.00", "63.84"),
    ]


def test_arithmetic_chooses_between_two_subtotals() -> None:
    totals = "Subtotaal  121,00\nExclusief BTW  100,00\nBTW 21%  21,00\nTotaal € 121,00\n"
    text = f"Blauwe Winkel B.V.\nFactuurnummer: 7\n{totals}"
    values = values_of(extract(text))
    assert (values["subtotal"], values["tax_amount"], values["total_amount"]) == ("100.00", "21.00", "121.00")


def test_contradicting_totals_are_said() -> None:
    extraction = extract("Ahorn GmbH\nInvoice No: 7\nInvoice total  121.00\nTotal amount  131.00\n")
    assert ("conflicting_values", "total_amount") in [(r.code, r.field) for r in extraction.reasons]


def test_a_seller_concluded_from_its_place_alone_is_said() -> None:
    extraction = extract("Corner shop\nInvoice No: 7\nTotal  121.00 EUR\n")
    assert extraction.fields["vendor_name"].value == "Corner shop"
    assert ("weak_evidence", "vendor_name") in [(r.code, r.field) for r in extraction.reasons]


def test_numbers_of_other_things_are_no_invoice_number() -> None:
    extraction = extract("Ahorn GmbH\nKundennummer: 10077\nLieferschein Nr. 44\nTelefon: 030 123456\nRechnung\n")
    assert "invoice_number" not in extraction.fields


def test_the_date_of_an_order_is_no_invoice_date() -> None:
    extraction = extract("Ahorn GmbH\nRechnung gemäß Bestellung Nr. 12 vom 01.03.2018.\nRechnungsdatum: 05.03.2018\n")
    assert str(extraction.fields["invoice_date"].value) == "2018-03-05"


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("Bitte überweisen Sie den Betrag bis zum 17.05.2023 auf unser Konto.", "2023-05-17"),
        ("Please pay the total by 17 May 2023.", "2023-05-17"),
        ("Merci de régler avant le 17/05/2023.", "2023-05-17"),
        ("Mit 2% Skonto zahlbar bis 17.05.2023", None),
    ],
)
def test_a_due_date_is_read_from_a_sentence(sentence: str, due: str | None) -> None:
    fields = extract(f"Ahorn GmbH\nRechnung Nr. 9 vom 01.05.2023\n{sentence}\n").fields
    assert (str(fields["due_date"].value) if "due_date" in fields else None) == due


def test_the_date_of_a_letter_needs_no_label() -> None:
    extraction = extract("Ahorn GmbH\nKöln, den 3. Mai 2023\nRechnung 2023-104\nWartung am 02.04.2023\n")
    assert str(extraction.fields["invoice_date"].value) == "2023-05-03"
    assert [r for r in extraction.reasons if r.field == "invoice_date"] == []


def test_a_running_number_that_looks_like_a_date_is_a_number_behind_its_label() -> None:
    assert extract("Dąb Sp. z o.o.\nFaktura VAT nr 12/05/2022\n").fields["invoice_number"].value == "12/05/2022"


def test_an_amount_behind_netto_is_no_term_of_payment() -> None:
    extraction = extract("Ahorn GmbH\nRechnung Nr. 9 vom 01.05.2023\nSumme netto 155,00 EUR\n")
    assert "due_date" not in extraction.fields
    assert "payment_terms" not in extraction.fields


def test_a_booking_stands_in_for_a_missing_invoice_number_and_that_is_said() -> None:
    extraction = extract("Hotel Krone GmbH\nBooking ID: KX4471\nTotal  80,00 EUR\n")
    assert extraction.fields["invoice_number"].value == "KX4471"
    assert ("weak_evidence", "invoice_number") in [(r.code, r.field) for r in extraction.reasons]


def test_a_dollar_is_that_of_the_tax_scheme() -> None:
    assert extract("Reef Pty Ltd\nABN 33 051 775 556\nTotal  $110.00\n").fields["currency"].value == "AUD"


def test_taxes_in_parts_are_added_and_say_so() -> None:
    field = extract(rules_documents.INDIAN).fields["tax_amount"]
    assert (field.value, field.place, field.derived_from) == (Decimal("16380.00"), None, "taxes")


def test_an_ocr_misreading_of_a_label_is_forgiven() -> None:
    cells = [("Involce No", "A-77"), ("Totai Amount", "RM12.50")]
    rows = tuple(
        Row(n, 1, (Cell(a, Place(page=1, box=(50, 20.0 * n, 120, 20.0 * n + 10)), 0, ()),
                   Cell(b, Place(page=1, box=(200, 20.0 * n, 260, 20.0 * n + 10)), 1, ())))
        for n, (a, b) in enumerate(cells, start=1)
    )  # fmt: skip
    content = DocumentContent("image/png", (Page(1, rows, 300, 400, ocr=True),))
    extraction = extract_by_rules(content)
    assert extraction.fields["invoice_number"].value == "A-77"
    assert extraction.fields["total_amount"].value == Decimal("12.50")


def test_a_sheet_is_read_like_a_page() -> None:
    def row(number: int, *texts: str) -> Row:
        return Row(
            number, 1, tuple(Cell(t, Place(cell=f"Sheet1!{'ABC'[i]}{number}"), i) for i, t in enumerate(texts) if t)
        )

    rows = (
        row(1, "Ahorn GmbH"),
        row(2, "Invoice number", "X-1"),
        row(3, "Invoice date", "2024-05-06"),
        row(4, "Total", "12.50 EUR"),
    )
    extraction = extract_by_rules(DocumentContent("text/csv", (Page(1, rows),)))
    assert extraction.fields["invoice_number"].value == "X-1"
    assert extraction.fields["total_amount"].place == Place(cell="Sheet1!B4")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(SCRAPS), min_size=1, max_size=5), max_size=12))
def test_no_jumble_of_labels_and_values_makes_it_raise_or_invent(lines: list[list[str]]) -> None:
    text = "\n".join("    ".join(line) for line in lines) or "x"
    spaced = " ".join(text.split())  # a name may stand over two cells
    for name, field in extract(text).fields.items():
        assert field.derived_from or all(part in text or part in spaced for part in field.raw.split(", ")), name


def test_a_number_above_a_name_is_no_part_of_it() -> None:
    lines = ["Rechnung    Verkäufer", "Rechnung    Nr. 12", "Rechnung    Ahorn GmbH"]
    found = extract("\n".join(lines)).fields
    assert found["vendor_name"].value == "Ahorn GmbH"


def test_a_currency_above_a_name_is_no_part_of_it() -> None:
    assert extract("EUR    Rechnung\nAhorn GmbH").fields["vendor_name"].value == "Ahorn GmbH"


def test_an_empty_document_gives_nothing() -> None:
    assert extract_by_rules(DocumentContent("text/plain", ())).fields == {}


def test_the_longest_label_wins() -> None:
    assert [h.name for h in find_labels("Order date: 1.2.2024")] == ["other"]
    assert [h.name for h in find_labels("Total amount due on")] == ["due_date"]
    assert [h.name for h in find_labels("USt.-Id.-Nr.")] == ["vat_id"]


def test_letters_of_a_number_are_no_label() -> None:
    assert [h.name for h in find_labels("Invoice number: HP/26/00918")] == ["invoice_number"]
    assert [h.name for h in find_labels("HP: 98765 43210")] == ["vendor_phone"]
