from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import AutocompleteSelectFilter
from unfold.decorators import display
from unfold.paginator import InfinitePaginator

from common.admin.read_only import LookedAt
from processing.admin.base import STATUS_COLOURS, RowsInline, link_to, names_and_texts, usd
from processing.models import LLMCall, ProcessingJob
from processing.screens.timeline import timeline
from processing.services.jobs import cancel_job
from processing.services.pausing import pause_job, resume_job
from processing.services.retrying import retry_failed


class CallInline(RowsInline):
    model = LLMCall
    fields = ["run_id", "model", "state", "outcome", "input_tokens", "output_tokens", "cost", "seconds"]
    readonly_fields = ["cost", "seconds"]
    show_change_link = True

    @display(description="cost")
    def cost(self, call: LLMCall) -> str:
        return usd(call.cost_usd)

    @display(description="seconds")
    def seconds(self, call: LLMCall) -> str:
        return "–" if call.elapsed_seconds is None else f"{call.elapsed_seconds:.2f}"


@admin.register(ProcessingJob)
class ProcessingJobAdmin(LookedAt):
    list_display = [
        "document", "status_label", "outcome", "method", "attempts", "error_code", "spent", "confidence", "batch_link",
        "created_at", "finished_at",
    ]  # fmt: skip
    list_filter = ["status", "outcome", "method", "policy", "error_code", ("batch", AutocompleteSelectFilter)]
    list_filter_submit = True
    list_select_related = ["document", "batch"]
    search_fields = ["=id", "document__filename", "document__sha256"]
    paginator = InfinitePaginator
    inlines = [CallInline]
    # Two in a row: the theme's labels take a fixed width.
    fieldsets = [
        (
            None,
            {"fields": [("document", "result"), ("status", "outcome"), ("method", "confidence"), ("batch", "policy")]},
        ),
        ("Money", {"fields": [("budget", "spent"), ("reserved", "overrun"), "max_output_tokens"]}),
        (
            "Queue",
            {
                "fields": [
                    ("stage", "priority"),
                    ("attempts", "max_attempts"),
                    ("created_at", "started_at"),
                    ("finished_at", "not_before"),
                    ("lease_until", "cancel_requested"),
                    ("error_code", "error_message"),
                    "callback_url",
                    ("external_id", "sent_along"),
                ]
            },
        ),
        ("Reply of the model", {"fields": ["raw_response"], "classes": ["collapse"]}),
    ]
    readonly_fields = ["result", "budget", "spent", "reserved", "overrun", "created_at", "sent_along"]
    change_form_before_template = "admin/processing/timeline.html"
    actions = ["retry", "pause", "resume", "cancel"]

    @display(description="status", ordering="status", label=STATUS_COLOURS)
    def status_label(self, job: ProcessingJob) -> tuple[str, str]:
        return job.status, job.get_status_display()

    @display(description="spent", ordering="spent_usd")
    def spent(self, job: ProcessingJob) -> str:
        return usd(job.spent_usd)

    @display(description="budget")
    def budget(self, job: ProcessingJob) -> str:
        return usd(job.budget_usd)

    @display(description="reserved")
    def reserved(self, job: ProcessingJob) -> str:
        return usd(job.reserved_usd)

    @display(description="overrun")
    def overrun(self, job: ProcessingJob) -> str:
        return usd(job.overrun_usd)

    @display(description="result")
    def result(self, job: ProcessingJob) -> SafeString | str:
        return link_to(job.document.invoice or job.document.rate_card)

    @display(description="metadata")
    def sent_along(self, job: ProcessingJob) -> SafeString | str:
        return names_and_texts(job.metadata)

    @display(description="batch")
    def batch_link(self, job: ProcessingJob) -> SafeString | str:
        return link_to(job.batch)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        job = self.get_object(request, object_id) if object_id else None
        shown = {"timeline": timeline(job), "job": job} if job is not None else {}
        return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    @admin.action(description="Try again", permissions=["operate"])
    def retry(self, request: HttpRequest, jobs: QuerySet[ProcessingJob]) -> None:
        result = retry_failed(jobs)
        messages.success(request, f"{result.revived} jobs will be retried.")
        for message, count in result.refused.items():
            messages.warning(request, f"{count} not: {message}")

    @admin.action(description="Pause", permissions=["operate"])
    def pause(self, request: HttpRequest, jobs: QuerySet[ProcessingJob]) -> None:
        count = sum(pause_job(job_id=job_id) for job_id in jobs.values_list("id", flat=True))
        messages.success(request, f"{count} waiting jobs are on hold; running jobs will finish.")

    @admin.action(description="Go on", permissions=["operate"])
    def resume(self, request: HttpRequest, jobs: QuerySet[ProcessingJob]) -> None:
        count = sum(resume_job(job_id=job_id) for job_id in jobs.values_list("id", flat=True))
        messages.success(request, f"{count} jobs resumed.")

    @admin.action(description="Cancel", permissions=["operate"])
    def cancel(self, request: HttpRequest, jobs: QuerySet[ProcessingJob]) -> None:
        count = sum(cancel_job(job_id=job_id) for job_id in jobs.values_list("id", flat=True))
        messages.success(request, f"{count} jobs were cancelled.")

    def has_operate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("processing.change_processingjob")
