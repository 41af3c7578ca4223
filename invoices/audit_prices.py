"""The stored rate cards of a vendor, and what it billed before, for an audit.

Cards are the company's: an invoice is audited by every card of its carrier, whoever uploaded it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from invoices.auditing.records import Sent
from invoices.auditing.tolerances import Tolerance
from invoices.auditing.wording import charge_key
from invoices.models import AuditTolerance, FuelIndexValue, Invoice, InvoiceLine, RateCard, Vendor
from invoices.queries import vendor_name_key
from invoices.rate_records import CardData
from invoices.rate_records.series import IndexValue
from invoices.ratecards.kept_lanes import KeptLanes
from invoices.ratecards.lookup import Choice, cards_on, quotes_by
from invoices.rating import Shipment
from invoices.rating.fuel_index import same_index, value_on
from invoices.records import ChargeKind, LineData

# A card says nothing of invoices that come much later than what it prices.
INVOICED_WITHIN = timedelta(days=180)
_IN_USE = (RateCard.Status.ACTIVE, RateCard.Status.SUPERSEDED)
_KEPT_ANSWERS = 64  # the readings of a shipment and of those around it; each holds rates
# How far a card came before it gave no price: the farthest says best what is missing.
_FARTHEST = (
    "no_quantity", "no_break", "no_class", "no_equipment", "no_lane", "no_service", "not_valid",
)  # fmt: skip
# A bill that takes back what was billed before, or asks for the difference, does not bill first what another bills.
_CORRECTS = (
    r"\m(previously (billed|paid|charged)|prior (billing|payment)|less paid|original(ly)? (billed|charge|invoice)"
    r"|bereits berechnet|d[ée]j[àa] factur|balance due|corrected bill|correction of|nachberechnung)"
)
_SENT = """
SELECT l.tracking_number, l.charge_code, l.description, l.service, l.amount, i.id, i.invoice_number
FROM invoices_invoiceline l JOIN invoices_invoice i ON i.id = l.invoice_id
WHERE l.tracking_number <> '' AND upper(l.tracking_number) = ANY(%(numbers)s) AND i.vendor_id = %(vendor)s
    AND i.status <> 'rejected' AND i.document_type <> 'credit_note' AND i.id IS DISTINCT FROM %(exclude)s
    AND l.amount > 0
    AND NOT EXISTS (
        SELECT FROM invoices_invoiceline c
        WHERE c.invoice_id = l.invoice_id AND c.shipment = l.shipment AND c.description ~* %(corrects)s)
    AND (%(exclude)s::uuid IS NULL OR i.created_at < coalesce(
        (SELECT created_at FROM invoices_invoice WHERE id = %(exclude)s), 'infinity'))
ORDER BY i.created_at DESC
"""

# All lines of the shipment on the latest of these invoices.
_EARLIER = """
SELECT DISTINCT ON (upper(s.tracking_number)) s.tracking_number, s.invoice_id, s.position
FROM invoices_shipment s JOIN invoices_invoice i ON i.id = s.invoice_id
WHERE upper(s.tracking_number) = ANY(%(numbers)s) AND i.vendor_id = %(vendor)s
    AND i.status <> 'rejected' AND i.document_type <> 'credit_note' AND i.id IS DISTINCT FROM %(exclude)s
    AND EXISTS (
        SELECT FROM invoices_invoiceline l
        WHERE l.invoice_id = s.invoice_id AND l.shipment = s.position AND l.charge_kind = 'freight')
    AND NOT EXISTS (
        SELECT FROM invoices_invoiceline c
        WHERE c.invoice_id = s.invoice_id AND c.shipment = s.position AND c.description ~* %(corrects)s)
    AND (%(exclude)s::uuid IS NULL OR i.created_at < coalesce(
        (SELECT created_at FROM invoices_invoice WHERE id = %(exclude)s), 'infinity'))
