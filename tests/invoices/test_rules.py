"""The rules of the books: what they refuse, and what paper may do without being refused."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoices.records import InvoiceData, LineData, TaxData
from invoices.rules import CURABLE_CODES, REASONS, BookContext, DuplicateRef, check_invoice, confirmed_fields
from invoices.rules.identity import vat_id_holds

TODAY = date(2024, 11, 30)
D = Decimal


def make_line(quantity: str, price: str, amount: str, **more: Any) -> LineData:
    return LineData(description="Bolt", quantity=D(quantity), unit_price=D(price), amount=D(amount), **more)


def make_invoice(**changes: Any) -> InvoiceData:
    """An invoice of 2 lines, 100.00 net, 19.00 tax, that every rule accepts."""
    values: dict[str, Any] = {
        "document_type": "invoice",
        "invoice_number": "R-17",
        "invoice_date": date(2024, 11, 4),
        "due_date": date(2024, 12, 4),
        "currency": "EUR",
        "vendor_name": "Harzer Werkzeugbau GmbH",
        "vendor_tax_id": "DE226018159",
        "buyer_name": "Seewind AG",
        "subtotal": D("100.00"),
        "tax_amount": D("19.00"),
        "total_amount": D("119.00"),
        "iban": "DE55979213468948282715",
        "line_items": [make_line("3", "20.00", "60.00"), make_line("4", "10.00", "40.00")],
    }
    return InvoiceData(**(values | changes))


def codes(invoice: InvoiceData, **context: Any) -> list[str]:
    return [reason.code for reason in check_invoice(invoice, today=TODAY, context=BookContext(**context))]


def test_an_invoice_that_adds_up_has_no_reason() -> None:
    assert codes(make_invoice()) == []


@pytest.mark.parametrize("field", ["vendor_name", "invoice_number", "invoice_date", "currency", "total_amount"])
def test_each_core_field_is_required(field: str) -> None:
    reasons = check_invoice(make_invoice(**{field: None}), today=TODAY)
    assert [(r.code, r.field, r.blocking) for r in reasons] == [("missing_field", field, True)]


def test_what_only_some_invoices_have_is_not_required() -> None:
    bare = make_invoice(due_date=None, buyer_name=None, vendor_tax_id=None, iban=None, document_type=None)
    assert codes(bare) == []


def test_wrong_total_is_told_with_both_numbers() -> None:
    (reason,) = check_invoice(make_invoice(total_amount=D("120.00")), today=TODAY)
    assert (reason.code, reason.field, reason.blocking) == ("total_mismatch", "total_amount", True)
    assert "119.00" in reason.message
    assert "120.00" in reason.message


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(
            {"subtotal": D("105.00"), "charge_total": D("5.00"), "total_amount": D("124.00")}, id="shipping in"
        ),
        pytest.param({"charge_total": D("5.00"), "total_amount": D("124.00")}, id="shipping after the subtotal"),
        pytest.param({"discount_total": D("10.00"), "total_amount": D("109.00")}, id="discount after the subtotal"),
        pytest.param({"discount_total": D("-10.00"), "total_amount": D("109.00")}, id="discount printed negative"),
        pytest.param(
            {
                "discount_total": D("10.00"),
                "subtotal": D("90.00"),
                "tax_amount": D("17.10"),
                "total_amount": D("107.10"),
            },
            id="discount before the subtotal (BR-CO-13)",
        ),
        pytest.param(
            {"discount_total": D("10.00"), "charge_total": D("4.00"), "total_amount": D("113.00")},
            id="discount, shipping",
        ),
        pytest.param({"rounding": D("0.20"), "total_amount": D("119.20")}, id="rounded before the total"),
        pytest.param({"currency": "CHF", "tax_amount": D("18.98")}, id="Swiss total in steps of five"),
        pytest.param(
            {"tax_amount": None, "total_amount": D("100.00"), "vendor_tax_id": "91-4471829"}, id="no tax at all"
        ),
        pytest.param({"subtotal": None, "tax_amount": D("15.97"), "total_amount": D("100.00")}, id="prices with tax"),
        pytest.param({"subtotal": D("100.00"), "tax_amount": D("15.97"), "total_amount": D("100.00")}, id="tax inside"),
        pytest.param({"amount_paid": D("50.00"), "amount_due": D("69.00")}, id="paid in part (BR-CO-16)"),
        pytest.param({"amount_paid": D("119.00"), "amount_due": D("0.00")}, id="paid"),
    ],
)
def test_paper_may_add_up_in_other_ways_than_xml(changes: dict[str, Any]) -> None:
    assert codes(make_invoice(**changes)) == []


def test_total_that_nothing_confirms_needs_a_person() -> None:
    alone = make_invoice(subtotal=None, tax_amount=None, total_amount=D("250.00"), line_items=[])
    assert codes(alone) == ["total_not_corroborated", "missing_lines"]


def test_derived_subtotal_does_not_confirm_the_total_it_was_derived_from() -> None:
    lines = [LineData(description="All in")]
    derived = make_invoice(tax_amount=D("17.13"), total_amount=D("117.13"), line_items=lines)
    assert codes(derived) == []
    assert codes(derived, derived=frozenset({"subtotal"})) == ["total_not_corroborated"]


def test_net_sum_taken_for_the_total_is_not_confirmed_by_its_lines() -> None:
    """19 is 19 % of 100: the figure read as total is the net one."""
    net_as_total = make_invoice(subtotal=None, total_amount=D("100.00"))
    assert codes(net_as_total) == ["total_not_corroborated"]
    with_rate = make_invoice(subtotal=None, tax_amount=None, total_amount=D("100.00"), taxes=[TaxData(rate=D(19))])
    assert codes(with_rate) == ["total_not_corroborated"]


def test_lines_of_a_vendor_with_a_vat_id_do_not_confirm_a_total_without_tax() -> None:
    without_tax = make_invoice(subtotal=None, tax_amount=None, total_amount=D("100.00"))
    assert codes(without_tax) == ["total_not_corroborated"]
    without_tax.vendor_tax_id = None
    assert codes(without_tax) == []
    exempt = make_invoice(subtotal=None, tax_amount=D(0), total_amount=D("100.00"))
    assert codes(exempt) == []


def test_one_line_that_repeats_the_total_proves_nothing_unless_it_multiplies() -> None:
    untaxed = make_invoice(subtotal=None, tax_amount=None, vendor_tax_id=None, total_amount=D("60.00"))
    untaxed.line_items = [LineData(amount=D("60.00"))]
    assert codes(untaxed) == ["total_not_corroborated"]
    untaxed.line_items = [make_line("3", "20", "60")]
    assert codes(untaxed) == []


def test_included_tax_at_a_printed_rate_confirms_a_receipt() -> None:
    receipt = make_invoice(
        subtotal=None,
        tax_amount=D("8.33"),
        total_amount=D("50.00"),
        taxes=[TaxData(rate=D(20), amount=D("8.33"))],
        line_items=[LineData(description="Lunch")],
    )
    assert codes(receipt) == []


def test_amount_due_must_follow_from_total_and_payments() -> None:
    (reason,) = check_invoice(make_invoice(amount_paid=D("50.00"), amount_due=D("60.00")), today=TODAY)
    assert (reason.code, reason.field) == ("amount_due_mismatch", "amount_due")
    assert "69.00" in reason.message
    assert "60.00" in reason.message


def test_taxes_by_rate_must_add_up() -> None:
    rows = [
        TaxData(rate=D(19), base=D("80.00"), amount=D("15.20")),
        TaxData(rate=D(7), base=D("20.00"), amount=D("1.40")),
    ]
    assert codes(make_invoice(taxes=rows)) == ["tax_sum_mismatch"]
    assert codes(make_invoice(taxes=rows, tax_amount=D("16.60"), total_amount=D("116.60"))) == []


def test_base_times_rate_must_be_the_tax() -> None:
    assert codes(make_invoice(taxes=[TaxData(rate=D(7), base=D("100.00"), amount=D("19.00"))])) == [
        "tax_breakdown_mismatch"
    ]
    gross_base = TaxData(rate=D(19), base=D("119.00"), amount=D("19.00"))
    assert codes(make_invoice(taxes=[gross_base])) == []


@pytest.mark.parametrize("rate", ["-1", "190"])
def test_tax_rate_out_of_use_is_told(rate: str) -> None:
    assert "tax_rate_implausible" in codes(make_invoice(taxes=[TaxData(rate=D(rate))]))


def test_tax_larger_than_any_rate_gives_is_told() -> None:
    assert "tax_rate_implausible" in codes(make_invoice(tax_amount=D("60.00"), total_amount=D("160.00")))


@pytest.mark.parametrize(
    ("total", "kind", "code"),
    [
        ("0", "invoice", "zero_total"),
        ("-119", "invoice", "negative_total"),
        ("-119", "credit_note", "credit_note_sign"),
    ],
)
def test_signs_are_watched(total: str, kind: str, code: str) -> None:
    assert code in codes(make_invoice(total_amount=D(total), document_type=kind))


def test_credit_note_with_positive_amounts_is_accepted() -> None:
    assert codes(make_invoice(document_type="credit_note", due_date=None)) == []


def test_line_that_does_not_multiply_is_told_by_its_number() -> None:
    lines = [make_line("3", "25.00", "60.00"), make_line("4", "10.00", "40.00")]
    (reason,) = check_invoice(make_invoice(line_items=lines), today=TODAY)
    assert (reason.code, reason.field) == ("line_mismatch", "line_items[0].amount")
    assert "75.00" in reason.message
    assert "60.00" in reason.message


@pytest.mark.parametrize(
    "line",
    [
        make_line("1000", "0.06", "59.50"),  # a price of 0.0595, printed with two decimals
        make_line("2.33", "25.75", "60.08"),  # 2 h 20 min
        make_line("3", "25.00", "60.00", discount=D("15.00")),
        make_line("3", "25.00", "60.00", discount=D("5.00")),  # for each unit
        make_line("3", "20.00", "71.40", tax_rate=D(19)),  # amount with tax
    ],
)
def test_lines_may_be_rounded_discounted_or_gross(line: LineData) -> None:
    assert "line_mismatch" not in codes(make_invoice(line_items=[line, make_line("4", "10.00", "40.00")]))


def test_misread_column_is_summed_up_in_one_reason() -> None:
    lines = [make_line("2", "1.00", "10.00") for _ in range(10)]
    told = [r.field for r in check_invoice(make_invoice(line_items=lines), today=TODAY) if r.code == "line_mismatch"]
    assert len(told) == 6
    assert told[-1] == "line_items"


def test_lines_must_add_up_to_the_subtotal() -> None:
    (reason,) = check_invoice(make_invoice(line_items=[make_line("3", "20.00", "60.00")]), today=TODAY)
    assert (reason.code, reason.field) == ("line_sum_mismatch", "line_items")
    assert "60.00" in reason.message
    assert "100.00" in reason.message


def test_line_without_price_is_a_remark_and_not_a_missing_amount() -> None:
    remark = LineData(description="Delivered to the back entrance")
    lines = [make_line("3", "20.00", "60.00"), remark, make_line("4", "10.00", "40.00")]
    assert codes(make_invoice(line_items=lines)) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"invoice_date": date(2025, 4, 11), "due_date": None}, "date_in_future"),
        ({"invoice_date": date(1924, 11, 4), "due_date": None}, "date_too_old"),
        ({"due_date": date(2024, 11, 3)}, "due_before_invoice"),
        ({"due_date": date(2026, 12, 4)}, "due_date_implausible"),
        ({"period_start": date(2024, 10, 31), "period_end": date(2024, 10, 1)}, "period_reversed"),
        ({"currency": "EURO"}, "currency_unknown"),
        ({"currency": "DEM"}, "currency_unknown"),
        ({"invoice_number": "Rechnung"}, "invoice_number_implausible"),
        ({"invoice_number": "DE 226 018 159"}, "invoice_number_implausible"),
        ({"vendor_name": "4711"}, "vendor_name_implausible"),
        ({"buyer_name": "HARZER Werkzeugbau, GmbH"}, "vendor_is_buyer"),
        ({"buyer_tax_id": "DE 226018159"}, "vendor_is_buyer"),
        ({"vendor_tax_id": "DE226018158"}, "vat_id_invalid"),
        ({"iban": "DE55979213468948282716"}, "iban_invalid"),
        ({"bic": "HARZ"}, "bic_invalid"),
    ],
)
def test_implausible_values_are_told(changes: dict[str, Any], code: str) -> None:
    assert codes(make_invoice(**changes)) == [code]


def test_invoice_dated_a_few_days_ahead_is_accepted() -> None:
    assert codes(make_invoice(invoice_date=date(2024, 12, 2), due_date=None)) == []


@pytest.mark.parametrize(
    ("number", "country", "holds"),
    [
        ("GB530570626", None, True),
        ("CHE-696.533.967 MWST", None, True),
        ("CHE-696.533.968 MWST", None, False),
        ("FR 60 182661298", None, True),
        ("ESB92782838", None, True),
        ("ATU61740931", None, True),
        ("EL094259216", None, True),
        ("91-4471829", None, None),  # a US employer number has no checksum
        ("133/815/08152", "DE", None),  # a German tax number, not a VAT id
        ("02643680073", "IT", True),
    ],
)
def test_vat_ids_are_judged_only_where_a_checksum_exists(number: str, country: str | None, holds: bool | None) -> None:
    assert vat_id_holds(number, country) is holds


def test_another_account_of_a_known_vendor_blocks() -> None:
    reasons = check_invoice(
        make_invoice(), today=TODAY, context=BookContext(vendor_ibans=frozenset({"DE12 8379 9733 8580 5591 39"}))
    )
    assert [(r.code, r.field, r.blocking) for r in reasons] == [("iban_changed", "iban", True)]
    assert "DE55979213468948282715" in reasons[0].message
    assert "DE12837997338580559139" in reasons[0].message


def test_the_known_account_is_fine_however_it_is_spaced() -> None:
    assert codes(make_invoice(), vendor_ibans=frozenset({"DE55 9792 1346 8948 2827 15"})) == []


@pytest.mark.parametrize("match", ["number", "date_total", "bytes"])
def test_suspected_duplicates_block_and_name_the_other(match: Any) -> None:
    context = BookContext(duplicates=(DuplicateRef(ref="Invoice R-17 of 4 November", match=match),))
    (reason,) = check_invoice(make_invoice(), today=TODAY, context=context)
    assert (reason.code, reason.blocking) == ("suspected_duplicate", True)
    assert reason.message.startswith("Invoice R-17 of 4 November ")


def test_blocking_reasons_come_first() -> None:
    reasons = check_invoice(make_invoice(bic="X", total_amount=D("500.00")), today=TODAY)
    assert [r.blocking for r in reasons] == sorted([r.blocking for r in reasons], reverse=True)
    assert reasons[0].code == "total_mismatch"


def test_what_the_books_say_cannot_be_cured_by_reading_again() -> None:
    assert {"iban_changed", "suspected_duplicate", "vat_id_invalid", "iban_invalid"} & CURABLE_CODES == set()
    assert set(REASONS) > CURABLE_CODES


def test_every_code_that_the_program_gives_is_in_the_catalogue() -> None:
    root = Path(__file__).parents[2]
    sources = [path.read_text("utf-8") for app in ("invoices", "processing") for path in (root / app).rglob("*.py")]
    given = {code for text in sources for code in re.findall(r'\breason\(\s*"([a-z_]+)"', text)}
    assert given - set(REASONS) == set()
    assert len(given) > 3


def test_confirmed_fields_are_those_that_checks_prove() -> None:
    confirmed = confirmed_fields(make_invoice())
    assert {"subtotal", "tax_amount", "total_amount", "currency", "iban", "vendor_tax_id"} <= confirmed
    assert {"line_items[0].amount", "line_items[1].quantity"} <= confirmed
    assert "vendor_name" not in confirmed
    assert "total_amount" not in confirmed_fields(make_invoice(total_amount=D("125.00")))


def test_absurd_number_is_left_out_and_told() -> None:
    reasons = check_invoice(make_invoice(amount_paid=D("1E+999999")), today=TODAY)
    assert [(r.code, r.field) for r in reasons] == [("value_out_of_range", "amount_paid")]


hostile = st.sampled_from(
    [D("NaN"), D("sNaN"), D("-Infinity"), D("1E+999999"), D("1E-999999"), D(10) ** 40, D("1e-400")]
)
amounts = st.decimals(min_value=-10_000_000, max_value=10_000_000, places=2) | hostile


@given(subtotal=amounts, tax=amounts, total=amounts, quantity=amounts, price=amounts)
def test_no_numbers_make_the_rules_fail_and_every_code_is_listed(
    subtotal: Decimal, tax: Decimal, total: Decimal, quantity: Decimal, price: Decimal
) -> None:
    line = LineData(quantity=quantity, unit_price=price, amount=total, tax_rate=tax, discount=subtotal)
    invoice = make_invoice(
        subtotal=subtotal,
        tax_amount=tax,
        total_amount=total,
        amount_due=price,
        discount_total=tax,
        line_items=[line, line],
        taxes=[TaxData(rate=price, base=subtotal, amount=tax)],
    )
    reasons = check_invoice(invoice, today=TODAY)
    assert {reason.code for reason in reasons} <= set(REASONS)
    assert all(len(reason.message) < 300 for reason in reasons)
    confirmed_fields(invoice)


@given(cents=st.integers(1, 10_000_000), rate=st.sampled_from([D("5.5"), D(7), D(10), D(19), D("8.1"), D(25)]))
def test_an_invoice_that_adds_up_is_accepted_at_any_amount(cents: int, rate: Decimal) -> None:
    net = D(cents) / 100
    tax = (net * rate / 100).quantize(D("0.01"))
    invoice = make_invoice(
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        line_items=[LineData(amount=net)],
        taxes=[TaxData(rate=rate, base=net, amount=tax)],
    )
    assert codes(invoice) == []
