"""Rate cards in the admin: cards, rates, zones, surcharges, fuel. What was read is looked at and decided, not typed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import AutocompleteSelectFilter
from unfold.decorators import display

from common.admin.read_only import LookedAt
from common.errors import InvoicesiteError
from common.roles import Role, has_role
from invoices.admin.rate_card_page import card_page, correct_card, decide_card, export_card, set_aside
from invoices.admin.rate_quote import quote_page
from invoices.models import FuelBand, Rate, RateCard, Surcharge, Zone
from invoices.services.rate_card_decisions import activate_rate_card, reject_rate_card, supersede_rate_card

STATUS_COLOURS = {"needs_review": "warning", "active": "success", "superseded": "info", "rejected": "danger"}
COUNTED_AT_MOST = 10_000  # nobody leafs further; counting a million rows takes longer than showing fifty


class BoundedPaginator(Paginator[Any]):
    """Counts no further than anybody leafs."""

    @cached_property
    def count(self) -> int:
        rows = self.object_list
        return rows.order_by()[:COUNTED_AT_MOST].count() if isinstance(rows, QuerySet) else len(rows)


class BoundedList(LookedAt):
    """A list of what was read: rows may be a million."""

    paginator = BoundedPaginator


def number(value: Decimal | None) -> str:
    return "–" if value is None else f"{value.normalize():,f}"


def amount(value: Decimal) -> str:
    """With two places at least."""
    whole, _, places = number(value).partition(".")
    return f"{whole}.{places.ljust(2, '0')}"


@admin.register(RateCard)
class RateCardAdmin(BoundedList):
    list_display = [
        "carrier", "service", "mode", "currency", "validity", "card_version", "rates_link", "reason_chips",
        "status_label", "created_at",
    ]  # fmt: skip
    list_filter = ["status", "mode", "currency", "created_at"]
    search_fields = ["carrier_name", "carrier_code", "customer", "contract", "service"]
    actions = ["activate", "reject", "supersede"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[RateCard]:
        cards: QuerySet[RateCard] = super().get_queryset(request)
        return cards.prefetch_related("reasons").defer("mapping", "evidence", "offers")

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            path("<uuid:card_id>/decide/", wrap(decide_card), name="invoices_ratecard_decide"),
            path("<uuid:card_id>/correct/", wrap(correct_card), name="invoices_ratecard_correct"),
            path("<uuid:card_id>/set-aside/", wrap(set_aside), name="invoices_ratecard_set_aside"),
            path("<uuid:card_id>/export/<str:kind>/", wrap(export_card), name="invoices_ratecard_export"),
            path("quote/", wrap(quote_page), name="invoices_quote"),
        ]
        return [*own, *super().get_urls()]

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any) -> Any:
        return card_page(request, object_id, self)

    @display(description="carrier", ordering="carrier_name")
    def carrier(self, card: RateCard) -> str:
        return card.carrier_name or card.carrier_code or "unknown"

    @display(description="valid", ordering="valid_from")
    def validity(self, card: RateCard) -> str:
        if not (card.valid_from or card.valid_to):
            return "–"
        return f"{card.valid_from or '…'} – {card.valid_to or '…'}"

    @display(description="rates", ordering="rate_count")
    def rates_link(self, card: RateCard) -> SafeString:
        return link_to_rows("rate", card.id, f"{card.rate_count:,}")

    @display(description="reasons")
    def reason_chips(self, card: RateCard) -> SafeString | str:
        codes = {reason.code: reason for reason in card.reasons.all()}
        if not codes:
            return "–"
        return format_html_join(
            " ", '<span class="rc-chip {}" title="{}">{}</span>',
            (("rc-bad" if r.blocking else "rc-warn", r.message, code.replace("_", " ")) for code, r in codes.items()),
        )  # fmt: skip

    @display(description="status", ordering="status", label=STATUS_COLOURS)
    def status_label(self, card: RateCard) -> tuple[str, str]:
        return card.status, card.get_status_display()

    @admin.action(description="Activate", permissions=["review"])
    def activate(self, request: HttpRequest, chosen: QuerySet[RateCard]) -> HttpResponseBase | None:
        return self._each(request, chosen, activate_rate_card, "activated")

    @admin.action(description="Reject", permissions=["review"])
    def reject(self, request: HttpRequest, chosen: QuerySet[RateCard]) -> HttpResponseBase | None:
        return self._each(request, chosen, reject_rate_card, "rejected")

    @admin.action(description="Supersede", permissions=["review"])
    def supersede(self, request: HttpRequest, chosen: QuerySet[RateCard]) -> HttpResponseBase | None:
        return self._each(request, chosen, supersede_rate_card, "superseded")

    def has_review_permission(self, request: HttpRequest) -> bool:
        return has_role(request.user, Role.REVIEWER)

    def _each(
        self, request: HttpRequest, chosen: QuerySet[RateCard], decide: Callable[..., Any], done: str
    ) -> HttpResponseBase | None:  # fmt: skip
        count = 0
        for card in chosen:
            try:
                decide(card_id=card.id, by=request.user)
                count += 1
            except InvoicesiteError as error:
                messages.error(request, f"{card}: {error.message}")
        if count:
            messages.success(request, f"{count} {'card was' if count == 1 else 'cards were'} {done}.")
        return None

    class Media:
        css = {"all": ["rate-cards/cards.css"]}


class CardRows(BoundedList):
    list_filter: ClassVar[list[Any]] = [("card", AutocompleteSelectFilter)]
    list_filter_submit = True
    list_select_related = ["card"]
    ordering = ["card", "position"]

    def get_ordering(self, request: HttpRequest) -> list[str]:
        return ["card_id", "position"]  # an index has them in this order

    @display(description="card")
    def of_card(self, row: Any) -> SafeString:
        url = reverse("admin:invoices_ratecard_change", args=[row.card_id])
        return format_html('<a class="desk-link" href="{}">{}</a>', url, row.card)

    @display(description="from")
    def where(self, row: Any) -> str:
        return ", ".join(sorted({str(place) for place in row.source.values() if isinstance(place, str)})[:3]) or "–"


@admin.register(Rate)
class RateAdmin(CardRows):
    list_display = [
        "of_card",
        "service",
        "lane",
        "equipment",
        "freight_class",
        "shown_break",
        "price",
        "limits",
        "where",
    ]
    search_fields = ["zone"]
    search_help_text = "A zone, an origin or a destination as the card writes it"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Equal, not alike: an index of a million rows answers the one, and every row is read for the other."""
        term = search_term.strip()
        if term:
            forms = {term, term.upper(), term.title(), term.lower()}
            queryset = queryset.filter(Q(zone__in=forms) | Q(destination__in=forms) | Q(origin__in=forms))
        return queryset, False

    @display(description="lane or zone")
    def lane(self, rate: Rate) -> str:
        way = " → ".join(text for text in (rate.origin, rate.destination) if text)
        return " ".join(part for part in (way, rate.zone and f"zone {rate.zone}") if part) or "–"

    @display(description="break")
    def shown_break(self, rate: Rate) -> str:
        if rate.break_from is None and rate.break_to is None:
            return "–"
        upper = "" if rate.break_to is None else number(rate.break_to)
        return f"{number(rate.break_from or Decimal(0))} – {upper or '…'} {rate.break_unit}"

    @display(description="price")
    def price(self, rate: Rate) -> str:
        unit = "" if rate.unit in ("", "flat") else f" / {rate.unit}"
        return f"{amount(rate.value)} {rate.currency or rate.card.currency}{unit}"

    @display(description="min – max")
    def limits(self, rate: Rate) -> str:
        if rate.minimum is None and rate.maximum is None:
            return "–"
        return f"{number(rate.minimum)} – {number(rate.maximum)}"


