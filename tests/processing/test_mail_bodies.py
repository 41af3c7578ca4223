"""Invoices that stand in the body of a mail: what is around them counts for nothing."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from processing.content.extraction import Extraction
from processing.extractors.rules import extract_by_rules
from processing.extractors.separation import first_invoice
from processing.readers.email import read_email
from processing.readers.html import read_html
from tests.processing.mail_bodies import BUYER, LANGUAGES, STUB, VENDOR, forwarded, html_invoice, mail, plain_invoice

MARKERS = ("", "---------- Forwarded message ---------", "-----Original Message-----", "Begin forwarded message:")


def read(message: EmailMessage) -> Extraction:
    return extract_by_rules(first_invoice(read_email(message.as_bytes())))


def assert_right(extraction: Extraction) -> None:
    found = {name: str(value.value) for name, value in extraction.fields.items()}
    wanted = {
        "vendor_name": VENDOR,
        "buyer_name": BUYER,
        "invoice_number": "LB-20418",
        "invoice_date": "2026-03-03",
        "currency": "EUR",
        "subtotal": "150.00",
        "tax_amount": "30.00",
        "total_amount": "180.00",
    }
    assert {name: found.get(name) for name in wanted} == wanted
    assert [(str(line["quantity"].value), str(line["amount"].value)) for line in extraction.lines] == [
        ("3", "120.00"),
        ("5", "30.00"),
    ]
    assert "iban" not in found


@pytest.mark.parametrize("html", [True, False], ids=["HTML", "plain text"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("marker", MARKERS)
def test_a_forwarded_invoice_is_read_without_the_letter_around_it(marker: str, language: str, html: bool) -> None:
    assert_right(read(forwarded(LANGUAGES[language], html=html, marker=marker)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_part_that_mail_programs_show_is_read(language: str) -> None:
    words = LANGUAGES[language]
    assert_right(read(mail(STUB, html_invoice(words))))
    assert_right(read(mail(plain_invoice(words), "<p>Your invoice is in the text of this message.</p>")))


def test_an_answer_above_which_the_invoice_stands_quotes_nothing_into_it() -> None:
    words = LANGUAGES["English"]
    quoted = "\n".join(["", "From: Kim", "Sent: 1 March 2026", "To: Billing", "Subject: Prices", "Is 12,500.00 right?"])
    assert_right(read(mail(plain_invoice(words) + "\n" + quoted)))


HIDDEN = (
    '<p style="opacity:0">{}</p>',
    '<p style="font-size:1px;line-height:1px">{}</p>',
    '<p style="max-height:0;overflow:hidden">{}</p>',
    '<p style="position:absolute;left:-9999px">{}</p>',
    '<p style="text-indent:-9999px">{}</p>',
    '<p style="mso-hide:all">{}</p>',
    '<p class="preheader">{}</p>',
    '<p style="color:#FEFEFE">{}</p>',
    '<font color="white">{}</font>',
    '<table bgcolor="#203040"><tr><td><span style="color:rgb(32,48,64)">{}</span></td></tr></table>',
)
SHOWN = (
    '<table bgcolor="#203040"><tr><td><span style="color:#ffffff">{}</span></td></tr></table>',
    '<table><tr><td class="dark"><b style="color:white">{}</b></td></tr></table>',
    '<p class="phone">{}</p>',
    '<p style="font-size:10px;max-height:100px;overflow:hidden">{}</p>',
    '<p style="opacity:0.8;margin-left:-10px">{}</p>',
)
STYLE = (
    "<style>.preheader, .x {display:none!important} td.dark, .dark{background:#222}"
    "@media (max-width:600px){.phone{display:none}}</style>"
)


@pytest.mark.parametrize(("piece", "shown"), [(p, False) for p in HIDDEN] + [(p, True) for p in SHOWN])
def test_what_a_page_does_not_show_is_not_read(piece: str, shown: bool) -> None:
    page = f"<html><head>{STYLE}</head><body><h1>Invoice</h1>{piece.format('IBAN 4711')}</body></html>"
    assert ("IBAN 4711" in read_html(page.encode()).text) is shown
