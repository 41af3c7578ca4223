"""Claims that a misreading explains better than the carrier's error are held back. Pure."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

from invoices.auditing.doubts import held_back, in_other_words, is_misread, is_scattered
from invoices.auditing.records import FindingData
from invoices.rate_records import SurchargeData
from invoices.records import InvoiceData, LineData

NONE = InvoiceData()


def claim(number: int, billed: str, expected: str) -> FindingData:
    return FindingData(
        code="overcharged", charge="freight", lines=(number,), billed=D(billed), expected=D(expected), currency="EUR",
        message="", tracking_number=f"P{number}", cause="wrong_rate", shipment=number,
    )  # fmt: skip


def unknown(number: int, name: str, billed: str) -> FindingData:
    return replace(claim(number, billed, "0"), code="charge_not_on_card", charge="accessorial", description=name)


SCATTERED = [claim(1, "12", "10"), claim(2, "31", "20"), claim(3, "7", "11"), claim(4, "90", "40")]


def test_freight_that_differs_in_another_way_on_many_shipments_is_doubted() -> None:
    assert is_scattered(SCATTERED, 6, NONE)


def test_few_errors_among_many_shipments_are_claimed() -> None:
    assert not is_scattered(SCATTERED, 40, NONE)
    assert not is_scattered(SCATTERED[:2], 4, NONE)


def test_all_shipments_at_one_factor_or_one_amount_more_are_claimed() -> None:
    raised = [claim(n, str(D(n) * 10 * D("1.059")), str(n * 10)) for n in range(1, 6)]
    assert not is_scattered(raised, 5, NONE)
    assert not is_scattered([claim(n, str(n * 10 + 3), str(n * 10)) for n in range(1, 6)], 5, NONE)


def test_prices_with_their_tax_inside_are_no_other_prices() -> None:
    taxed = [claim(n, str(D(n) * 10 * D("1.19")), str(n * 10)) for n in range(1, 6)]
    assert is_scattered(taxed, 5, NONE)
    odd = [claim(n, str(D(n) * 10 * D("1.081")), str(n * 10)) for n in range(1, 6)]
    assert is_scattered(odd, 5, InvoiceData(total_amount=D("108.10"), tax_amount=D("8.10")))


def test_an_unknown_charge_at_the_price_of_one_that_the_bill_names_nowhere_is_that_in_other_words() -> None:
    unnamed = [SurchargeData("Liftgate", D("28.00")), SurchargeData("Per pound", D("4.00"), basis="per_unit")]
    findings = [*SCATTERED, unknown(1, "Nostolava", "28.00"), unknown(2, "Aikatilaus", "4.00")]
    left, held = in_other_words(findings, 9, unnamed, lacks_fuel=False)
    assert left == [*SCATTERED, findings[-1]]
    assert held == []


def test_an_unknown_charge_of_most_shipments_is_held_where_nothing_is_told_as_the_fuel_of_the_card() -> None:
    findings = [unknown(n, "Energiapotlek", f"{n}.10") for n in range(1, 5)]
    left, held = in_other_words(findings, 5, [], lacks_fuel=True)
    assert (left, held) == ([], findings)
    assert in_other_words(findings, 5, [], lacks_fuel=False)[0] == findings
    one = held_back("Why.", held, "EUR")
    assert (one.code, one.lines, one.billed) == ("not_rated", (1, 2, 3, 4), D("10.40"))
    assert one.message == "4 shipments: Why."


def test_charges_far_from_what_the_bill_asks_for_are_misread() -> None:
    lines = [LineData(amount=D(100)), LineData(amount=D(50))]
    assert not is_misread(InvoiceData(line_items=lines, total_amount=D("178.50"), tax_amount=D("28.50")))
    assert not is_misread(InvoiceData(line_items=lines, total_amount=D(140), discount_total=D(10)))
    assert is_misread(InvoiceData(line_items=lines, total_amount=D(200)))
