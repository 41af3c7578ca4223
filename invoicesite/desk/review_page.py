"""What the review page of one invoice shows: its fields with reasons and evidence, and what is known around it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import NoReverseMatch, reverse

from invoices.field_groups import GROUPS, LABELS
from invoices.models import Invoice, InvoiceReason
from invoices.records import DATE_FIELDS, LINE_FIELDS, TAX_FIELDS, to_json
from invoices.values.fields import DOCUMENT_TYPES, MONEY, NUMBERS, PROSE
from processing.screens.boundaries import may_have_parts

# What most invoices have stands in the table from the start; the other columns come with their values.
_USUAL_COLUMNS = ("description", "quantity", "unit_price", "amount", "tax_rate")
_AS_MONEY = MONEY | {"unit_price"}
_BEFORE_LINES = ("Document", "Amounts")
_ALWAYS_SHOWN = frozenset(
    {
        "document_type", "invoice_number", "invoice_date", "due_date", "currency", "subtotal", "tax_amount",
        "total_amount", "vendor_name", "vendor_tax_id", "buyer_name", "purchase_order", "iban",
    }
)  # fmt: skip
_WITH_PICTURES = ("application/pdf", "image/")
SIMILAR_SHOWN = 8
HISTORY_SHOWN = 200
_LONG = PROSE - {"description"}


def kind_of(name: str) -> str:
    """How a field is typed: ``money``, ``number``, ``date``, ``long`` (several lines), ``choice`` or ``text``."""
    if name == "document_type":
        return "choice"
    if name in DATE_FIELDS:
        return "date"
    if name in MONEY:
        return "money"
    if name in NUMBERS:
        return "number"
    return "long" if name in _LONG else "text"


def as_typed(value: Any) -> str:
    """A stored value as it stands in an input: numbers without the needless zeros of their column."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(to_json(value))


def money_typed(value: Decimal | None) -> str:
    """An amount in an input: two places at least."""
    if value is None:
        return ""
    whole, _, places = as_typed(value).partition(".")
    return f"{whole}.{places.ljust(2, '0')}"


def typed(record: Any, name: str) -> str:
    return typed_value(name, getattr(record, name))


def typed_value(name: str, value: Any) -> str:
    """The value of a field as it stands in its input."""
    return money_typed(value) if name in _AS_MONEY else as_typed(value)


