"""Claims that a misreading explains better than an error of the carrier; they are held back. Pure.

A carrier errs on few shipments of a bill, or on all of them in one way: one discount, one percentage, one factor.
Claims on many shipments that have nothing in common come of a column, a unit or a card that is not the right one; and
a charge that most shipments have and the card has not is mostly one of the card's, in words that nothing understood.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from invoices.auditing.records import FindingData
from invoices.auditing.wording import folded
from invoices.rate_records import SurchargeData
from invoices.records import InvoiceData

ZERO, CENT = Decimal(0), Decimal("0.01")
_FEWEST = 3
_SHARE = Decimal(1) / 3  # of the shipments
_ALIKE = Decimal("0.6")  # of the claims
_SAME_RATIO = Decimal("0.004")
# Charges that miss the total by more than this share of it were not read as they stand.
_FAR = Decimal("0.05")
# Value added tax in per cent, where the bill does not say it: a price with it inside is no other price.
_TAXES = range(15, 28)
MISREAD = "The charges that were read do not come to what the bill asks for; they are audited once they do."
SCATTERED = "Their charges differ from the card, each in another way: the bill may be misread, or the card another one."
NO_FREIGHT = "None of the charges is told as the freight."
UNTOLD = "A charge that most shipments have may be the fuel surcharge of the card in other words."


def is_misread(invoice: InvoiceData) -> bool:
    """Whether the charges are far from what the bill asks for, so that some were not read, or are none: nothing that
    is claimed of them would be sure."""
    total = invoice.total_amount or ZERO
    charges = sum((line.amount or ZERO for line in invoice.line_items), ZERO)
    asked = {total, total - (invoice.tax_amount or ZERO), invoice.subtotal or total}
    extra = (invoice.charge_total or ZERO) - (invoice.discount_total or ZERO)
    asked |= {each - extra for each in asked}
    return total > 0 and min(abs(charges - each) for each in asked) > _FAR * total


def is_scattered(findings: Iterable[FindingData], shipments: int, invoice: InvoiceData) -> bool:
    """Whether the freight of so many shipments differs, and each in another way, that the reading is to be doubted."""
    claims = [
        each for each in findings
        if each.charge == "freight" and each.code in ("overcharged", "undercharged")
        and each.cause in (None, "wrong_rate", "dimensional_weight") and each.expected
    ]  # fmt: skip
    if len(claims) < _FEWEST or len(claims) <= _SHARE * shipments:
        return False
    ratios = [each.billed / each.expected for each in claims if each.expected]
    differences = Counter(each.difference for each in claims)
    needed = _ALIKE * len(claims)
    if differences.most_common(1)[0][1] >= needed:
        return False
    ratio = sorted(ratios)[len(ratios) // 2]
    alike = sum(abs(each - ratio) <= _SAME_RATIO for each in ratios) >= needed
    return not alike or _is_tax(ratio, invoice)


def _is_tax(ratio: Decimal, invoice: InvoiceData) -> bool:
    total, tax = invoice.total_amount or ZERO, invoice.tax_amount or ZERO
    rates = [Decimal(each) / 100 for each in _TAXES]
    if tax and total > tax:
        rates.append(tax / (total - tax))
    return any(abs(ratio - 1 - each) <= _SAME_RATIO / 4 for each in rates)


def in_other_words(
    findings: Sequence[FindingData], shipments: int, unnamed: Sequence[SurchargeData], *, lacks_fuel: bool
) -> tuple[list[FindingData], list[FindingData]]:
    """Claims of charges that the card does not have: those that it may have in other words, which cost a shipment to
    the cent what a charge of the card does that the bill names nowhere, are dropped, and those that most shipments have
    are held. ``unnamed``: charges of the card that no line of the bill names; ``lacks_fuel``: the card has fuel, and no
    charge of the bill is told as such. Gives all findings that stand, and those that are held."""
    prices = {each.value for each in unnamed if each.basis == "flat" and each.value > 0}
    by_name: dict[str, list[FindingData]] = defaultdict(list)
    for each in findings:
        if each.code == "charge_not_on_card":
            by_name[folded(each.description)].append(each)
    held: list[FindingData] = []
    dropped: list[FindingData] = []
    for own in by_name.values():
        if len(own) >= _FEWEST and 2 * len(own) >= shipments and lacks_fuel:
            held += own
        elif all(each.billed in prices for each in own):
            dropped += own
    away = {id(each) for each in (*held, *dropped)}
    return [each for each in findings if id(each) not in away], held


def held_back(why: str, findings: Sequence[FindingData], currency: str) -> FindingData:
    """One finding that says why nothing is claimed in place of many claims."""
    lines = tuple(sorted({line for each in findings for line in each.lines}))
    number = len({(each.shipment, each.tracking_number) for each in findings})
    return FindingData(
        code="not_rated", charge="freight", lines=lines, billed=sum((each.billed for each in findings), ZERO),
        expected=None, currency=currency, message=f"{number} shipments: {why}" if number > 1 else why,
        description=findings[0].description, cause="no_price",
    )  # fmt: skip
