"""What was read from a document: pages with the evidence, fields with their reasons, ways to take it along."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common.web.page import page
from invoices.bill_queries import BillPage, bill_page
from invoices.field_groups import ShownField, shown_field, shown_groups, shown_rows
from invoices.methods import source_of
from invoices.models import Finding, Invoice
from invoices.queries import header_data, invoice_data
from invoices.records import LINE_FIELDS, TAX_FIELDS, ReviewReason
from processing.content.codec import row_of_address
from processing.models import Document
from processing.queries import document_of
from processing.screens.document_list import state_of
from processing.screens.page_views import ShownPage, shown_pages

HISTORY_SHOWN = FINDINGS_SHOWN = 200
HEADING_ROWS = 60  # above the first shipment, at most


@require_safe
@page()
def result_page(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """The invoice of a document; a rate card has a page of its own, and a document without a result its job."""
    document = document_of(request.user, document_id)
    job = document.jobs.order_by("-created_at").first()
    if document.rate_card_id is not None:
        return redirect("rate-card", card_id=document.rate_card_id)
    if document.invoice is None:
        return redirect("job", job_id=job.id) if job else render(request, "404.html", status=404)
    invoice = document.invoice
    reasons = [ReviewReason(r.code, r.field, r.message, r.blocking) for r in invoice.reasons.filter(accepted_at=None)]
    only_findings = request.GET.get("findings") == "1"
    bill = bill_page(invoice, first=_whole(request.GET.get("shipments")), with_findings=only_findings)
    groups, lines, taxes = _fields(invoice, reasons, with_lines=bill is None)
    charges = _charges(bill, reasons)
    fields = [*_all_fields(groups, lines, taxes), *charges.values()]
    pages = [(shown, _boxes(shown, fields)) for shown in _pages(document, bill)]
    places = _places(fields)
    context = {
        "document": document,
        "job": job,
        "invoice": invoice,
        "state": state_of(document, job),
        "method": source_of(invoice.method),
        "groups": groups,
        "lines": lines,
        "taxes": taxes,
        "reasons": reasons,
        "bill": bill,
        "only_findings": only_findings,
        # Those of a bill stand with their shipments; here what is about none of them, or about several.
        "findings": list(_findings(invoice, bill)[:FINDINGS_SHOWN]),
        "pages": pages,
        "places": places,
        "located": _located(pages, places),
        "downloads": _downloads(invoice, document, has_lines=bill is not None or bool(lines[1])),
        "history": invoice.changes.select_related("changed_by").order_by("-version", "id")[:HISTORY_SHOWN],
    }
    return render(request, "web/results/invoice.html", context)


def _pages(document: Document, bill: BillPage | None) -> list[ShownPage]:
    """The document; beside shipments of a long data file its rows of them."""
    charges = [charge for shipment in bill.shipments for charge in shipment.charges] if bill else []
    rows = [row for charge in charges if (row := row_of_address((charge.evidence.get("amount") or {}).get("cell")))]
    if not rows:
        return shown_pages(document)
    first = min(rows) if min(rows) > HEADING_ROWS else 1
    return shown_pages(document, row=first, count=max(rows) - first + 1)


def _findings(invoice: Invoice, bill: BillPage | None) -> QuerySet[Finding]:
    found = invoice.findings.order_by("position")
    return found if bill is None else found.filter(shipment=None)


def _whole(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 8 else 1


def _fields(invoice: Invoice, reasons: list[ReviewReason], *, with_lines: bool) -> tuple[Any, Any, Any]:
    """Header, lines and taxes; a carrier's bill shows its charges with its shipments instead of lines."""
    data = invoice_data(invoice) if with_lines else header_data(invoice)
    line_evidence = [line.evidence for line in invoice.lines.all()] if with_lines else []
    tax_evidence = [
        {name: invoice.evidence.get(f"taxes[{i}].{name}") for name in TAX_FIELDS} for i in range(len(data.taxes))
    ]
    return (
        shown_groups(data, invoice.evidence, reasons),
        shown_rows("line_items", data.line_items, LINE_FIELDS, line_evidence, reasons),
        shown_rows("taxes", data.taxes, TAX_FIELDS, tax_evidence, reasons),
    )


def _all_fields(groups: Any, lines: Any, taxes: Any) -> list[ShownField]:
    fields = [shown for group in groups for shown in group.fields]
    return fields + [shown for _, table in (lines, taxes) for row in table for shown in row]


def _charges(bill: BillPage | None, reasons: list[ReviewReason]) -> dict[int, ShownField]:
    """The amounts of the charges that a page of a bill shows, by the position of their line."""
    if bill is None:
        return {}
    return {
        charge.position: shown_field(
            f"line_items[{charge.position}].amount", charge.amount, charge.evidence.get("amount"), reasons
        )
        for shipment in bill.shipments
        for charge in shipment.charges
    }


def _boxes(shown: ShownPage, fields: list[ShownField]) -> list[dict[str, Any]]:
    """The evidence on one page picture, as rectangles with a little air around the text."""
    boxes = []
    for value in fields:
        if value.box and value.page == shown.number:
            x0, top, x1, bottom = value.box
            boxes.append(
                {
                    "field": value,
                    "x": round(x0 - 2, 1),
                    "y": round(top - 1.5, 1),
                    "width": round(x1 - x0 + 4, 1),
                    "height": round(bottom - top + 3, 1),
                }
            )
    return boxes


def _places(fields: list[ShownField]) -> dict[str, list[str]]:
    """Cell or path → the fields that were read there, where there is no picture."""
    places: dict[str, list[str]] = {}
    for value in fields:
        if value.cell or value.path:
            places.setdefault(value.cell or value.path, []).append(value.anchor)
    return places


def _located(pages: list[tuple[ShownPage, list[dict[str, Any]]]], places: dict[str, list[str]]) -> set[str]:
    """The fields whose place can be seen on a page that is shown."""
    boxed = {box["field"].anchor for _, boxes in pages for box in boxes}
    cells = {cell.place for shown, _ in pages for _, row in shown.rows for cell in row if cell.place}
    return boxed | {anchor for place in cells for anchor in places.get(place, ())}


def _downloads(invoice: Invoice, document: Document, *, has_lines: bool) -> list[dict[str, str]]:
    """The forms that can be taken along."""
    address = {form: reverse("invoice-download", args=[invoice.id, form]) for form in ("csv", "xlsx")}
    forms = [{"label": "CSV", "url": address["csv"]}]
    if has_lines:
        forms.append({"label": "Lines, CSV", "url": address["csv"] + "?rows=lines"})
    forms.append({"label": "Excel", "url": address["xlsx"] + ("?rows=lines" if has_lines else "")})
    # What UBL cannot do without.
    if invoice.invoice_number and invoice.invoice_date and invoice.currency and invoice.total_amount is not None:
        forms.append({"label": "UBL", "url": reverse("invoice-ubl", args=[invoice.id])})
    if document.purged_at is None:
        forms.append({"label": "Original", "url": reverse("document-file", args=[document.id])})
    return forms
