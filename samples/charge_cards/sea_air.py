"""Made-up cards of ocean and air carriers."""

from __future__ import annotations

from samples.charge_cards.records import ChargeCard

CARDS = (
    ChargeCard(
        "ocean-fcl",
        {
            "FCL": """
Sample Ocean Line Ltd.
FCL rates, valid 01 Jun 2026 to 31 Aug 2026
POL|POD|20'DC|40'DC|40'HC|Currency|Transit days
DEHAM|USNYC|1250|2100|2150|USD|14
DEHAM|SGSIN|980|1690|1740|USD|28
NLRTM|USNYC|1210|2050|2080|USD|13""",
            "Surcharges": """
Surcharges
Surcharge|Amount|Currency|Unit
Bunker adjustment (BAF)|310|USD|per container
Documentation fee|60|USD|per B/L""",
        },
        rates=9,
        header={"carrier_name": "Sample Ocean Line Ltd.", "currency": "USD"},
        checks=(
            {"origin": "DEHAM", "destination": "SGSIN", "equipment": "40'HC", "value": "1740", "unit": "container"},
        ),
        surcharges=("Bunker adjustment (BAF)", "Documentation fee"),
        answers={"applies_always": "Bunker adjustment (BAF); Documentation fee"},
    ),
    ChargeCard(
        "ocean-lcl",
        {"LCL": """
Sample Ocean Line Ltd.
LCL rates per W/M in USD, minimum 1 W/M
Valid from 01.06.2026 to 31.08.2026
POL|POD|Rate per W/M|Minimum
DEHAM|INNSA|38|38
DEHAM|CNSHA|12|24"""},
        rates=2,
        checks=({"origin": "DEHAM", "destination": "CNSHA", "value": "12", "unit": "wm", "minimum": "24"},),
        quotes=(
            ({"origin": {"code": "DEHAM"}, "destination": {"code": "INNSA"}, "pieces": [{"weight": "1800"}],
              "volume_m3": "3.2"}, "2026-07-01", "121.60", ()),
        ),
    ),
    ChargeCard(
        "air-freight",
        {"Air": """
Himmel Air Cargo GmbH
Luftfracht ab FRA, gültig 01.03.2026 bis 31.08.2026, Preise in EUR pro kg
Volumengewicht 1:6000
Abgang|Ziel|M|N|+45|+100|+300
FRA|JFK|75|3.9|3.1|2.6|2.2
FRA|NRT|90|5.2|4.1|3.4|2.9

Sicherheitszuschlag: EUR 0,15 pro kg
AWB fee: EUR 25,00 per AWB"""},
        rates=8,
        header={"carrier_name": "Himmel Air Cargo GmbH", "currency": "EUR", "dimensional_divisor": "6000"},
        checks=(
            {"origin": "FRA", "destination": "JFK", "break_from": "0", "break_to": "45", "value": "3.9",
             "minimum": "75", "break_inclusive": "lower"},
            {"origin": "FRA", "destination": "NRT", "break_from": "300", "value": "2.9", "minimum": "90"},
        ),
        surcharges=("Sicherheitszuschlag", "AWB fee"),
    ),
)  # fmt: skip