@admin.register(Zone)
class ZoneAdmin(CardRows):
    list_display = ["of_card", "side", "country", "first", "last", "zone", "service", "where"]
    search_fields = ["=first", "=zone"]


@admin.register(Surcharge)
class SurchargeAdmin(CardRows):
    list_display = ["of_card", "code", "name", "charged", "applies_to", "condition", "valid_from", "valid_to", "where"]
    list_filter: ClassVar[list[Any]] = [("card", AutocompleteSelectFilter), "basis"]
    search_fields = ["code", "name"]

    @display(description="amount")
    def charged(self, row: Surcharge) -> str:
        if row.basis == Surcharge.Basis.PERCENT:
            return f"{number(row.value)} %"
        unit = f" / {row.unit}" if row.basis == Surcharge.Basis.PER_UNIT else ""
        return f"{amount(row.value)} {row.currency or row.card.currency}{unit}"


@admin.register(FuelBand)
class FuelBandAdmin(CardRows):
    list_display = [
        "of_card",
        "index_name",
        "index_from",
        "index_to",
        "share",
        "base",
        "valid_from",
        "valid_to",
        "where",
    ]

    @display(description="percent")
    def share(self, band: FuelBand) -> str:
        return f"{number(band.percent)} %"


def link_to_rows(model: str, card_id: object, text: str) -> SafeString:
    """To the list of one card's rows."""
    url = f"{reverse(f'admin:invoices_{model}_changelist')}?{urlencode({'card__id__exact': str(card_id)})}"
    return format_html('<a class="desk-link" href="{}">{}</a>', url, text)


__all__ = ["RateAdmin", "RateCardAdmin", "link_to_rows"]
