from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action, display

from processing.admin_spend import spend_page
from processing.breaker import close_breaker
from processing.models import (
    Batch,
    BatchItem,
    Breaker,
    Budget,
    Document,
    JobStage,
    LLMCall,
    ProcessingJob,
    WorkerHeartbeat,
)
from processing.services import batches
from processing.services.jobs import cancel_job
from processing.services.retrying import failed_jobs, retry_failed

STATUS_COLOURS = {
    "pending": "info",
    "processing": "info",
    "completed": "success",
    "failed": "danger",
    "cancelled": "warning",
    "paused": "warning",
}


class Untouchable(ModelAdmin):
    """Rows that the pipeline keeps: people read them, and change them by actions only."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RowsInline(TabularInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class StageInline(RowsInline):
    model = JobStage
    fields = ["attempt", "stage", "started_at", "finished_at"]


class CallInline(RowsInline):
    model = LLMCall
    fields = ["run_id", "model", "state", "outcome", "input_tokens", "output_tokens", "cost_usd", "elapsed_seconds"]


class JobInline(RowsInline):
    model = ProcessingJob
    fields = ["status", "outcome", "method", "policy", "attempts", "spent_usd", "created_at"]
    show_change_link = True


@admin.register(Document)
class DocumentAdmin(Untouchable):
    list_display = ["filename", "kind", "media_type", "size", "source", "owner", "result", "created_at"]
    list_filter = ["kind", "source", "media_type", "legal_hold"]
    list_select_related = ["owner", "invoice", "rate_card"]
    search_fields = ["filename", "sha256"]
    inlines = [JobInline]

    @display(description="size", ordering="size_bytes")
    def size(self, document: Document) -> str:
        return f"{document.size_bytes / 1024:,.0f} kB"

    @display(description="result")
    def result(self, document: Document) -> SafeString | str:
        if document.invoice is None:
            return "–"
        return _link("invoices_invoice", document.invoice_id, str(document.invoice))


@admin.register(ProcessingJob)
class ProcessingJobAdmin(Untouchable):
    list_display = [
        "document", "status_label", "stage", "outcome", "method", "policy", "attempts", "error_code", "spent_usd",
        "confidence", "created_at", "finished_at",
    ]  # fmt: skip
    list_filter = ["status", "outcome", "method", "policy", "error_code", "batch"]
    list_select_related = ["document"]
    search_fields = ["=id", "document__filename", "document__sha256"]
    date_hierarchy = "created_at"
    inlines = [StageInline, CallInline]
    actions = ["retry", "cancel"]

    @display(description="status", ordering="status", label=STATUS_COLOURS)
    def status_label(self, job: ProcessingJob) -> tuple[str, str]:
        return job.status, job.get_status_display()

    @admin.action(description="Try again", permissions=["operate"])
    def retry(self, request: HttpRequest, jobs: QuerySet[ProcessingJob]) -> None:
        result = retry_failed(jobs)
        messages.success(request, f"{result.revived} jobs will be tried again.")
        for message, count in result.refused.items():
            messages.warning(request, f"{count} not: {message}")

    @admin.action(description="Cancel", permissions=["operate"])
    def cancel(self, request: HttpRequest, jobs: QuerySet[ProcessingJob]) -> None:
        count = sum(cancel_job(job_id=job_id) for job_id in jobs.values_list("id", flat=True))
        messages.success(request, f"{count} jobs were cancelled.")

    def has_operate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("processing.change_processingjob")


class ItemInline(RowsInline):
    model = BatchItem
    fields = ["position", "path", "job", "seen_before", "error_code"]
    show_change_link = False
    max_num = 100


@admin.register(Batch)
class BatchAdmin(Untouchable):
    list_display = ["name", "kind", "status_label", "budget_usd", "spent_usd", "created_at", "finished_at"]
    list_filter = ["status", "kind"]
    search_fields = ["=id", "name"]
    actions = ["pause", "resume", "cancel", "retry"]

    @display(description="status", ordering="status", label=STATUS_COLOURS)
    def status_label(self, batch: Batch) -> tuple[str, str]:
        return batch.status, batch.get_status_display()

    @admin.action(description="Pause", permissions=["operate"])
    def pause(self, request: HttpRequest, chosen: QuerySet[Batch]) -> None:
        why = f"Paused by {request.user}."
        count = sum(batches.pause_batch(batch_id=batch.id, why=why) for batch in chosen)
        messages.success(request, f"{count} batches were paused; what runs comes to its end.")

    @admin.action(description="Go on", permissions=["operate"])
    def resume(self, request: HttpRequest, chosen: QuerySet[Batch]) -> None:
        woken = sum(batches.resume_batch(batch_id=batch.id) for batch in chosen)
        messages.success(request, f"The paused ones go on; workers were woken for {woken} jobs.")

    @admin.action(description="Cancel", permissions=["operate"])
    def cancel(self, request: HttpRequest, chosen: QuerySet[Batch]) -> None:
        ended = [count for batch in chosen if (count := batches.cancel_batch(batch_id=batch.id)) is not None]
        messages.success(request, f"{len(ended)} batches were cancelled with {sum(ended)} jobs.")

    @admin.action(description="Try failed jobs again", permissions=["operate"])
    def retry(self, request: HttpRequest, chosen: QuerySet[Batch]) -> None:
        results = [retry_failed(failed_jobs(batch=batch)) for batch in chosen]
        messages.success(request, f"{sum(result.revived for result in results)} jobs will be tried again.")

    def has_operate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("processing.change_batch")


@admin.register(WorkerHeartbeat)
class WorkerHeartbeatAdmin(Untouchable):
    list_display = ["host", "lane", "pid", "slots", "running", "begun", "started_at", "seen_at"]
    list_filter = ["lane", "host"]


@admin.register(LLMCall)
class LLMCallAdmin(Untouchable):
    list_display = [
        "run_id", "model", "state", "outcome", "input_tokens", "cached_input_tokens", "output_tokens", "reserved_usd",
        "cost_usd", "overrun_usd", "elapsed_seconds", "started_at",
    ]  # fmt: skip
    list_filter = ["state", "outcome", "model", "provider"]
    search_fields = ["run_id", "=job__id", "request_id"]
    date_hierarchy = "started_at"

    actions_list = ["open_spend"]

    @action(description="Spend", url_path="open-spend")
    def open_spend(self, request: HttpRequest) -> HttpResponse:
        return redirect("admin:processing_spend")

    def get_urls(self) -> list[Any]:
        page = path("spend/", self.admin_site.admin_view(spend_page), name="processing_spend")
        return [page, *super().get_urls()]


@admin.register(Budget)
class BudgetAdmin(ModelAdmin):
    list_display = ["scope", "key", "budget_usd", "spent_usd", "reserved_usd", "overrun_usd", "updated_at"]
    list_filter = ["scope"]
    readonly_fields = ["spent_usd", "reserved_usd", "overrun_usd"]


@admin.register(Breaker)
class BreakerAdmin(Untouchable):
    list_display = ["name", "state_label", "cause", "failures", "last_error", "open_until", "paused_until"]
    actions = ["close"]

    @display(
        description="state", ordering="state", label={"closed": "success", "open": "danger", "half_open": "warning"}
    )
    def state_label(self, breaker: Breaker) -> tuple[str, str]:
        return breaker.state, breaker.get_state_display()

    @admin.action(description="Close, so that the model is called again", permissions=["operate"])
    def close(self, request: HttpRequest, breakers: QuerySet[Breaker]) -> None:
        count = sum(close_breaker(name) for name in breakers.values_list("name", flat=True))
        messages.success(request, f"{count} breakers were closed.")

    def has_operate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("processing.change_breaker")


def _link(model: str, key: object, text: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse(f"admin:{model}_change", args=[key]), text)
