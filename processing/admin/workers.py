from django.contrib import admin
from unfold.decorators import display

from common.admin.read_only import LookedAt
from processing.admin.base import usd
from processing.models import DailyFigures, WorkerHeartbeat


@admin.register(WorkerHeartbeat)
class WorkerHeartbeatAdmin(LookedAt):
    list_display = ["host", "lane", "pid", "slots", "running", "begun", "started_at", "seen_at"]
    list_filter = ["lane", "host"]


@admin.register(DailyFigures)
class DailyFiguresAdmin(LookedAt):
    list_display = ["day", "kind", "status", "method", "jobs", "seconds_each", "waited_each", "cost"]
    list_filter = ["kind", "status", "method"]
    date_hierarchy = "day"

    @display(description="seconds each")
    def seconds_each(self, row: DailyFigures) -> str:
        return f"{row.worked_seconds / row.jobs:.1f}"

    @display(description="waited each")
    def waited_each(self, row: DailyFigures) -> str:
        return f"{row.waited_seconds / row.jobs:.1f}"

    @display(description="cost", ordering="cost_usd")
    def cost(self, row: DailyFigures) -> str:
        return usd(row.cost_usd)
