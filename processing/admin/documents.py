from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.decorators import display
from unfold.paginator import InfinitePaginator

from common.admin.read_only import LookedAt
from processing.admin.base import STATUS_COLOURS, RowsInline, link_to, names_and_texts, usd
from processing.admin.boundaries import boundaries_page
from processing.admin.card_plans import map_card_page
from processing.admin.legal_hold import legal_hold_page
from processing.admin.reading import compare_page, read_again_page
from processing.models import Batch, BatchItem, Document, ProcessingJob
from processing.queries import with_progress
from processing.services import batches
from processing.services.retrying import failed_jobs, retry_failed


class JobInline(RowsInline):
    model = ProcessingJob
    fields = ["status", "outcome", "method", "policy", "attempts", "spent_usd", "created_at"]
    readonly_fields = ["created_at"]
    show_change_link = True


@admin.register(Document)
class DocumentAdmin(LookedAt):
    list_display = ["filename", "kind", "media_type", "size", "source", "owner", "result", "created_at"]
    list_filter = ["kind", "source", "media_type", "legal_hold"]
    list_select_related = ["owner", "invoice", "rate_card"]
    search_fields = ["filename", "sha256"]
    paginator = InfinitePaginator
    readonly_fields = ["hold", "came_with"]
    exclude = ["legal_hold", "source_detail"]
    inlines = [JobInline]

    @display(description="size", ordering="size_bytes")
    def size(self, document: Document) -> str:
        return f"{document.size_bytes / 1024:,.0f} kB"

    @display(description="result")
    def result(self, document: Document) -> SafeString | str:
        return link_to(document.invoice or document.rate_card)

    @display(description="legal hold")
    def hold(self, document: Document) -> SafeString:
        place = reverse("admin:processing_document_legal_hold", args=[document.pk])
        return format_html('<a href="{}">{}</a>', place, "held" if document.legal_hold else "not held")

    @display(description="where it came from")
    def came_with(self, document: Document) -> SafeString | str:
        return names_and_texts(document.source_detail)

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("<uuid:document_id>/read-again/", wrap(read_again_page), name="processing_document_read_again"),
            path("<uuid:document_id>/map-card/", wrap(map_card_page), name="processing_document_map_card"),
            path("<uuid:document_id>/boundaries/", wrap(boundaries_page), name="processing_document_boundaries"),
            path("<uuid:document_id>/legal-hold/", wrap(legal_hold_page), name="processing_document_legal_hold"),
            path("<uuid:document_id>/compare/", wrap(compare_page), name="processing_document_compare"),
            *super().get_urls(),
        ]


class ItemInline(RowsInline):
    model = BatchItem
    fields = ["position", "path", "job", "seen_before", "error_code"]
    show_change_link = False
    per_page = 100  # a batch may have a hundred thousand


@admin.register(Batch)
class BatchAdmin(LookedAt):
    list_display = [
        "name", "kind", "status_label", "progress", "spent", "ceiling", "owner", "created_at", "finished_at",
    ]  # fmt: skip
    list_filter = ["status", "kind"]
    list_select_related = ["owner"]
    list_per_page = 20
    search_fields = ["=id", "name"]
    readonly_fields = ["asked_for"]
    exclude = ["options"]
    inlines = [ItemInline]
    actions = ["pause", "resume", "cancel", "retry"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Batch]:
        return with_progress(super().get_queryset(request))

    @display(description="options")
    def asked_for(self, batch: Batch) -> SafeString | str:
        return names_and_texts(batch.options)

    @display(description="status", ordering="status", label=STATUS_COLOURS)
    def status_label(self, batch: Batch) -> tuple[str, str]:
        return batch.status, batch.get_status_display()

    @display(description="done")
    def progress(self, batch: Batch) -> str:
        ended, failed, all_jobs = batch.ended_jobs, batch.failed_jobs, batch.all_jobs  # type: ignore[attr-defined]
        share = f"{ended:,} of {all_jobs:,}"
        return f"{share}, {failed:,} failed" if failed else share

    @display(description="spent", ordering="spent_usd")
    def spent(self, batch: Batch) -> str:
        return usd(batch.spent_usd)

    @display(description="ceiling", ordering="budget_usd")
    def ceiling(self, batch: Batch) -> str:
        return usd(batch.budget_usd)

    @admin.action(description="Pause", permissions=["operate"])
    def pause(self, request: HttpRequest, chosen: QuerySet[Batch]) -> None:
        why = f"Paused by {request.user}."
        count = sum(batches.pause_batch(batch_id=batch.id, why=why) for batch in chosen)
        messages.success(request, f"{count} batches paused; running jobs will finish.")

    @admin.action(description="Go on", permissions=["operate"])
    def resume(self, request: HttpRequest, chosen: QuerySet[Batch]) -> None:
        woken = sum(batches.resume_batch(batch_id=batch.id) for batch in chosen)
        messages.success(request, f"Batches resumed; {woken} jobs are queued.")

    @admin.action(description="Cancel", permissions=["operate"])
    def cancel(self, request: HttpRequest, chosen: QuerySet[Batch]) -> None:
        ended = [count for batch in chosen if (count := batches.cancel_batch(batch_id=batch.id)) is not None]
        messages.success(request, f"{len(ended)} batches were cancelled with {sum(ended)} jobs.")

    @admin.action(description="Retry failed jobs", permissions=["operate"])
    def retry(self, request: HttpRequest, chosen: QuerySet[Batch]) -> None:
        results = [retry_failed(failed_jobs(batch=batch)) for batch in chosen]
        messages.success(request, f"{sum(result.revived for result in results)} jobs will be retried.")

    def has_operate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("processing.change_batch")
