from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin
from unfold.decorators import action, display
from unfold.paginator import InfinitePaginator

from common.admin.read_only import LookedAt
from processing.admin.base import RowsInline, link_to, usd
from processing.admin.spend_page import spend_page
from processing.models import Breaker, Budget, BudgetChange, LLMCall
from processing.services.budgets import create_budget, set_budget
from processing.spending.breaker import close_breaker


@admin.register(LLMCall)
class LLMCallAdmin(LookedAt):
    list_display = [
        "run_id", "model", "state", "outcome", "input_tokens", "cached_input_tokens", "output_tokens", "cost",
        "reserved", "overrun", "seconds", "job_link", "started_at",
    ]  # fmt: skip
    list_filter = ["state", "outcome", "model", "provider"]
    search_fields = ["run_id", "=job__id", "request_id"]
    list_select_related = ["job__document"]
    paginator = InfinitePaginator
    actions_list = ["open_spend"]

    @action(description="Spend", url_path="open-spend")
    def open_spend(self, request: HttpRequest) -> HttpResponse:
        return redirect("admin:processing_spend")

    @display(description="cost", ordering="cost_usd")
    def cost(self, call: LLMCall) -> str:
        return usd(call.cost_usd)

    @display(description="reserved", ordering="reserved_usd")
    def reserved(self, call: LLMCall) -> str:
        return usd(call.reserved_usd)

    @display(description="overrun", ordering="overrun_usd")
    def overrun(self, call: LLMCall) -> str:
        return usd(call.overrun_usd)

    @display(description="seconds", ordering="elapsed_seconds")
    def seconds(self, call: LLMCall) -> str:
        return "–" if call.elapsed_seconds is None else f"{call.elapsed_seconds:.1f}"

    @display(description="job")
    def job_link(self, call: LLMCall) -> SafeString | str:
        return link_to(call.job)

    def get_urls(self) -> list[Any]:
        page = path("spend/", self.admin_site.admin_view(spend_page), name="processing_spend")
        return [page, *super().get_urls()]


class BudgetChangeInline(RowsInline):
    model = BudgetChange
    fields = ["created_at", "username", "before_usd", "after_usd", "reason"]
    readonly_fields = fields


@admin.register(Budget)
class BudgetAdmin(ModelAdmin):
    list_display = ["scope", "key", "ceiling", "spent", "reserved", "overrun", "updated_at"]
    list_filter = ["scope"]
    fields = ["scope", "key", "budget_usd", "spent_usd", "reserved_usd", "overrun_usd"]
    inlines = [BudgetChangeInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Budget | None = None) -> list[str]:
        kept = ["spent_usd", "reserved_usd", "overrun_usd"]
        return kept if obj is None else ["scope", "key", *kept]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # its calls refer to it; a ceiling is taken away by leaving it empty

    def save_model(self, request: HttpRequest, obj: Budget, form: Any, change: bool) -> None:
        """By the services, which keep who changed what."""
        if change:
            set_budget(budget_id=obj.pk, budget_usd=obj.budget_usd, user=request.user)
            return
        made = create_budget(scope=obj.scope, key=obj.key, budget_usd=obj.budget_usd, user=request.user)
        obj.pk = made.pk
        obj._state.adding = False

    @display(description="ceiling", ordering="budget_usd")
    def ceiling(self, budget: Budget) -> str:
        return usd(budget.budget_usd)

    @display(description="spent", ordering="spent_usd")
    def spent(self, budget: Budget) -> str:
        return usd(budget.spent_usd)

    @display(description="reserved", ordering="reserved_usd")
    def reserved(self, budget: Budget) -> str:
        return usd(budget.reserved_usd)

    @display(description="overrun", ordering="overrun_usd")
    def overrun(self, budget: Budget) -> str:
        return usd(budget.overrun_usd)


@admin.register(Breaker)
class BreakerAdmin(LookedAt):
    list_display = ["name", "state_label", "cause", "failures", "last_error", "open_until", "paused_until"]
    actions = ["close"]

    @display(
        description="state", ordering="state", label={"closed": "success", "open": "danger", "half_open": "warning"}
    )
    def state_label(self, breaker: Breaker) -> tuple[str, str]:
        return breaker.state, breaker.get_state_display()

    @admin.action(description="Close (call the model again)", permissions=["operate"])
    def close(self, request: HttpRequest, breakers: QuerySet[Breaker]) -> None:
        count = sum(close_breaker(name) for name in breakers.values_list("name", flat=True))
        messages.success(request, f"{count} breakers closed.")

    def has_operate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("processing.change_breaker")
