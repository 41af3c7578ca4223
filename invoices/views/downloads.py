"""One invoice as a table to take along."""

from __future__ import annotations

import re
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from common.web.page import page
from invoices.exporting.streaming import streamed, through_file
from invoices.exporting.tables import Rows, as_csv, as_xlsx, columns_of, table
from invoices.models import Invoice
from invoices.queries import invoice_of

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
@page()
def invoice_download(request: HttpRequest, invoice_id: UUID, form: str) -> HttpResponse:
    """As csv or xlsx; ``?rows=lines`` gives a row a line, else there is one row with the header."""
    if form not in TYPES:
        raise Http404
    invoice = invoice_of(request.user, invoice_id)
    rows: Rows = "lines" if request.GET.get("rows") == "lines" else "invoices"
    columns, cells = columns_of(rows), table(Invoice.objects.filter(pk=invoice.pk), rows)
    chunks = as_csv(columns, cells) if form == "csv" else through_file(lambda path: as_xlsx(path, columns, cells))
    number = re.sub(r"[^\w.-]+", "_", invoice.invoice_number.strip()) or str(invoice.id)
    name = f"{number}{'-lines' if rows == 'lines' else ''}.{form}"
    answer: HttpResponseBase = streamed(request, chunks, content_type=TYPES[form], filename=name)
    return answer  # type: ignore[return-value]  # a streaming one, which middleware takes as well
