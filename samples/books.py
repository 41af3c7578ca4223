"""What the samples are made of: companies, invoices that add up, and how each country writes dates and amounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from invoices.records import InvoiceData, LineData, TaxData, to_json

CENT = Decimal("0.01")
ZERO = Decimal(0)

MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}


@dataclass(frozen=True)
class Company:
    """A made-up company; its identifiers have valid checksums and belong to nobody we know."""

    name: str
    street: str
    city: str
    country: str
    tax_id: str = ""
    phone: str = ""
    email: str = ""
    bank: str = ""
    iban: str = ""
    bic: str = ""
    register: str = ""

    @property
    def spaced_iban(self) -> str:
        return " ".join(self.iban[i : i + 4] for i in range(0, len(self.iban), 4))


@dataclass
class Sample:
    """One document: its invoice, how it looks, and what is expected of it beside the values."""

    file: str
    layout: str
    seller: Company
    buyer: Company
    invoice: InvoiceData
    language: str
    region: str = ""
    extra: dict[str, str] = field(default_factory=dict)
    alternatives: dict[str, list[str]] = field(default_factory=dict)
    review: Sequence[str] = ()
    status: str = "completed"
    error: str | None = None
    copy_of: str | None = None

    def money(self, amount: Decimal | None, *, sign: bool = False) -> str:
        """An amount as this document writes it, with the currency sign where ``sign``."""
        text = number(amount or ZERO, self.region or self.language)
        if not sign:
            return text
        currency = self.invoice.currency
        return {"USD": f"${text}", "GBP": f"£{text}", "EUR": f"{text} €", "CHF": f"CHF {text}"}[currency or "EUR"]

    def day(self, day: date | None) -> str:
        return "" if day is None else written_date(day, self.region or self.language)

    def quantity(self, quantity: Decimal | None) -> str:
        return short(quantity or ZERO, self.region or self.language)

    def rows(self, *columns: str) -> list[list[str]]:
        """The lines as this document writes these fields of theirs; "tax_rate %" has the sign with it."""
        return [[self._cell(line, column) for column in columns] for line in self.invoice.line_items]

    def _cell(self, line: LineData, column: str) -> str:
        name = column.removesuffix(" %")
        value = getattr(line, name)
        if isinstance(value, date):
            return self.day(value)
        if name in ("unit_price", "amount"):
            return self.money(value)
        if name in ("quantity", "billed_weight"):
            return self.quantity(value)
        return f"{value:f}{column.removeprefix(name)}" if isinstance(value, Decimal) else value or ""


def line(
    description: str,
    quantity: str,
    unit_price: str,
    rate: str | None = None,
    *,
    unit: str | None = None,
    code: str | None = None,
    discount: str | None = None,
) -> LineData:
    """A line whose amount is quantity times price less discount, rounded to the cent."""
    amount = Decimal(quantity) * Decimal(unit_price) - Decimal(discount or 0)
    return LineData(
        description=description,
        item_code=code,
        quantity=Decimal(quantity),
        unit=unit,
        unit_price=Decimal(unit_price),
        discount=Decimal(discount) if discount else None,
        amount=amount.quantize(CENT, ROUND_HALF_UP),
        tax_rate=Decimal(rate) if rate is not None else None,
    )


def make_invoice(
    seller: Company,
    buyer: Company,
    lines: list[LineData],
    *,
    number: str,
    issued: str,
    currency: str = "EUR",
    due: str | None = None,
    delivered: str | None = None,
    order: str | None = None,
    discount: str | None = None,
    shipping: str | None = None,
    shipping_rate: str | None = None,
    paid: str | None = None,
    kind: str = "invoice",
    terms: str | None = None,
) -> InvoiceData:
    """An invoice whose taxes and totals follow from its lines.

    The discount lowers the base of the first line's rate; shipping is taxed at ``shipping_rate`` (untaxed without one).
    """
    bases: dict[Decimal, Decimal] = {}
    for item in lines:
        rate = item.tax_rate or ZERO
        bases[rate] = bases.get(rate, ZERO) + (item.amount or ZERO)
    bases[lines[0].tax_rate or ZERO] -= Decimal(discount or 0)
    net = sum(bases.values(), ZERO) + Decimal(shipping or 0)
    if shipping and shipping_rate:
        bases[Decimal(shipping_rate)] = bases.get(Decimal(shipping_rate), ZERO) + Decimal(shipping)
    taxes = [
        TaxData(rate=rate, base=base, amount=(base * rate / 100).quantize(CENT, ROUND_HALF_UP))
        for rate, base in sorted(bases.items(), reverse=True)
    ]
    tax = sum((row.amount or ZERO for row in taxes), ZERO)
    return InvoiceData(
        document_type=kind,
        invoice_number=number,
        invoice_date=date.fromisoformat(issued),
        due_date=date.fromisoformat(due) if due else None,
        delivery_date=date.fromisoformat(delivered) if delivered else None,
        currency=currency,
        purchase_order=order,
        vendor_name=seller.name,
        vendor_tax_id=seller.tax_id or None,
        buyer_name=buyer.name,
        subtotal=net,
        discount_total=Decimal(discount) if discount else None,
        charge_total=Decimal(shipping) if shipping else None,
        tax_amount=tax,
        total_amount=net + tax,
        amount_paid=Decimal(paid) if paid else None,
        amount_due=net + tax - Decimal(paid) if paid else None,
        payment_terms=terms,
        iban=seller.iban or None,
        line_items=lines,
        taxes=[row for row in taxes if row.amount],
    )


UNIT_CODES = {"kg": "KGM", "Stk": "H87", None: "C62"}


def goods(invoice: InvoiceData) -> Decimal:
    """The sum of the lines."""
    return sum((item.amount for item in invoice.line_items if item.amount is not None), Decimal(0))


def number(amount: Decimal, region: str, places: int = 2) -> str:
    """A number with the thousands and decimal signs of a language or country."""
    thousands, point = {
        "en": (",", "."),
        "us": (",", "."),
        "gb": (",", "."),
        "ie": (",", "."),
        "ch": ("'", "."),
        "fr": ("\u00a0", ","),
    }.get(region, (".", ","))
    return f"{amount:,.{places}f}".replace(",", "\0").replace(".", point).replace("\0", thousands)


def short(quantity: Decimal, region: str) -> str:
    exponent = quantity.normalize().as_tuple().exponent
    return number(quantity, region, max(0, -exponent if isinstance(exponent, int) else 0))


def written_date(day: date, region: str) -> str:
    """A date as usual in a language or country."""
    pattern = {
        "de": "%d.%m.%Y",
        "fr": "%d/%m/%Y",
        "es": "%d/%m/%Y",
        "it": "%d/%m/%Y",
        "pt": "%d/%m/%Y",
        "nl": "%d-%m-%Y",
        "ie": "%d/%m/%Y",
    }.get(region)
    if pattern:
        return day.strftime(pattern)
    language = {"ch": "de", "fr-long": "fr"}.get(region, "en")
    month = MONTHS[language].split()[day.month - 1]
    return {
        "us": f"{month} {day.day}, {day.year}",
        "ch": f"{day.day}. {month} {day.year}",
    }.get(region, f"{day.day} {month} {day.year}")


def expectation(sample: Sample) -> dict[str, Any]:
    """The entry of expected.json: only what the document shows."""

    def known(record: Any) -> dict[str, Any]:
        return {name: value for name, value in to_json(record).items() if value not in (None, [])}

    expected = known(sample.invoice)
    for name in ("line_items", "taxes"):
        if name in expected:
            expected[name] = [known(row) for row in getattr(sample.invoice, name)]
    if sample.layout in ("hybrid", "ubl"):  # the XML counts, and it names units by their UN/ECE code (BT-130)
        for row in expected.get("line_items", []):
            row["unit"] = UNIT_CODES[row.get("unit")]
    expected |= {f"{name}_alternatives": values for name, values in sample.alternatives.items()}
    entry: dict[str, Any] = {"file": sample.file, "layout": sample.layout, "language": sample.language}
    return entry | {
        "expected": expected if sample.status == "completed" else {},
        "review": list(sample.review),
        "status": sample.status,
        "error": sample.error,
    }
