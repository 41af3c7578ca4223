"""Rate cards: which there are, what they say, what a shipment costs by them."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common.roles import Role, has_role
from common.web.page import page, wants_part
from invoices.ratecards.queries import cards_seen_by, whole_card
from invoices.ratecards.quoting import quote_for
from invoices.views.quote_form import QuoteForm

CARDS, RATES = 25, 50
TONES = {"active": "good", "needs_review": "warn", "rejected": "bad", "superseded": ""}
_LANE = ("service", "origin", "destination", "zone", "equipment", "freight_class")


@require_safe
@page()
def rate_card_list(request: HttpRequest) -> HttpResponse:
    """The cards that the person may see, newest first, those that hold today marked."""
    words = request.GET.get("q", "").strip()
    cards = cards_seen_by(request.user).order_by("-created_at", "id")
    for word in words.split()[:8]:
        cards = cards.filter(
            Q(carrier_name__icontains=word) | Q(service__icontains=word) | Q(customer__icontains=word)
            | Q(contract__icontains=word)
        )  # fmt: skip
    context = {
        "listed": Paginator(cards, CARDS).get_page(request.GET.get("page")),
        "words": words,
        "tones": TONES,
        "pages_url": "?" + urlencode({"q": words} if words else {}),
        "may_submit": has_role(request.user, Role.OPERATOR),
    }
    return render(request, "web/rate_cards/list.html", context)


@require_safe
@page()
def rate_card_page(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """One card: its header, its rates by page and words, surcharges, fuel, and why a person should look."""
    card = whole_card(request.user, card_id)
    words = request.GET.get("q", "").strip()
    rates = card.rates.order_by("position")
    for word in words.split()[:6]:
        condition = Q()
        for name in _LANE:
            condition |= Q(**{f"{name}__icontains": word})
        rates = rates.filter(condition)
    listed = Paginator(rates, RATES).get_page(request.GET.get("page"))
    columns = [name for name in _LANE if any(getattr(rate, name) for rate in listed)]
    context = {
        "card": card,
        "tone": TONES[card.status],
        "words": words,
        "listed": listed,
        "columns": [name.replace("_", " ").capitalize() for name in columns],
        "rows": [(rate, [getattr(rate, name) for name in columns]) for rate in listed],
        "pages_url": "?" + urlencode({"q": words} if words else {}),
        "downloads": _downloads(card_id),
    }
    return render(request, "web/rate_cards/rates.html" if wants_part(request) else "web/rate_cards/card.html", context)


@require_safe
@page()
def quote_page(request: HttpRequest) -> HttpResponse:
    """The form, and where it was sent (by GET, so that a quote can be kept as a link) the prices of each card."""
    asked = "weight" in request.GET
    form = QuoteForm(request.GET if asked else None)
    context = {"form": form, "asked": asked, "has_cards": cards_seen_by(request.user).filter(status="active").exists()}
    if asked and form.is_valid():
        day = form.day_asked
        quoted = quote_for(user=request.user, shipments=[form.shipment()], day=day, choice=form.choice())
        context |= {"quotes": quoted.shipments[0].quotes, "refusals": quoted.shipments[0].refusals, "day": day}
    return render(request, "web/rate_cards/quote.html", context, status=400 if asked and form.errors else 200)


def _downloads(card_id: UUID) -> list[dict[str, str]]:
    address = reverse("rate-card-export", args=[card_id])
    kinds = (("CSV", "csv"), ("Excel", "xlsx"), ("JSON", "json"))
    return [{"label": label, "url": f"{address}?format={name}"} for label, name in kinds]
