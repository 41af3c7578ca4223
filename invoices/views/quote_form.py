"""The form that asks what a shipment costs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from invoices.ratecards.lookup import Choice
from invoices.rating import Location, Piece, Shipment

_MOST = Decimal(1_000_000)


def _number(label: str, **options: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, min_value=Decimal(0), max_value=_MOST, max_digits=14, decimal_places=4, **options
    )


class QuoteForm(forms.Form):
    """From, to, what, when; measures in centimetres."""

    origin_country = forms.CharField(label="Country", max_length=2, required=False)
    origin_postal = forms.CharField(label="Postal code", max_length=20, required=False)
    origin_name = forms.CharField(label="City, port or airport", max_length=300, required=False)
    destination_country = forms.CharField(label="Country", max_length=2, required=False)
    destination_postal = forms.CharField(label="Postal code", max_length=20, required=False)
    destination_name = forms.CharField(label="City, port or airport", max_length=300, required=False)
    count = forms.IntegerField(label="Pieces", min_value=1, max_value=100_000, initial=1)
    weight = forms.DecimalField(
        label="Weight of one", min_value=Decimal("0.001"), max_value=_MOST, max_digits=14, decimal_places=4
    )
    weight_unit = forms.ChoiceField(label="Unit", choices=[("kg", "kg"), ("lb", "lb")])
    length = _number("Length, cm")
    width = _number("Width, cm")
    height = _number("Height, cm")
    service = forms.CharField(label="Service", max_length=200, required=False)
    zone = forms.CharField(label="Zone", max_length=100, required=False)
    freight_class = forms.CharField(label="Freight class", max_length=20, required=False)
    volume_m3 = _number("Volume, m³")
    distance = _number("Distance, km")
    declared_value = _number("Value of the goods")
    fuel_index = _number("Fuel index")
    accessorials = forms.CharField(
        label="Extras", max_length=500, required=False, help_text="Names or codes of surcharges, separated by commas."
    )
    day = forms.DateField(label="Day", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            attributes = field.widget.attrs
            attributes["id"] = f"id_{name}"
            if name in self.errors if self.is_bound else False:
                attributes |= {"aria-invalid": "true", "aria-describedby": f"wrong_{name}"}
            if isinstance(field, forms.DecimalField):
                attributes |= {"inputmode": "decimal", "step": "any"}
            if name.endswith("_country"):
                attributes |= {"placeholder": "DE", "autocapitalize": "characters"}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        sides = [data.get(name) for name in ("length", "width", "height")]
        if any(sides) and not all(sides):
            self.add_error("length", "Enter all three dimensions or none.")
        return data

    @property
    def day_asked(self) -> date:
        day: date | None = self.cleaned_data["day"]
        return day or timezone.localdate()

    def choice(self) -> Choice:
        return Choice()

    def shipment(self) -> Shipment:
        """What was asked for, as rating takes it."""
        data = self.cleaned_data
        piece = Piece(data["weight"], data["length"], data["width"], data["height"], data["count"])
        extras = frozenset(part.strip() for part in data["accessorials"].split(",") if part.strip())
        return Shipment(
            origin=self._place("origin"),
            destination=self._place("destination"),
            pieces=(piece,),
            weight_unit=data["weight_unit"],
            service=data["service"],
            zone=data["zone"],
            freight_class=data["freight_class"],
            volume_m3=data["volume_m3"],
            distance=data["distance"],
            declared_value=data["declared_value"],
            fuel_index=data["fuel_index"],
            accessorials=extras,
        )

    def _place(self, side: str) -> Location:
        data = self.cleaned_data
        return Location(
            data[f"{side}_country"].strip().upper(), data[f"{side}_postal"].strip(), data[f"{side}_name"].strip()
        )
