"""The frame of the admin: its colours, its menu with counts, its first page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from invoices.finding_queries import in_hand
from invoices.models import Finding, Invoice
from processing.models import ProcessingJob

COUNTED_AT_MOST = 9_999  # a badge says "more" above it: nobody reads further, and the count stays cheap

# Groups of the menu: title, and (label, icon, app.Model or name of a page, query of the list) of each entry.
Entry = tuple[str, str, str, dict[str, str]]
MENU: list[tuple[str, list[Entry]]] = [
    (
        "",
        [
            ("Dashboard", "monitoring", "admin:index", {}),
            ("Review queue", "fact_check", "invoices.Invoice", {}),
            ("Findings", "price_check", "invoices.Finding", {}),
            ("Vendors", "storefront", "invoices.Vendor", {}),
        ],
    ),
    (
        "Rate cards",
        [
            ("Rate cards", "local_shipping", "invoices.RateCard", {}),
            ("Rates", "table_rows", "invoices.Rate", {}),
            ("Tolerances", "tune", "invoices.AuditTolerance", {}),
            ("Quote", "calculate", "admin:invoices_quote", {}),
        ],
    ),
    (
        "Documents",
        [
            ("Documents", "description", "processing.Document", {}),
            ("Jobs", "manufacturing", "processing.ProcessingJob", {}),
            ("Dead letters", "report", "processing.ProcessingJob", {"status__exact": "failed"}),
            ("Batches", "stacks", "processing.Batch", {}),
            ("Workers", "memory", "processing.WorkerHeartbeat", {}),
        ],
    ),
    (
        "Money",
        [
            ("Spend", "payments", "admin:processing_spend", {}),
            ("Model calls", "forum", "processing.LLMCall", {}),
            ("Budgets", "savings", "processing.Budget", {}),
            ("Breakers", "power_settings_new", "processing.Breaker", {}),
        ],
    ),
    (
        "Channels",
        [
            ("Mail", "mail", "processing.MailMessage", {}),
            ("Inbound webhooks", "input", "processing.InboundSource", {}),
            ("Webhooks", "webhook", "webhooks.Subscription", {}),
            ("Deliveries", "outbox", "webhooks.Delivery", {}),
        ],
    ),
    (
        "People",
        [
            ("Accounts", "person", "auth.User", {}),
            ("Roles", "group", "auth.Group", {}),
            ("API keys", "key", "accounts.ApiKey", {}),
        ],
    ),
]


def menu(request: HttpRequest) -> list[dict[str, Any]]:
    """The menu as django-unfold takes it: what this person may see, with what waits for somebody counted."""
    groups = [
        {
            "title": title,
            "separator": bool(title),
            "items": [item for entry in entries if (item := _item(request, entry))],
        }
        for title, entries in MENU
    ]
    return [group for group in groups if group["items"]]


def _item(request: HttpRequest, entry: Entry) -> dict[str, Any] | None:
    title, icon, target, query = entry
    if "." in target:
        app, model = target.lower().split(".")
        target, permission = f"admin:{app}_{model}_changelist", f"{app}.view_{model}"
    else:
        permission = PAGES.get(target, "")
    if permission and not request.user.has_perm(permission):
        return None
    try:
        path = reverse(target)
    except NoReverseMatch:  # a list that is not in this installation
        return None
    count = BADGES[title]() if title in BADGES else ""
    return {
        "title": title,
        "icon": icon,
        "link": f"{path}?{urlencode(query)}" if query else path,
        "active": _active(request, path, query, exact=target == "admin:index"),
        **({"badge": count} if count else {}),
    }


def _active(request: HttpRequest, path: str, query: dict[str, str], *, exact: bool) -> bool:
    if request.path != path:
        return not exact and not query and request.path.startswith(path)
    asked = set(request.GET.items())
    if query:
        return set(query.items()) <= asked
    # The plain list, unless a narrower entry of the menu is what is looked at.
    return not any(set(narrower.items()) <= asked for narrower in NARROWER)


def _open_invoices() -> str:
    return _counted(Invoice.objects.filter(status=Invoice.Status.NEEDS_REVIEW))


def _open_findings() -> str:
    return _counted(in_hand(Finding.objects.filter(status=Finding.Status.OPEN)))


def _dead_letters() -> str:
    return _counted(ProcessingJob.objects.filter(status=ProcessingJob.Status.FAILED))


def _counted(rows: QuerySet[Any]) -> str:
    count = rows.order_by().values("pk")[: COUNTED_AT_MOST + 1].count()
    return f"{COUNTED_AT_MOST:,}+" if count > COUNTED_AT_MOST else f"{count:,}" if count else ""


NARROWER = [query for _, entries in MENU for *_, query in entries if query]
PAGES = {"admin:processing_spend": "processing.view_llmcall", "admin:invoices_quote": "invoices.view_ratecard"}
BADGES: dict[str, Callable[[], str]] = {
    "Review queue": _open_invoices,
    "Findings": _open_findings,
    "Dead letters": _dead_letters,
}