ORDER BY upper(s.tracking_number), i.created_at DESC, s.position
"""


class StoredPrices:
    """``invoices.auditing.Prices`` of one vendor; ``exclude`` is the invoice that is audited."""

    def __init__(self, vendor: Vendor, *, exclude: UUID | None) -> None:
        self._vendor = vendor
        self._exclude = exclude
        self._ids: list[UUID] | None = None
        self._indexes: dict[tuple[str, str, date], Decimal | None] = {}
        self._values: list[IndexValue] | None = None
        self._days: dict[date, Callable[[Shipment], list[tuple[UUID, CardData]]]] = {}
        self._lanes = KeptLanes()
        self._found: OrderedDict[tuple[Shipment, date], list[tuple[UUID, CardData]]] = OrderedDict()

    @property
    def known(self) -> bool:
        return bool(self._card_ids())

    def cards(self, shipment: Shipment, day: date) -> Sequence[tuple[UUID, CardData]]:
        key = (shipment, day)
        if key not in self._found:
            if day not in self._days:
                self._days[day] = cards_on(day, Choice(card_ids=self._card_ids()), self._lanes)
            self._found[key] = self._days[day](shipment)
            if len(self._found) > _KEPT_ANSWERS:
                self._found.popitem(last=False)
        return self._found[key]

    def fuel_index(self, card: CardData, day: date) -> Decimal | None:
        rule = next((rule for rule in card.rules if rule.kind == "fuel_index"), None)
        name = (rule.index_name if rule else "") or next((b.index_name for b in card.fuel if b.index_name), "")
        if not name:
            return None
        key = (name, rule.lag if rule else "", day)
        if key not in self._indexes:
            self._indexes[key] = value_on(self._series(name), day, key[1])
        return self._indexes[key]

    def _series(self, name: str) -> list[IndexValue]:
        if self._values is None:
            rows = FuelIndexValue.objects.values_list("index_name", "published", "value")
            self._values = [IndexValue(index, published, value) for index, published, value in rows if value]
        return [each for each in self._values if same_index(each.index_name, name)]

    def why_none(self, shipment: Shipment, day: date) -> str:
        found, ids = quotes_by(shipment, day, Choice(card_ids=self._card_ids()))
        if not ids:
            return f"No rate card of {self._vendor.name} is valid on {day}."
        if found.quotes:
            return f"The rate card is in {found.quotes[0].currency}, the invoice is not."
        refusals = sorted(found.refusals, key=lambda r: _FARTHEST.index(r.code) if r.code in _FARTHEST else 9)
        return refusals[0].message if refusals else f"The rate cards of {self._vendor.name} contain no rates."

    def earlier_lines(self, tracking_numbers: Sequence[str]) -> Mapping[str, Sequence[LineData]]:
        found: dict[str, Sequence[LineData]] = {}
        for number, invoice_id, position in self._rows(_EARLIER, tracking_numbers):
            own = InvoiceLine.objects.filter(invoice_id=invoice_id, shipment=position).order_by("position")
            found[number.strip().casefold()] = [
                LineData(
                    description=line.description, charge_code=line.charge_code, amount=line.amount,
                    charge_kind=cast(ChargeKind, line.charge_kind) or None,
                )
                for line in own.only("description", "charge_code", "charge_kind", "amount")
            ]  # fmt: skip
        return found

    def sent_before(self, tracking_numbers: Sequence[str]) -> Mapping[Sent, tuple[UUID, str]]:
        rows = self._rows(_SENT, tracking_numbers)
        sent = {}
        for number, code, description, service, amount, invoice_id, invoice_number in rows:
            line = LineData(charge_code=code, description=description, service=service)
            key = Sent(number.strip().casefold(), charge_key(line), amount)
            sent[key] = (invoice_id, invoice_number or str(invoice_id))
        return sent

    def _rows(self, query: str, tracking_numbers: Sequence[str]) -> list[tuple[Any, ...]]:
        values: dict[str, Any] = {
            "numbers": [number.upper() for number in tracking_numbers],
            "vendor": self._vendor.pk,
            "exclude": self._exclude,
            "corrects": _CORRECTS,
        }
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    def _card_ids(self) -> list[UUID]:
        if self._ids is None:
            names = RateCard.objects.filter(status__in=_IN_USE).values_list("id", "carrier_name")
            key = self._vendor.name_key
            self._ids = [card_id for card_id, name in names if same_carrier(key, name)]
        return self._ids


def tolerances_of(vendor: Vendor) -> list[Tolerance]:
    """What is borne of this vendor's differences: its own tolerances and those of all carriers."""
    key = vendor.name_key
    return [
        Tolerance(row.kind, row.amount, row.percent, own=bool(row.carrier_name))
        for row in AuditTolerance.objects.all()
        if not row.carrier_name or same_carrier(key, row.carrier_name)
    ]


def cards_of_carrier(name: str) -> list[RateCard]:
    """The cards in use of a carrier; without a name those of all."""
    key, cards = _key(name), RateCard.objects.filter(status__in=_IN_USE)
    return [card for card in cards if not name or same_carrier(key, card.carrier_name)]


def same_carrier(vendor_key: str, carrier_name: str) -> bool:
    """Whether a vendor and the carrier of a card are one: their names agree without legal form, or one goes on where
    the other, of two words or more, ends ("Northgale Parcel", "Northgale Parcel Leipzig")."""
    carrier_key = _key(carrier_name)
    if not vendor_key or not carrier_key:
        return False
    short, long = sorted((vendor_key.split(), carrier_key.split()), key=len)
    return short == long or (len(short) > 1 and long[: len(short)] == short)


def invoices_priced_by(card: RateCard) -> QuerySet[Invoice]:
    """The invoices that an audit by this card may change: of its carrier, for shipments of its time."""
    vendors = [
        vendor_id
        for vendor_id, key in Vendor.objects.values_list("id", "name_key")
        if same_carrier(key, card.carrier_name)
    ]
    dated = Q()
    if card.valid_from is not None:
        dated &= Q(invoice_date__gte=card.valid_from)
    if card.valid_to is not None:
        dated &= Q(invoice_date__lte=card.valid_to + INVOICED_WITHIN)
    of_carrier = Invoice.objects.filter(vendor_id__in=vendors).exclude(status=Invoice.Status.REJECTED)
    return of_carrier.filter(dated | Q(invoice_date=None))


@lru_cache(maxsize=16_384)
def _key(name: str) -> str:
    return vendor_name_key(name) if name else ""
