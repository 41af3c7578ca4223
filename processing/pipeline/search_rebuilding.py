"""The words of invoices anew: for rows that no service wrote, and after the way in which texts are cut has changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from invoices.models import Invoice
from invoices.queries import invoice_data
from invoices.services.writing import add_words
from processing.models import Document
from processing.pipeline.kept_content import kept_content


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """One batch that is committed; ``last`` is the id up to which all is done."""

    invoices: int
    with_text: int
    last: UUID


def rebuild_search(*, everything: bool = False, after: UUID | None = None, batch_size: int = 200) -> Iterator[Rebuilt]:
    """Make invoices findable by their values and by the text of their document where it is kept, in the order of their
    ids: those without words, or all. Each batch is a transaction, so that a run that is broken off is taken up by the
    next one, with ``everything`` by ``after``. Words are added; none is taken away."""
    wanted = Invoice.objects.order_by("id") if everything else Invoice.objects.filter(search=None).order_by("id")
    while True:
        waiting = wanted.filter(id__gt=after) if after is not None else wanted
        with transaction.atomic():
            # Locked by themselves: relations that may be empty cannot be.
            ids = list(waiting.select_for_update().values_list("id", flat=True)[:batch_size])
            if not ids:
                return
            documents = {found.invoice_id: found for found in Document.objects.filter(invoice__in=ids)}
            with_text = 0
            for invoice in Invoice.objects.filter(id__in=ids).prefetch_related("lines", "taxes"):
                document = documents.get(invoice.id)
                content = kept_content(document) if document is not None else None
                add_words(invoice, invoice_data(invoice), text=content.text if content is not None else "")
                with_text += content is not None
        after = ids[-1]
        yield Rebuilt(len(ids), with_text, after)
