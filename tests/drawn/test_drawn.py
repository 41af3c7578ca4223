"""The drawn set: the same each time, labels that add up and say only what the document shows."""

from __future__ import annotations

import html
import io
import json
import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest

from invoices.scoring import score
from tests.drawn.invoices import draw, draw_set, drawn_documents, scanned
from tests.drawn.labels import Drawn, Label, check
from tests.drawn.sheet import Numbers, Sheet, dejavu_folder

MONEY = ("subtotal", "tax_amount", "total_amount", "amount_due", "amount_paid", "discount_total")
NAMES = (
    "vendor_name",
    "buyer_name",
    "invoice_number",
    "purchase_order",
    "iban",
    "payment_reference",
    "preceding_invoice",
)
needs_fonts = pytest.mark.skipif(dejavu_folder() is None, reason="the DejaVu fonts are not installed")


def read_by_hand(document: Drawn) -> tuple[str, Label]:
    """The text that a person would see (of a scan: before it became a picture), and the label."""
    unscanned = Drawn(document.file, document.language, document.country, None, document.draw_page, document.make_file)
    data, expected = draw(unscanned)
    if document.file.endswith(".pdf"):
        text = " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(io.BytesIO(data)))
    else:
        text = html.unescape(decoded(data))
    return squeezed(text), expected


def decoded(data: bytes) -> str:
    """UTF-8, or what merchandise programs on Windows export."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def squeezed(text: str) -> str:
    return re.sub(r"[\s.,'’\u00a0]", "", unicodedata.normalize("NFKC", text)).casefold()


def digits(value: str) -> set[str]:
    """An amount as it may stand on a page, without its signs: with two places, or with none if it is whole."""
    number = abs(Decimal(value))
    forms = {f"{number:.2f}".replace(".", "")}
    return forms | ({str(int(number))} if number == int(number) else set())


def test_numbers_are_written_as_each_country_does() -> None:
    assert Numbers(".", ",")("1234567.5") == "1.234.567,50"
    assert Numbers(",", ".", lakh=True)("1234567.5") == "12,34,567.50"
    assert Numbers(" ", ",")("-1234", 0) == "-1 234"


def test_a_label_that_does_not_add_up_is_refused() -> None:
    right = {"currency": "EUR", "subtotal": "10.00", "tax_amount": "2.00", "total_amount": "12.00"}
    items = [{"quantity": "2", "unit_price": "5", "amount": "10.00"}]
    check({**right, "line_items": items})
    for wrong in ({"total_amount": "12.01"}, {"line_items": [{"amount": "9.00"}]}, {"amount_due": "11.00"}):
        with pytest.raises(AssertionError):
            check({**right, "line_items": items, **wrong})


def test_the_set_is_varied() -> None:
    documents = drawn_documents()
    assert len(documents) == len({d.file for d in documents}) == 159
    assert len({d.language for d in documents}) >= 20
    assert len({d.country for d in documents}) >= 25
    kinds = [d.kind for d in documents]
    assert {kind: kinds.count(kind) for kind in ("scan", "xlsx", "csv", "txt", "html", "docx", "eml")} == {
        "scan": 10,
        "xlsx": 5,
        "csv": 4,
        "txt": 4,
        "html": 2,
        "docx": 1,
        "eml": 3,
    }


@needs_fonts
@pytest.mark.parametrize("document", drawn_documents(), ids=lambda document: document.file)
def test_what_the_label_says_stands_in_the_document(document: Drawn) -> None:
    """In PDF, text and HTML; what is in sheets and letters is zipped."""
    text, expected = read_by_hand(document)
    if document.kind in ("xlsx", "docx"):
        return
    stated = {name: expected[name] for name in (*MONEY, *NAMES) if expected.get(name) is not None}
    if len(expected.get("taxes", ())) > 1:
        # Several taxes need not be summed up on the page.
        del stated["tax_amount"]
        stated |= {f"tax {n}": entry["amount"] for n, entry in enumerate(expected["taxes"])}
    if "payments" in expected:  # each is printed, and not their sum
        del stated["amount_paid"]
        stated |= {f"payment {n}": amount for n, amount in enumerate(expected["payments"])}
    if expected.get("withholding_amount") or expected.get("rounding"):  # what is to pay may stand alone
        stated.pop("total_amount", None)
    stated |= {f"line {n}": e["amount"] for n, e in enumerate(expected["line_items"]) if "amount" in e}
    if expected.get("prices_with_tax"):  # what they are without it is for the reader to reckon
        stated = {name: value for name, value in stated.items() if name != "subtotal" and not name.startswith("line ")}
    missing = [
        (name, value)
        for name, value in stated.items()
        if not any(form in text for form in forms_of(name, value, expected.get(f"{name}_alternatives", ())))
    ]
    assert missing == []


def forms_of(name: str, value: str, alternatives: Sequence[str]) -> set[str]:
    return {squeezed(text) for text in (value, *alternatives)} if name in NAMES else digits(value)


@needs_fonts
def test_drawing_again_gives_the_same_files(tmp_path: Path) -> None:
    few = [
        d for d in drawn_documents() if d.file in ("d01.pdf", "d21.pdf", "d27.pdf", "d28.xlsx", "d35.txt", "d40.docx")
    ]
    for folder in ("first", "second"):
        draw_set(tmp_path / folder, few)
    first, second = ({p.name: p.read_bytes() for p in (tmp_path / f).rglob("*.*")} for f in ("first", "second"))
    assert len(first) == len(few) + 1
    assert first == second
    labels = json.loads(first["expected.json"])
    perfect = [{"file": e["file"], "status": "completed", "review": [], "invoice": e["expected"]} for e in labels]
    report = score(perfect, labels).as_json()
    assert (report["micro_f1"], report["line_item_f1"], report["core_right"]) == (1.0, 1.0, 1.0)


def test_a_scan_is_a_picture_and_the_same_each_time() -> None:
    target = io.BytesIO()
    sheet = Sheet(target, size=(200, 100))
    sheet.text(20, 50, "Invoice 1")
    sheet.save()
    scan = scanned(target.getvalue(), 0.5)
    assert scan == scanned(target.getvalue(), 0.5)
    (page,) = pypdfium2.PdfDocument(scan)
    assert (page.get_size(), page.get_textpage().get_text_bounded()) == ((200, 100), "")