def field_groups(invoice: Invoice, reasons: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The header fields in groups, those with an open reason in a first group of their own."""
    failing: dict[str, list[dict[str, Any]]] = {}
    for reason in reasons:
        if not reason["accepted"] and "[" not in reason["field"] and reason["field"] in LABELS:
            failing.setdefault(reason["field"], []).append(reason)
    groups: list[dict[str, Any]] = [
        {"title": title, "fields": [n for n in names if n not in failing], "after": title not in _BEFORE_LINES}
        for title, names in GROUPS
    ]
    first = [name for _, names in GROUPS for name in names if name in failing]
    if first:
        groups.insert(0, {"title": "To check", "fields": first, "first": True})
    shown = []
    for group in groups:
        fields = [_field(invoice, name) for name in group["fields"]]
        # An empty field that most invoices lack stays folded, until somebody asks for it or a reason names it.
        for field in fields:
            field["spare"] = not group.get("first") and not field["value"] and field["name"] not in _ALWAYS_SHOWN
        if fields:
            shown.append({**group, "fields": fields, "spare": sum(field["spare"] for field in fields)})
    return shown


def _field(invoice: Invoice, name: str) -> dict[str, Any]:
    party = {"vendor": "Seller: ", "buyer": "Buyer: "}.get(name.split("_")[0], "")
    return {
        "name": name,
        "label": LABELS[name],
        "full_label": party + LABELS[name] if name != "buyer_reference" else LABELS[name],
        "kind": kind_of(name),
        "value": typed(invoice, name),
        "choices": [(value, value.replace("_", " ")) for value in DOCUMENT_TYPES] if name == "document_type" else (),
    }


def reason_rows(invoice: Invoice) -> list[dict[str, Any]]:
    """The reasons as the page's scripts take them; open and blocking ones first."""
    rows = [reason_row(reason) for reason in invoice.reasons.all()]
    return sorted(rows, key=lambda row: (row["accepted"], not row["blocking"]))


def reason_row(reason: InvoiceReason) -> dict[str, Any]:
    return {
        "code": reason.code,
        "field": reason.field,
        "message": reason.message,
        "blocking": reason.blocking,
        "accepted": reason.accepted_at is not None,
    }


def table_of(rows: Iterable[Any], names: tuple[str, ...]) -> list[dict[str, str]]:
    return [{name: typed(row, name) for name in names} for row in rows]


def columns_of(rows: list[dict[str, str]], names: tuple[str, ...], usual: tuple[str, ...]) -> list[dict[str, Any]]:
    """The columns of a table; one that is neither usual nor filled is there but hidden."""
    return [
        {
            "name": name,
            "label": LABELS.get(name, name.replace("_", " ").capitalize()),
            "kind": kind_of(name),
            "shown": name in usual or any(row[name] for row in rows),
        }
        for name in names
    ]


def lines_of(invoice: Invoice) -> dict[str, Any]:
    rows = table_of(invoice.lines.all(), LINE_FIELDS)
    return {"rows": rows, "columns": columns_of(rows, LINE_FIELDS, _USUAL_COLUMNS)}


def taxes_of(invoice: Invoice) -> dict[str, Any]:
    rows = table_of(invoice.taxes.all(), TAX_FIELDS)
    return {"rows": rows, "columns": columns_of(rows, TAX_FIELDS, TAX_FIELDS)}


def document_of(invoice: Invoice) -> dict[str, Any] | None:
    """The document behind an invoice as the page draws it. The pipeline hangs it on the invoice as ``document``; the
    addresses are the pipeline's own, by name."""
    document = getattr(invoice, "document", None)
    if document is None:
        return None
    number = 987654321  # stands for the page in the addresses below
    return {
        "id": str(document.id),
        "name": document.filename or "document",
        "media_type": document.media_type,
        "pages": document.page_count or 1,
        "pictures": document.purged_at is None and document.media_type.startswith(_WITH_PICTURES),
        "purged": document.purged_at is not None,
        "picture_url": reverse("document-page", args=[document.id, number]).replace(str(number), "{page}"),
        "words_url": reverse("document-words", args=[document.id, number]).replace(str(number), "{page}"),
        "file_url": reverse("document-file", args=[document.id]),
        "admin_url": address("admin:processing_document_change", document.id),
        "read_again_url": address("admin:processing_document_read_again", document.id),
        **_whole_file(document),
        "compare_url": address("admin:processing_document_compare", document.id)
        if document.media_type == "application/pdf" and invoice.method == "xml"
        else "",
    }


def _whole_file(document: Any) -> dict[str, Any]:
    """The file around a part, with the part's pages there, and where boundaries can be moved."""
    part = document.source_detail.get("part", {})
    pages = part.get("pages", ())
    whole = document.parent if pages else document
    movable = whole is not None and may_have_parts(whole)
    return {
        "part_of": part.get("of", "") if pages else "",
        "part_pages": ", ".join(map(str, pages)),
        "boundaries_url": address("admin:processing_document_boundaries", whole.id) if movable else "",
    }


def address(name: str, *args: Any) -> str:
    """The address of a page that another part of the site may offer; "" where it does not."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def jobs_of(invoice: Invoice) -> list[dict[str, Any]]:
    """The jobs that read the document, the last one first, with what they cost."""
    document = getattr(invoice, "document", None)
    if document is None:
        return []
    return [
        {
            "status": job.get_status_display(),
            "outcome": job.get_outcome_display() if job.outcome else "",
            "method": job.method,
            "policy": job.policy,
            "spent_usd": job.spent_usd,
            "budget_usd": job.budget_usd,
            "created_at": job.created_at,
            "running": job.status in ("pending", "processing"),
            "url": address("admin:processing_processingjob_change", job.id),
        }
        for job in document.jobs.order_by("-created_at")[:10]
    ]


def similar_to(invoice: Invoice) -> QuerySet[Invoice]:
    """The last invoices of the vendor, this one left out."""
    if invoice.vendor_id is None:
        return Invoice.objects.none()
    return (
        Invoice.objects.filter(vendor_id=invoice.vendor_id)
        .exclude(pk=invoice.pk)
        .only(
            "invoice_number", "invoice_date", "total_amount", "currency", "status", "iban", "vendor_name", "created_at"
        )
        .order_by("-created_at", "id")[:SIMILAR_SHOWN]
    )


def duplicate_of(invoice: Invoice, reasons: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    """The invoice that this one seems to repeat, and both side by side."""
    if not any(reason["code"] == "suspected_duplicate" for reason in reasons):
        return None
    same = Q()
    if invoice.source_sha256:
        same |= Q(source_sha256=invoice.source_sha256)
    if invoice.vendor_id and invoice.invoice_number:
        same |= Q(vendor_id=invoice.vendor_id, invoice_number__iexact=invoice.invoice_number)
    if invoice.vendor_id and invoice.invoice_date and invoice.total_amount is not None:
        same |= Q(vendor_id=invoice.vendor_id, invoice_date=invoice.invoice_date, total_amount=invoice.total_amount)
    if not same:
        return None
    others = Invoice.objects.filter(same).exclude(pk=invoice.pk).exclude(status=Invoice.Status.REJECTED)
    other = others.defer("search", "evidence").select_related("document").order_by("created_at").first()
    if other is None:
        return None
    names = [n for _, group in GROUPS for n in group if typed(invoice, n) or typed(other, n)]
    return {
        "invoice": other,
        "document": document_of(other),
        "url": reverse("admin:invoices_invoice_change", args=[other.pk]),
        "rows": [
            {
                "label": _field(invoice, name)["full_label"],
                "this": typed(invoice, name),
                "other": typed(other, name),
                "differs": typed(invoice, name) != typed(other, name),
            }
            for name in names
        ],
    }
