"""An invoice with everything that is known of it: one statement, whose text is made once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.urls import NoReverseMatch, reverse

from common.api.compiled import Compiled
from invoices.api.serializers import plain_places
from invoices.models import Finding, Invoice, InvoiceLine, InvoiceReason, InvoiceTax, Shipment
from invoices.origins import origin
from invoices.queries import invoices_for, needs_second_person
from invoices.records import HEADER_FIELDS, LINE_FIELDS, SHIPMENT_FIELDS, TAX_FIELDS, plain_json

_OWN = ("id", "status", "version", "vendor", "method", "confidence", "evidence")
_MOMENTS = ("first_approved_at", "decided_at", "created_at", "updated_at")
_FINDING = (
    "id", "code", "cause", "charge", "status", "lines", "billed", "expected", "difference", "currency", "message",
)  # fmt: skip
_PEOPLE = ("assignee", "first_approved_by", "decided_by")


def _rows(user: Any) -> QuerySet[Invoice, dict[str, Any]]:
    def parts(model: Any, *names: str, **others: str) -> ArraySubquery:
        rows = model.objects.filter(invoice=OuterRef("pk")).order_by("position")
        return ArraySubquery(rows.values(part=JSONObject(**{name: name for name in names}, **others)))

    jobs = origin().jobs
    here = Invoice.objects.filter(pk=OuterRef("pk"), **{f"{jobs}__isnull": False}).order_by(f"{jobs}__created_at")
    job = {name: f"{jobs}__{name}" for name in ("id", "status", "outcome", "spent_usd")}
    reason = ("code", "field", "message", "blocking", "origin", "accepted_at", "accepted_why")
    of_document = {f"file_{name}": F(f"{origin().document}__{name}") for name in ("id", "purged_at", "page_count")}
    rows: QuerySet[Invoice, dict[str, Any]] = invoices_for(user).values(
        *(*_OWN, *HEADER_FIELDS, *_MOMENTS, *(f"{name}__username" for name in _PEOPLE)),
        **of_document,
        lines_read=parts(InvoiceLine, "position", "evidence", "shipment", *LINE_FIELDS),
        shipments_read=parts(Shipment, "position", "evidence", *SHIPMENT_FIELDS),
        taxes_read=parts(InvoiceTax, *TAX_FIELDS),
        reasons_read=parts(InvoiceReason, *reason, accepted_by="accepted_by__username"),
        findings_read=parts(Finding, *_FINDING),
        jobs_read=ArraySubquery(here.values(part=JSONObject(**job))),
    )
    return rows


_details = Compiled(_rows)


def invoice_body(user: Any, key: UUID, request: Any) -> dict[str, Any] | None:
    """The plain form of an invoice, with absolute links; None for what is not there or not the user's."""
    row = _details.row(user, key)
    if row is None:
        return None
    lines, taxes, shipments, reasons, findings, jobs = (
        [json.loads(text, parse_float=Decimal) for text in row[f"{name}_read"]]
        for name in ("lines", "taxes", "shipments", "reasons", "findings", "jobs")
    )
    latest = jobs[-1] if jobs else None
    evidence = json.loads(row["evidence"])
    for prefix, rows in (("line_items", lines), ("shipments", shipments)):
        for part in rows:
            for name, entry in plain_floats(part["evidence"]).items():
                evidence[f"{prefix}[{part['position']}].{name}"] = entry
    return {
        "id": str(row["id"]),
        "status": row["status"],
        "version": row["version"],
        **_plain(row, HEADER_FIELDS),
        "line_items": [{**_plain(line, LINE_FIELDS), "shipment": line["shipment"]} for line in lines],
        "shipments": [_plain(shipment, SHIPMENT_FIELDS) for shipment in shipments],
        "taxes": [_plain(tax, TAX_FIELDS) for tax in taxes],
        "vendor": str(row["vendor"]) if row["vendor"] else None,
        "method": row["method"] or None,
        "confidence": plain_places(row["confidence"]),
        "reasons": [_reason(reason) for reason in reasons],
        "findings": [_plain(finding, _FINDING) for finding in findings],
        "evidence": evidence,
        "needs_second_approval": needs_second_person(SimpleNamespace(total_amount=row["total_amount"])),  # type: ignore[arg-type]
        **{name: row[f"{name}__username"] for name in _PEOPLE},
        **{name: row[name] for name in _MOMENTS},
        "document": str(row["file_id"]) if row["file_id"] else None,
        "job": {name: latest[name] for name in ("id", "status", "outcome")} if latest else None,
        "cost_usd": plain_json(sum((job["spent_usd"] for job in jobs), Decimal(0))),
        "links": _links(row, latest, request),
    }


def _links(row: Mapping[str, Any], latest: Mapping[str, Any] | None, request: Any) -> dict[str, Any]:
    site = request.build_absolute_uri("/").removesuffix("/")

    def link(name: str, *args: Any) -> str | None:
        try:
            return f"{site}{reverse(name, args=args)}"
        except NoReverseMatch:
            return None

    key, document = row["id"], row["file_id"]
    there = document is not None and row["file_purged_at"] is None
    pages = range(1, (row["file_page_count"] or 0) + 1) if there else ()
    return {
        "self": link("invoice-detail", key),
        "history": link("invoice-history", key),
        "ubl": link("invoice-ubl", key),
        "document": link("document-detail", document) if document is not None else None,
        "file": link("document-file", document) if there else None,
        "pages": [link("document-page", document, number) for number in pages],
        "job": link("job-detail", latest["id"]) if latest else None,
    }


def _plain(row: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: None if row[name] == "" else plain_json(row[name]) for name in names}


def _reason(row: dict[str, Any]) -> dict[str, Any]:
    at, by, why = (row.pop(f"accepted_{name}") for name in ("at", "by", "why"))
    return {**row, "accepted": None if at is None else {"at": datetime.fromisoformat(at), "by": by, "why": why}}


def plain_floats(value: Any) -> Any:
    """Of JSON that was read with decimals, for what they are no money in: the boxes of evidence."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, list):
        return [plain_floats(each) for each in value]
    return {name: plain_floats(each) for name, each in value.items()} if isinstance(value, dict) else value
