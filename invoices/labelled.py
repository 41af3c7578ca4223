"""Corrections as labelled data: what people approved beside what the machine read. Reads only.

An approved invoice is a label; what the machine read is its ``MachineReading``, or the invoice itself where nobody
changed it. A field counts where either side has a value; it is right where both have the same, in the form of
``plain_json``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDay, TruncMonth, TruncWeek
from django.utils import timezone

from invoices.models import Invoice, MachineReading
from invoices.queries import invoice_data
from invoices.records import HEADER_FIELDS, LINE_FIELDS, plain_json
from invoices.scoring import ratio

By = Literal["field", "vendor", "method", "day", "week", "month"]
BATCH = 500


@dataclass(slots=True)
class Accuracy:
    """How many values of a group stood at approval (``fields``), and how many of them as the machine had read them."""

    group: str
    fields: int = 0
    unchanged: int = 0
    invoices: int = 0

    @property
    def share(self) -> float | None:
        """Of the values that are unchanged, 0 to 1; None without values."""
        return ratio(self.unchanged, self.fields)


@dataclass(frozen=True, slots=True)
class Label:
    """One approved invoice: the final values and those that the machine read, as in results.json, and the method by
    which each of its header fields was read."""

    invoice_id: UUID
    vendor: str
    method: str
    final: Mapping[str, Any]
    read: Mapping[str, Any]
    methods: Mapping[str, str]

    @property
    def wrong(self) -> list[str]:
        """The header fields that a person changed."""
        return [name for name in HEADER_FIELDS if self.final.get(name) != self.read.get(name)]


def approved_invoices(*, since: datetime | None = None, until: datetime | None = None) -> QuerySet[Invoice]:
    """Approved invoices that were read by a machine, decided from ``since`` on and before ``until``."""
    invoices = Invoice.objects.filter(status=Invoice.Status.APPROVED).exclude(method__in=["", "person"])
    if since is not None:
        invoices = invoices.filter(decided_at__gte=since)
    return invoices.filter(decided_at__lt=until) if until is not None else invoices


def accuracy(*, by: By = "field", since: datetime | None = None, until: datetime | None = None) -> list[Accuracy]:
    """The share of header fields unchanged at approval, by ``field``, ``vendor`` (name), ``method`` (of the document),
    or over time (ISO dates of the first day), the groups with most values first, over time in order.

    Values are counted by the database; only invoices that somebody corrected are looked at one by one.
    """
    approved = approved_invoices(since=since, until=until)
    groups: dict[str, Accuracy] = {}
    for row in _counts(approved, by):
        key = _shown(row["group"]) if by != "field" else ""
        for name in HEADER_FIELDS:
            group = groups.setdefault(name if by == "field" else key, Accuracy(name if by == "field" else key))
            group.fields += row[f"n_{name}"]
            group.unchanged += row[f"n_{name}"]
            if by == "field" or name == HEADER_FIELDS[0]:
                group.invoices += row["invoices"]
    corrected = MachineReading.objects.filter(invoice__in=approved.order_by()).select_related("invoice__vendor")
    for reading in corrected.defer("evidence").iterator(chunk_size=BATCH):
        invoice = reading.invoice
        for name in HEADER_FIELDS:
            before, after = reading.data.get(name), _kept(getattr(invoice, name))
            if before == after:
                continue
            key = name if by == "field" else _shown(_group_of(invoice, by))
            group = groups.setdefault(key, Accuracy(key))
            if after is None:
                group.fields += 1  # the machine read what is not there
            else:
                group.unchanged -= 1
    found = [group for group in groups.values() if group.fields]
    if by in ("day", "week", "month"):
        return sorted(found, key=lambda group: group.group)
    return sorted(found, key=lambda group: (-group.fields, group.group))


def labels(*, since: datetime | None = None, until: datetime | None = None) -> Iterator[Label]:
    """The approved invoices one by one, the oldest decision first."""
    approved = approved_invoices(since=since, until=until).order_by("decided_at", "id")
    wanted = approved.select_related("machine_reading", "vendor").prefetch_related("lines", "taxes")
    for invoice in wanted.iterator(chunk_size=BATCH):
        final = plain_json(invoice_data(invoice))
        reading: MachineReading | None = getattr(invoice, "machine_reading", None)
        evidence = reading.evidence if reading is not None else invoice.evidence
        yield Label(
            invoice_id=invoice.id,
            vendor=invoice.vendor_name,
            method=invoice.method,
            final=final,
            read=reading.data if reading is not None else final,
            methods={name: entry["method"] for name, entry in evidence.items() if "[" not in name},
        )


def expected_of(label: Label) -> dict[str, Any]:
    """The final values as ``expected`` of a labelled set, as ``evaluate`` takes it: known values only."""
    expected = {name: label.final[name] for name in HEADER_FIELDS if label.final.get(name) is not None}
    rows = [{name: row[name] for name in LINE_FIELDS if row.get(name) is not None} for row in label.final["line_items"]]
    return expected | ({"line_items": rows} if rows else {})


def result_of(label: Label, *, file: str) -> dict[str, Any]:
    """What the machine read as an entry of results.json, for ``scoring.score``: accepted where nobody changed it."""
    return {
        "file": file,
        "status": "completed",
        "method": label.method,
        "invoice": dict(label.read),
        "review": [{"code": "corrected", "field": name, "message": ""} for name in label.wrong],
    }


def _counts(approved: QuerySet[Invoice], by: By) -> Iterator[dict[str, Any]]:
    counted = {f"n_{name}": Count("id", filter=_has_value(name)) for name in HEADER_FIELDS}
    if by == "field":
        yield approved.order_by().aggregate(invoices=Count("id"), **counted)
        return
    keys: dict[str, Any] = {
        "vendor": F("vendor__name"),
        "method": F("method"),
        "day": TruncDay("decided_at"),
        "week": TruncWeek("decided_at"),
        "month": TruncMonth("decided_at"),
    }
    grouped = approved.order_by().values(group=keys[by]).annotate(invoices=Count("id"), **counted)
    for row in grouped.iterator():
        yield dict(row)


def _has_value(name: str) -> Q:
    return Q(**{f"{name}__isnull": False}) if Invoice._meta.get_field(name).null else ~Q(**{name: ""})


def _group_of(invoice: Invoice, by: By) -> Any:
    decided = invoice.decided_at
    if by == "vendor":
        return invoice.vendor.name if invoice.vendor else None
    if by == "method" or decided is None:
        return invoice.method
    return period_start(decided, by)


def period_start(moment: datetime, by: By) -> datetime:
    """The day, Monday or first of the month that ``Trunc…`` gives for a moment."""
    day = timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)
    if by == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if by == "month" else day


def _shown(group: Any) -> str:
    if isinstance(group, datetime):
        return group.date().isoformat()
    return str(group or "")


def _kept(value: Any) -> Any:
    return None if value is None or value == "" else plain_json(value)
