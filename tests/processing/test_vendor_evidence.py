"""The seller's name needs two things that speak for it; one alone, or the looks of a line, is weak evidence."""

from __future__ import annotations

import pytest

from processing.content.extraction import Extraction
from processing.extractors.rules import extract_by_rules
from processing.readers.text import read_text
from tests.processing.documents import make_content


def extract(text: str) -> Extraction:
    return extract_by_rules(read_text(text.encode()))


def weak(extraction: Extraction) -> bool:
    return any(r.code == "weak_evidence" and r.field == "vendor_name" for r in extraction.reasons)


RECIPIENT = "T.a.v. mevrouw J. de Boer\nKade 12\n3011 AB Rotterdam\n"


def test_a_name_that_only_stands_on_top_is_weak() -> None:
    extraction = extract("Ahorn Werkzeuge GmbH\n\nRechnung Nr. 12 vom 03.04.2025\nGesamtbetrag 119,00 EUR\n")
    assert extraction.fields["vendor_name"].value == "Ahorn Werkzeuge GmbH"
    assert weak(extraction)


def test_a_letterhead_with_its_tax_number_and_mail_is_sure() -> None:
    extraction = extract(
        "Ahorn Werkzeuge GmbH\nHolzweg 3, 50667 Köln\nUSt-IdNr. DE136695976\npost@ahorn-werkzeuge.de\n\n"
        "Rechnung Nr. 12 vom 03.04.2025\nGesamtbetrag 119,00 EUR\n"
    )
    assert extraction.fields["vendor_name"].value == "Ahorn Werkzeuge GmbH"
    assert not weak(extraction)


def test_who_is_addressed_is_the_buyer_and_never_the_seller() -> None:
    extraction = extract(
        f"Bloemist De Tulp V.O.F.\n{RECIPIENT}\nFactuurnummer: 2025-7\nFactuurdatum: 12-12-2025\n"
        "Totaal EUR 466,46\n\nDelta Schade N.V. - Singel 30, 3511 BL Utrecht - KvK 30110447 - info@deltaschade.nl\n"
    )
    assert extraction.fields["vendor_name"].value == "Delta Schade N.V."
    assert extraction.fields["buyer_name"].value == "Bloemist De Tulp V.O.F."


def test_the_account_that_is_debited_is_not_the_sellers() -> None:
    extraction = extract(
        "Delta Schade N.V.\nSingel 30, 3511 BL Utrecht\nKvK 30110447\n\nFactuurnummer: 2025-7\n"
        "Wij schrijven EUR 466,46 op 2 januari 2026 af van rekening NL91 ABNA 0417 1643 00\n"
    )
    assert "iban" not in extraction.fields


@pytest.mark.parametrize(
    "line",
    [
        "IBAN | DE89 | 3704 | 0044 | 0532 | 0130 | 00",
        "IBAN: DE89.3704 | 0044.0532 | 0130.00",
        "IBAN DE89.3704.0044.0532.0130.00",
    ],
)
def test_an_account_written_oddly_is_read(line: str) -> None:
    account = extract_by_rules(make_content(["Oakhill Tools Ltd", "Invoice no: OT-1", line])).fields["iban"]
    assert account.value == "DE89370400440532013000"
    assert account.place is not None


def test_a_senders_line_gives_the_name_without_the_street() -> None:
    recipient = "Alpinschule Zillertal\nHerrn Lukas Fankhauser\nHauptstraße 402\n6290 Mayrhofen\n"
    for sender in ("Bergsport Holzer GmbH", "Malerei Gruber"):
        extraction = extract(f"{sender}, Dorfstraße 18, 6290 Mayrhofen\n{recipient}\nRechnung Nr. 12 vom 3.4.2025\n")
        assert extraction.fields["vendor_name"].value == sender


def weak_buyer(extraction: Extraction) -> bool:
    return any(r.code == "weak_evidence" and r.field == "buyer_name" for r in extraction.reasons)


def test_the_buyer_beside_its_label_is_not_a_word_of_the_table_below() -> None:
    rows = ["Seller | Oakhill Tools Ltd", "Buyer | Ravensdale Estates Ltd", "Currency | EUR", "Invoice no | OT-1"]
    extraction = extract_by_rules(make_content([*rows, "Depot | Goods | Sum", "Carlisle | Diesel | 12.00"]))
    assert extraction.fields["buyer_name"].value == "Ravensdale Estates Ltd"
    assert not weak_buyer(extraction)


def test_a_label_that_is_said_again_in_brackets_opens_the_buyers_section() -> None:
    lines = ["Oakhill Tools Ltd", "Buyer (Bill to)", "Ravensdale Estates Ltd", "2 Fell Road", "Carlisle CA1 1AB"]
    bank = ["Invoice no: OT-1", "A/c Holder's Name: Oakhill Tools Ltd"]
    extraction = extract_by_rules(make_content([*lines, *bank]))
    assert extraction.fields["buyer_name"].value == "Ravensdale Estates Ltd"


def test_an_account_over_two_lines_is_one() -> None:
    lines = ["Oakhill Tools Ltd", "Invoice no: OT-1", "Bankgiro 555-0181", "IBAN DE89 3704 0044", "0532 0130 00"]
    assert extract_by_rules(make_content(lines)).fields["iban"].value == "DE89370400440532013000"
