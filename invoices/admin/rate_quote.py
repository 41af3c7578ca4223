"""The page that prices a shipment by the stored cards. By GET: a quote can be sent to a colleague as an address."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from invoices.ratecards.lookup import Choice
from invoices.ratecards.quoting import quote_for
from invoices.rating import Location, Piece, Shipment

QUOTES_SHOWN = 100
_NUMBER: dict[str, Any] = {"required": False, "min_value": 0, "max_digits": 12, "decimal_places": 4}
_MODES = [(mode, mode or "any") for mode in ("", "parcel", "courier", "ltl", "ftl", "air", "ocean")]


def _text(label: str, length: int = 100) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=length)


def _number(label: str) -> forms.DecimalField:
    return forms.DecimalField(label=label, **_NUMBER)


class QuoteForm(forms.Form):
    """A shipment and the cards to ask."""

    origin_country = _text("Country", 2)
    origin_postal = _text("Postal code", 20)
    origin_name = _text("City, port or airport", 300)
    destination_country = _text("Country", 2)
    destination_postal = _text("Postal code", 20)
    destination_name = _text("City, port or airport", 300)
    zone = _text("Zone")
    weight = _number("Weight of a piece")
    weight_unit = forms.ChoiceField(label="Unit", choices=[("kg", "kg"), ("lb", "lb")], required=False)
    count = forms.IntegerField(label="Pieces", required=False, min_value=1, max_value=100_000)
    length = _number("Length")
    width = _number("Width")
    height = _number("Height")
    dimension_unit = forms.ChoiceField(label="Unit", choices=[("cm", "cm"), ("in", "in")], required=False)
    volume_m3 = _number("Volume, m³")
    pallets = _number("Pallets")
    containers = _number("Containers")
    distance = _number("Distance, km")
    declared_value = _number("Value of the goods")
    dangerous_goods = forms.BooleanField(label="Dangerous goods", required=False)
    service = _text("Service", 200)
    equipment = _text("Equipment", 50)
    freight_class = _text("Freight class", 20)
    accessorials = _text("Requested surcharges, separated by commas", 500)
    fuel_index = _number("Fuel index")
    date = forms.DateField(label="Date", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    mode = forms.ChoiceField(label="Mode", choices=_MODES, required=False)
    carrier = _text("Carrier", 300)

    GROUPS: ClassVar[list[tuple[str, list[str]]]] = [
        ("From", ["origin_country", "origin_postal", "origin_name"]),
        ("To", ["destination_country", "destination_postal", "destination_name", "zone"]),
        ("Pieces", ["weight", "weight_unit", "count", "length", "width", "height", "dimension_unit"]),
        ("Other quantities", ["volume_m3", "pallets", "containers", "distance", "declared_value"]),
        ("Service", ["service", "equipment", "freight_class", "accessorials", "fuel_index", "dangerous_goods"]),
        ("Cards", ["date", "mode", "carrier"]),
    ]

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(title, [self[name] for name in names]) for title, names in self.GROUPS]

    def shipment(self) -> Shipment:
        """What was typed; the form must be valid."""
        data = self.cleaned_data
        pieces: tuple[Piece, ...] = ()
        if data["weight"] is not None:
            pieces = (Piece(data["weight"], data["length"], data["width"], data["height"], data["count"] or 1),)
        return Shipment(
            origin=_place(data, "origin"), destination=_place(data, "destination"), pieces=pieces, zone=data["zone"],
            weight_unit=data["weight_unit"] or "kg", dimension_unit=data["dimension_unit"] or "cm",
            service=data["service"], equipment=data["equipment"], freight_class=data["freight_class"],
            volume_m3=data["volume_m3"], pallets=data["pallets"], distance=data["distance"],
            containers=Decimal(1) if data["containers"] is None else data["containers"],
            fuel_index=data["fuel_index"], declared_value=data["declared_value"],
            dangerous_goods=data["dangerous_goods"],
            accessorials=frozenset(name.strip() for name in data["accessorials"].split(",") if name.strip()),
        )  # fmt: skip


def _place(data: dict[str, Any], side: str) -> Location:
    return Location(data[f"{side}_country"].upper(), data[f"{side}_postal"], data[f"{side}_name"])


def quote_page(request: HttpRequest) -> HttpResponse:
    """The form, and below it what each card charges, the cheapest first."""
    if not request.user.has_perm("invoices.view_ratecard"):
        raise PermissionDenied
    asked = bool(request.GET)
    form = QuoteForm(request.GET) if asked else QuoteForm(initial={"date": timezone.localdate(), "count": 1})
    found, day = None, timezone.localdate()
    if asked and form.is_valid():
        day = form.cleaned_data["date"] or day
        choice = Choice(mode=form.cleaned_data["mode"], carrier=form.cleaned_data["carrier"])
        try:
            (found,) = quote_for(user=request.user, shipments=[form.shipment()], day=day, choice=choice).shipments
        except ArithmeticError:
            form.add_error("weight", "The quantities are too large to price.")
    context = {
        **admin.site.each_context(request),
        "title": "Quote",
        "form": form,
        "day": day,
        "found": found,
        "quotes": found.quotes[:QUOTES_SHOWN] if found else [],
        "refusals": found.refusals[:QUOTES_SHOWN] if found else [],
    }
    return TemplateResponse(request, "admin/invoices/ratecard/quote.html", context)
