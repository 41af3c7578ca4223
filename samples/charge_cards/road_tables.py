"""More made-up cards of road carriers: distances, pallets, lanes of several carriers, excess and minimum."""

from __future__ import annotations

from samples.charge_cards.records import ChargeCard


def _lane(origin: str, destination: str, weight: str, country: str = "DE", **more: object) -> dict[str, object]:
    return {
        "origin": {"country": country, "postal": origin}, "destination": {"country": country, "postal": destination},
        "pieces": [{"weight": weight}], **more,
    }  # fmt: skip


CARDS = (
    ChargeCard(
        "ltl-tariff-b",
        {
            "Pricing": """
HEARTLAND CROSSING LINES INC.
Standard Carrier Alpha Code (SCAC): HTCX
Customer pricing proposal HX-2291
Prepared for: Sample Fixtures Co.
Valid 04/01/2026 - 03/31/2027
1) A 61.5 percent discount applies to the class rates shown on tab Tariff.
2) Floor charge: no shipment will be charged less than $105.00 net, before fuel and accessorials.
3) Freight All Kinds: class 50 to 92.5 rated at class 70.
4) Fuel surcharge: 24.5% of net freight.""",
            "Tariff": """
Class rates in USD per cwt
|From MN 551 to MO 641|||From MN 551 to TX 761||
Weight (lb)|Class 70|Class 100|Class 125|Class 70|Class 100|Class 125
0 - 499|58.2|79.6|97.1|84.3|115.4|140.7
500 - 999|46.4|63.5|77.4|67.2|92|112.1
1000 - 1999|37.7|51.6|62.9|54.6|74.7|91.1
2000 +|31.3|42.9|52.2|45.4|62.1|75.7""",
            "Rules": """
Accessorial|Amount|Per
Lift gate at delivery|$72.50|shipment
Residential delivery|$89.00|shipment
Inside delivery|$7.75|cwt
Limited access|$80.00|shipment""",
        },
        rates=24,
        fuel=1,
        header={
            "carrier_code": "HTCX",
            "currency": "USD",
            "weight_unit": "lb",
            "valid_from": "2026-04-01",
            "valid_to": "2027-03-31",
        },
        surcharges=("Lift gate at delivery", "Residential delivery", "Inside delivery", "Limited access"),
        rules=(("discount", "61.5"), ("absolute_minimum_charge", "105.00"), ("class_map", "70")),
        quotes=(
            # class 85 → 70; 900 × 46.40/cwt = 417.60; as 1,000 × 37.70 = 377.00; × 0.385 = 145.15
            # 24.5 % = 35.56
            (
                {**_lane("55101", "64106", "900", "US"), "weight_unit": "lb", "freight_class": "85"},
                "2026-05-04",
                "180.71",
                (),
            ),
            # class 100, 200 lb × 115.40 = 230.80 × .385 = 88.86 → 105.00; fuel 25.73 (25.725); liftgate 72.50
            (
                {
                    **_lane("55101", "76102", "200", "US"),
                    "weight_unit": "lb",
                    "freight_class": "100",
                    "accessorials": frozenset({"Lift gate at delivery"}),
                },
                "2026-05-04",
                "203.23",
                (),
            ),
        ),
    ),
    ChargeCard(
        "stueckgut-ost",
        {
            "Frachttarif": """
Elbland Logistik Beispiel KG
Haustarif Sammelgut 2026, gültig ab 01.02.2026
Frachtpreise in Euro je Sendung ab Versandort Dresden, ohne Maut
Sperrigkeit: 1 cbm = 250 kg, 1 Lademeter = 1.500 kg

Frachtpfl. Gewicht|Zone A|Zone B|Zone C
1 – 50 kg|'29,40|'36,10|'45,80
51 – 100 kg|'38,20|'47,90|'61,30
101 – 200 kg|'54,70|'70,50|'92,40
201 – 500 kg|'88,60|'117,20|'156,90
501 – 1.000 kg|'139,50|'188,80|'254,70""",
            "Zonenverzeichnis": """
PLZ von|PLZ bis|Zone
1|4|A
6|9|A
10|19|B
20|39|B
40|99|C""",
            "Maut": """
Mautzuschlag je Sendung (EUR)
Gewicht bis kg|Zone A|Zone B|Zone C
100|'1,10|'1,90|'2,80
500|'2,60|'4,80|'7,20
1000|'4,90|'9,20|'13,80""",
            "Sonstiges": """
Nebenleistungen
Leistung|Preis|Einheit
Hebebühne|'14,00 €|je Sendung
Telefonische Avisierung|'6,50 €|je Sendung
Wartezeit ab der 31. Minute|'18,00 €|je angefangene 30 Minuten
Dieselzuschlag|'4,5 %|auf die Fracht""",
        },
        rates=15,
        charge_rows=9,
        zones=5,
        header={"carrier_name": "Elbland Logistik Beispiel KG", "currency": "EUR", "valid_from": "2026-02-01"},
        checks=({"zone": "B", "break_to": "200", "value": "70.50"},),
        surcharges=("Hebebühne", "Telefonische Avisierung"),
        rules=(("weight_equivalent", "250"), ("weight_equivalent", "1500")),
        quotes=(
            # 0.7 m³ × 250 = 175: 101–200 kg zone B 70.50; toll 500 B 4.80; diesel 4.5 % = 3.17 (3.1725)
            ({**_lane("01067", "20095", "120"), "volume_m3": "0.7"}, "2026-03-02", "78.47", ()),
            # 04 is A: 640 kg 139.50; toll 4.90; 6.28 (6.2775)
            (_lane("01067", "04109", "640"), "2026-03-02", "150.68", ()),
        ),
    ),
    ChargeCard(
        "tabela-kg-minimo",
        {
            "": """
Rápido Serra Azul Transportes Ltda
Tabela de preços nº 55 - vigência 01/05/2026 a 30/04/2027
Origem: Belo Horizonte - MG | cubagem 300 kg/m³

Destino||Frete por kg (R$)|Frete mínimo (R$)|Ad valorem (% NF)|GRIS (% NF)|Prazo (dias)
UF|Praça||||
RJ|Capital|0,92|38,00|0,30|0,20|2
RJ|Interior|1,15|46,00|0,40|0,25|4
SP|Capital|0,81|35,00|0,25|0,20|2
BA|Capital|1,48|62,00|0,45|0,30|5

Taxa de emissão de CT-e: R$ 5,50 por CT-e (sempre)
TDE (dificuldade de entrega): 20% do frete, mínimo R$ 90,00"""
        },
        separator=";",
        rates=4,
        charge_rows=8,
        header={"carrier_name": "Rápido Serra Azul Transportes Ltda", "currency": "BRL"},
        checks=({"value": "0.92", "unit": "kg", "minimum": "38.00"},),
        quotes=(),
    ),
    ChargeCard(
        "pallet-uk-b",
        {
            "Rates": """
Northgate Pallet Freight Ltd
Palletised distribution tariff from 1 February 2026 until 31 January 2027
All prices in GBP per pallet, collected LS, exclusive of VAT

Zone|Next Day|||Economy (2-3 days)||
|Full|Half|Quarter|Full|Half|Quarter
1|52|41|34|46|37|31
2|61|48|40|54|43|36
3|79|62|52|70|55|46
4|128|101|85|113|90|75""",
            "Zones": """
Zone|Postcode areas and districts
1|LS, BD, HD, WF
2|M, L, S, NG
3|AB10-25, DD, EH, G
4|AB30-56, IV, KW""",
            "Extras": """
Extras
Item|Charge|Basis
Tail lift delivery|9.50|per consignment
Timed AM|18.00|per consignment
Fuel surcharge|11.5%|of carriage""",
        },
        rates=24,
        header={
            "carrier_name": "Northgate Pallet Freight Ltd",
            "currency": "GBP",
            "valid_from": "2026-02-01",
            "valid_to": "2027-01-31",
        },
        checks=({"zone": "3", "service": "Economy (2-3 days)", "equipment": "Half", "value": "55", "unit": "pallet"},),
        quotes=(
            # S is zone 2: 2 × 61 = 122; 11.5 % = 14.03
            (
                {
                    "origin": {"country": "GB", "postal": "LS1 1AA"},
                    "destination": {"country": "GB", "postal": "S10 2TN"},
                    "pieces": [{"weight": "900"}],
                    "pallets": 2,
                    "equipment": "Full",
                    "service": "Next Day",
                },
                "2026-03-02",
                "136.03",
                (),
            ),
            # AB43 is zone 4: economy half 90; 10.35
            (
                {
                    "origin": {"country": "GB", "postal": "LS1 1AA"},
                    "destination": {"country": "GB", "postal": "AB43 9AB"},
                    "pieces": [{"weight": "300"}],
                    "pallets": 1,
                    "equipment": "Half",
                    "service": "Economy (2-3 days)",
                },
                "2026-03-02",
                "100.35",
                (),
            ),
            # SA is in no zone
            (
                {
                    "origin": {"country": "GB", "postal": "LS1 1AA"},
                    "destination": {"country": "GB", "postal": "SA1 1AA"},
                    "pieces": [{"weight": "300"}],
                    "pallets": 1,
                    "equipment": "Full",
                    "service": "Next Day",
                },
                "2026-03-02",
                "",
                (),
            ),
        ),
    ),
    ChargeCard(
        "lanes-carriers-csv",
        {
            "": """
origin_country|origin_zip|dest_country|dest_zip|carrier|vehicle|rate_eur|valid_from|valid_to
DE|28|PL|00|Norda Trans Sp. z o.o.|13.6m tautliner|1240.00|2026-04-01|2026-06-30
DE|28|PL|00|Hanse Spedition GmbH|13.6m tautliner|1315.00|2026-04-01|2026-06-30
DE|28|AT|10|Hanse Spedition GmbH|13.6m tautliner|1480.00|2026-04-01|2026-06-30
DE|80|IT|20|Brenner Trasporti S.r.l.|13.6m tautliner|980.00|2026-04-01|2026-06-30
DE|80|IT|20|Norda Trans Sp. z o.o.|13.6m tautliner|1040.00|2026-04-01|2026-06-30"""
        },
        separator=",",
        rates=5,
        carriers=3,
        quotes=(
            (
                _lane("28195", "00-001", "20000", "DE") | {"destination": {"country": "PL", "postal": "00-001"}},
                "2026-05-04",
                "1240.00",
                (),
            ),
            (
                _lane("80331", "20121", "20000", "DE") | {"destination": {"country": "IT", "postal": "20121"}},
                "2026-05-04",
                "980.00",
                (),
            ),
        ),
    ),
    ChargeCard(
        "lanes-carriers-columns",
        {
            "Offers": """
Spot round April 2026, full truck, EUR per trip
Lane|From|To|Vaart Logistiek B.V.|Hanse Spedition GmbH|Trans Exemple SAS
L01|NL 3011|DE 20095|890|860|
L02|NL 3011|FR 75001|1120||1090
L03|BE 2000|DE 80331|1350|1410|1395"""
        },
        rates=7,
        carriers=3,
        asks=("validity_missing",),
        quotes=(
            (
                {
                    "origin": {"country": "NL", "postal": "3011"},
                    "destination": {"country": "DE", "postal": "20095"},
                    "pieces": [{"weight": "20000"}],
                },
                "2026-05-04",
                "860.00",
                (),
            ),
            (
                {
                    "origin": {"country": "NL", "postal": "3011"},
                    "destination": {"country": "FR", "postal": "75001"},
                    "pieces": [{"weight": "20000"}],
                },
                "2026-05-04",
                "1090.00",
                (),
            ),
        ),
    ),
    ChargeCard(
        "afstand-nl",
        {
            "Tarief": """
Voorbeeld Wegvervoer B.V.
Distributietarief per zending, geldig vanaf 01-03-2026 tot en met 28-02-2027, bedragen in EUR
1 m³ = 250 kg; 1 laadmeter = 1.850 kg

Afstand tot km|tot 100 kg|tot 250 kg|tot 500 kg|tot 1.000 kg
50|'28,50|'36,40|'51,20|'79,60
100|'34,10|'44,80|'64,70|'101,30
200|'42,90|'57,60|'85,10|'134,20

Brandstoftoeslag: 7,5% over de vracht
Laadklep: EUR 17,50 per zending"""
        },
        rates=12,
        fuel=1,
        header={
            "carrier_name": "Voorbeeld Wegvervoer B.V.",
            "currency": "EUR",
            "valid_from": "2026-03-01",
            "valid_to": "2027-02-28",
        },
        rules=(("weight_equivalent", "250"), ("weight_equivalent", "1850")),
        surcharges=("Laadklep",),
        quotes=(
            # 85 km, 1.2 m³ = 300 kg: up to 500 kg 64.70; 7.5 % = 4.85 (4.8525)
            ({**_lane("3011", "5611", "220", "NL"), "volume_m3": "1.2", "distance": "85"}, "2026-04-01", "69.55", ()),
            # 100 kg, exactly 50 km: 28.50 + 2.14 (2.1375) + 17.50
            (
                {**_lane("3011", "2511", "100", "NL"), "distance": "50", "accessorials": frozenset({"Laadklep"})},
                "2026-04-01",
                "48.14",
                (),
            ),
            ({**_lane("3011", "2511", "100", "NL")}, "2026-04-01", "", ()),
        ),
    ),
    ChargeCard(
        "messagerie-palettes-fr",
        {
            "Tarif palettes": """
Transports Rivage Exemple SAS
Tarif palettes 80 x 120 au départ de Nantes, valable du 01/03/2026 au 28/02/2027
Prix en euros hors taxes par expédition

Départements|1 palette|2 palettes|3 palettes|4 palettes|Palette supplémentaire
44, 49, 85|62|104|143|179|34
35, 56, 22, 29|74|126|174|219|42
75, 77, 78, 91 - 95|96|168|236|299|58

Taxe gazole : 9 % du transport
Hayon : 25,00 € par expédition
Participation sûreté : 1,20 € par expédition (toujours)"""
        },
        rates=15,
        fuel=1,
        header={
            "carrier_name": "Transports Rivage Exemple SAS",
            "currency": "EUR",
            "valid_from": "2026-03-01",
            "valid_to": "2027-02-28",
        },
        quotes=(
            # 93 is in 91–95: 3 pallets 236; 9 % = 21.24; 1.20
            ({**_lane("44000", "93200", "1500", "FR"), "pallets": 3}, "2026-04-01", "258.44", ()),
            # 6 pallets, 35: 219 + 2 × 42 = 303; 27.27; 1.20
            ({**_lane("44000", "35000", "3000", "FR"), "pallets": 6}, "2026-04-01", "331.47", ()),
        ),
    ),
    ChargeCard(
        "mileage-matrix-us",
        {
            "Rates": """
Bluestem Carriers LLC
Linehaul rates effective 2026-03-01, USD
Distance (miles)|Dry Van|Reefer|Flatbed
0-150|525.00|610.00|640.00
151-300|780.00|905.00|950.00
301-600|2.95|3.40|3.60
601+|2.55|2.95|3.10
Rates up to 300 miles are flat per load, above 300 miles per mile.

Detention: $65.00 per hour after 2 hours free
Extra stop: $60.00 per stop"""
        },
        rates=12,
        asks=("figure_not_understood",),
    ),
)
