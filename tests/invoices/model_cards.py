"""Five rate cards entered by hand in the charge model: table rates of a shop, express zones, an LTL class tariff with
its agreement, a house tariff for groupage with toll, a fractional freight table with charges on the goods."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from itertools import pairwise

from invoices.rate_records import CardData, Condition, FuelBandData, RateData, RuleData, SurchargeData, ZoneData
from invoices.rate_records.places import place_text

EXPRESS_DOCUMENTS = """
0.5 16.05 18.71 21.38 24.04 26.71 29.37
1 17.9 20.88 23.86 26.84 29.82 32.8
1.5 19.75 23.04 26.34 29.63 32.92 36.22
2 21.6 25.21 28.82 32.42 36.03 39.64
"""

EXPRESS_PARCELS = """
0.5 20.32 22.91 25.5 28.09 30.69 33.28
1 21.74 24.57 27.41 30.24 33.07 35.9
1.5 23.16 26.23 29.31 32.38 35.46 38.53
2 24.58 27.9 31.21 34.53 37.84 41.16
2.5 26 29.56 33.11 36.67 40.23 43.79
3 27.42 31.22 35.02 38.82 42.61 46.41
3.5 28.84 32.88 36.92 40.96 45 49.04
4 30.26 34.54 38.82 43.1 47.38 51.67
4.5 31.68 36.2 40.73 45.25 49.77 54.29
5 33.1 37.86 42.63 47.39 52.16 56.92
5.5 34.52 39.53 44.53 49.54 54.54 59.55
6 35.94 41.19 46.43 51.68 56.93 62.17
6.5 37.36 42.85 48.34 53.82 59.31 64.8
7 38.78 44.51 50.24 55.97 61.7 67.43
7.5 40.2 46.17 52.14 58.11 64.08 70.06
8 41.62 47.83 54.04 60.26 66.47 72.68
8.5 43.04 49.49 55.95 62.4 68.86 75.31
9 44.46 51.16 57.85 64.55 71.24 77.94
9.5 45.88 52.82 59.75 66.69 73.63 80.56
10 47.3 54.48 61.66 68.83 76.01 83.19
11 50.14 57.8 65.46 73.12 80.78 88.44
12 52.98 61.12 69.27 77.41 85.55 93.7
13 55.82 64.45 73.07 81.7 90.33 98.95
14 58.66 67.77 76.88 85.99 95.1 104.21
15 61.5 71.09 80.68 90.28 99.87 109.46
16 64.34 74.41 84.49 94.56 104.64 114.71
17 67.18 77.74 88.3 98.85 109.41 119.97
18 70.02 81.06 92.1 103.14 114.18 125.22
19 72.86 84.38 95.91 107.43 118.95 130.48
20 75.7 87.71 99.71 111.72 123.72 135.73
21 78.54 91.03 103.52 116.01 128.5 140.98
22 81.38 94.35 107.32 120.29 133.27 146.24
23 84.22 97.67 111.13 124.58 138.04 151.49
24 87.06 101 114.93 128.87 142.81 156.75
25 89.9 104.32 118.74 133.16 147.58 162
26 92.74 107.64 122.55 137.45 152.35 167.25
27 95.58 110.97 126.35 141.74 157.12 172.51
28 98.42 114.29 130.16 146.03 161.89 177.76
29 101.26 117.61 133.96 150.31 166.66 183.02
30 104.1 120.93 137.77 154.6 171.44 188.27
"""

EXPRESS_PER_KG = """
30.1 70 2.95 3.4 3.95 4.55 5.2 6.1
70.1 300 2.7 3.1 3.6 4.15 4.75 5.55
300.1 99999 2.45 2.8 3.25 3.75 4.3 5.05
"""

EXPRESS_ZONES = """
1 AT BE CZ FR NL PL
2 DK FI HU IT PT ES SE
3 GB TR NO CH
4 CA MX US
5 CN HK IN JP SG AE
6 AU BR NZ ZA
"""

CLASS_RATES = """
TN 371 GA 303 50 142 47.81 38.3 31.03 26.5 21.38 17.71
TN 371 GA 303 55 142 51.13 40.96 33.19 28.34 22.87 18.94
TN 371 GA 303 60 142 54.45 43.62 35.34 30.18 24.35 20.17
TN 371 GA 303 65 142 57.1 45.75 37.07 31.65 25.54 21.16
TN 371 GA 303 70 142 59.76 47.88 38.79 33.12 26.73 22.14
TN 371 GA 303 77.5 142 63.08 50.54 40.95 34.96 28.22 23.37
TN 371 GA 303 85 142 66.4 53.2 43.1 36.8 29.7 24.6
TN 371 GA 303 92.5 142 70.38 56.39 45.69 39.01 31.48 26.08
TN 371 GA 303 100 142 75.03 60.12 48.7 41.58 33.56 27.8
TN 371 GA 303 110 142 81.01 64.9 52.58 44.9 36.23 30.01
TN 371 GA 303 125 142 90.3 72.35 58.62 50.05 40.39 33.46
TN 371 GA 303 150 142 106.24 85.12 68.96 58.88 47.52 39.36
TN 371 TX 752 50 168 71.06 57.53 46.94 40.61 33.05 27.94
TN 371 TX 752 55 168 76 61.52 50.2 43.43 35.34 29.88
TN 371 TX 752 60 168 80.93 65.52 53.46 46.25 37.64 31.82
TN 371 TX 752 65 168 84.88 68.71 56.07 48.5 39.47 33.37
TN 371 TX 752 70 168 88.83 71.91 58.68 50.76 41.31 34.92
TN 371 TX 752 77.5 168 93.77 75.91 61.94 53.58 43.61 36.86
TN 371 TX 752 85 168 98.7 79.9 65.2 56.4 45.9 38.8
TN 371 TX 752 92.5 168 104.62 84.69 69.11 59.78 48.65 41.13
TN 371 TX 752 100 168 111.53 90.29 73.68 63.73 51.87 43.84
TN 371 TX 752 110 168 120.41 97.48 79.54 68.81 56 47.34
TN 371 TX 752 125 168 134.23 108.66 88.67 76.7 62.42 52.77
TN 371 TX 752 150 168 157.92 127.84 104.32 90.24 73.44 62.08
TN 371 IL 606 50 151 53.35 42.91 34.78 29.66 24.12 20.09
TN 371 IL 606 55 151 57.06 45.89 37.19 31.72 25.8 21.48
TN 371 IL 606 60 151 60.76 48.87 39.61 33.78 27.47 22.88
TN 371 IL 606 65 151 63.73 51.26 41.54 35.43 28.81 23.99
TN 371 IL 606 70 151 66.69 53.64 43.47 37.08 30.15 25.11
TN 371 IL 606 77.5 151 70.4 56.62 45.89 39.14 31.83 26.51
TN 371 IL 606 85 151 74.1 59.6 48.3 41.2 33.5 27.9
TN 371 IL 606 92.5 151 78.55 63.18 51.2 43.67 35.51 29.57
TN 371 IL 606 100 151 83.73 67.35 54.58 46.56 37.86 31.53
TN 371 IL 606 110 151 90.4 72.71 58.93 50.26 40.87 34.04
TN 371 IL 606 125 151 100.78 81.06 65.69 56.03 45.56 37.94
TN 371 IL 606 150 151 118.56 95.36 77.28 65.92 53.6 44.64
"""

GROUPAGE = """
50 38.98 43.46 47.95 52.43 56.91 61.39
100 48.29 53.84 59.39 64.95 70.50 76.05
150 56.32 62.79 69.27 75.75 82.22 88.70
200 63.62 70.93 78.25 85.56 92.88 100.19
250 70.42 78.51 86.61 94.71 102.81 110.9
300 76.84 85.68 94.52 103.35 112.19 121.03
400 88.87 99.09 109.31 119.52 129.74 139.96
500 100.07 111.57 123.08 134.59 146.1 157.61
600 110.65 123.38 136.1 148.83 161.55 174.28
700 120.75 134.64 148.53 162.41 176.3 190.19
800 130.46 145.46 160.46 175.47 190.47 205.47
900 139.83 155.91 171.99 188.07 204.15 220.23
1000 148.91 166.03 183.16 200.28 217.41 234.53
1250 170.57 190.19 209.81 229.42 249.04 268.65
1500 191.05 213.02 234.99 256.96 278.93 300.9
2000 229.36 255.73 282.11 308.49 334.86 361.24
2500 265.04 295.52 326.01 356.49 386.97 417.45
3000 298.77 333.13 367.49 401.85 436.21 470.57
"""

TOLL = """
100 0.96 1.3 1.64 1.98 2.32 2.66 3.34
250 1.28 1.95 2.61 3.27 3.94 4.6 5.92
500 1.61 2.59 3.58 4.56 5.55 6.54 8.51
1000 1.93 3.24 4.55 5.86 7.17 8.47 11.09
2000 2.25 3.88 5.52 7.15 8.78 10.41 13.68
3000 2.58 4.53 6.49 8.44 10.4 12.35 16.26
"""

FRACTIONAL = """
SP-Capital 01000-000 05999-999 22.40 27.90 33.60 42.80 51.20 63.50 0.48 0.20 0.15 3.00 3.90 1
SP-Interior 11000-000 19999-999 28.70 35.10 42.00 53.60 64.30 79.90 0.62 0.25 0.20 3.50 5.20 2
RJ-Capital 20000-000 23799-999 31.50 38.80 46.20 58.90 71.40 88.60 0.71 0.30 0.25 5.00 6.20 3
RJ-Interior 23800-000 28999-999 37.20 45.90 54.80 69.70 84.50 104.90 0.86 0.35 0.30 5.00 7.10 4
MG-Capital 30000-000 31999-999 32.80 40.20 48.10 61.40 74.30 92.20 0.74 0.30 0.20 4.00 6.80 3
PR-Capital 80000-000 82999-999 29.90 36.70 43.80 55.70 67.40 83.60 0.67 0.25 0.20 4.00 5.90 2
RS-Capital 90000-000 91999-999 36.40 44.70 53.30 67.90 82.10 102.00 0.83 0.30 0.20 4.00 8.40 4
BA-Capital 40000-000 42599-999 48.60 59.80 71.30 90.70 109.90 136.40 1.12 0.35 0.30 5.50 10.90 7
PE-Capital 50000-000 52999-999 54.20 66.50 79.40 101.10 122.30 151.90 1.31 0.40 0.35 6.00 12.60 8
AM-Capital 69000-000 69099-999 97.80 120.40 143.70 183.20 221.60 275.30 2.45 0.60 0.50 8.00 0.00 14
"""

SHOP = """
DE * * 0 4.90
DE * * 2 6.90
DE * * 5 9.90
DE * * 10 14.90
DE * * 20 21.50
DE * 27498 0 12.90
DE * 27498 5 24.90
AT * * 0 8.90
AT * * 2 11.90
AT * * 5 15.90
AT * * 10 22.90
CH * * 0 18.50
CH * * 2 24.50
CH * * 5 31.00
GB * * 0 16.00
GB * * 5 24.00
GB * BT* 0 21.00
GB * BT* 5 33.00
US AK * 0 39.00
US AK * 5 62.00
* * * 0 29.00
* * * 5 49.00
"""


def rows_of(block: str) -> list[list[str]]:
    return [line.split() for line in block.strip().splitlines()]


def shop_card() -> CardData:
    """Rows say from which weight on they hold; each ends where the next of its place begins."""
    places: dict[tuple[str, str, str], list[tuple[D, D]]] = {}
    for country, region, postal, weight, price in rows_of(SHOP):
        places.setdefault((country, region, postal), []).append((D(weight), D(price)))
    rates = []
    for (country, region, postal), steps in places.items():
        own = [] if country == "*" else [country]
        text = place_text(country=own[0] if own else "", region=region, postal=postal) or "*"
        ends = [*(weight for weight, _ in steps[1:]), None]
        for (weight, price), end in zip(steps, ends, strict=True):
            rates.append(
                RateData(
                    price, destination=text, break_basis="weight", break_from=weight, break_to=end,
                    break_inclusive="lower", break_unit="kg",
                )
            )  # fmt: skip
    return CardData(
        carrier_name="Example Parcel", currency="EUR", weight_unit="kg", valid_from=date(2026, 1, 1), rates=rates
    )


def _steps(block: str, service: str) -> list[RateData]:
    rows = rows_of(block)
    starts = ["0", *(row[0] for row in rows)]
    return [
        RateData(
            D(price), service=service, zone=str(zone), break_basis="weight", break_from=D(low), break_to=D(row[0]),
            break_unit="kg",
        )
        for low, row in zip(starts, rows, strict=False) for zone, price in enumerate(row[1:], 1)
    ]  # fmt: skip


def express_card() -> CardData:
    """Documents, parcels, and a price per kg of the whole weight above 30 kg; countries lead to zones."""
    parcels = "Non-documents (and documents from 2.5 KG)"
    rates = _steps(EXPRESS_DOCUMENTS, "Documents up to 2.0 KG") + _steps(EXPRESS_PARCELS, parcels)
    for low, (_, high, *prices) in zip(("30", "70", "300"), rows_of(EXPRESS_PER_KG), strict=True):
        rates += [
            RateData(
                D(price), unit="kg", service=parcels, zone=str(zone), break_basis="weight", break_from=D(low),
                break_to=None if high == "99999" else D(high), break_unit="kg", increment=D(1), rounding="up",
            )
            for zone, price in enumerate(prices, 1)
        ]  # fmt: skip
    heavy: Condition = {"on": "piece_weight", "above": "70", "unit": "kg"}
    long: Condition = {"on": "piece_side", "above": "100", "unit": "cm"}
    surcharges = [
        SurchargeData("Remote area delivery", D("0.55"), "per_unit", "OO", "kg", minimum=D(25), increment=D(1)),
        SurchargeData("Overweight piece", D(110), "per_unit", "YY", "piece", applies="always", conditions=[heavy]),
        SurchargeData("Oversize piece", D(22), "per_unit", "YB", "piece", applies="always", conditions=[long]),
        SurchargeData("Residential address", D(5), code="TK", applies="asked"),
        SurchargeData("Dangerous goods, fully regulated", D(110), code="HE", applies="asked"),
        SurchargeData("Saturday delivery", D(45), code="AA", applies="asked"),
        SurchargeData("Shipment value protection", D("1.2"), "percent", "II", applies_to="goods_value",
                      minimum=D("12.5"), applies="asked"),
    ]  # fmt: skip
    zones = [ZoneData(zone, country=code) for zone, *codes in rows_of(EXPRESS_ZONES) for code in codes]
    return CardData(
        carrier_name="Example Express GmbH", mode="courier", currency="EUR", weight_unit="kg", dimension_unit="cm",
        dimensional_divisor=D(5000), valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31), rates=rates, zones=zones,
        surcharges=surcharges, fuel=[FuelBandData(D("24.75"))],
        rules=[RuleData("next_break", choice="no", words="rounded up to the next weight step")],
    )  # fmt: skip


def ltl_card() -> CardData:
    """Class rates per hundredweight, 68.5 % off, 98 at least, classes rated as 70 and 92.5, fuel by an index."""
    bounds = ("0", "500", "1000", "2000", "5000", "10000", None)
    rates = []
    for _, origin, _, destination, freight_class, minimum, *prices in rows_of(CLASS_RATES):
        for (low, high), price in zip(pairwise(bounds), prices, strict=True):
            rates.append(
                RateData(
                    D(price), unit="cwt", origin=f"US {origin}*", destination=f"US {destination}*",
                    freight_class=freight_class, break_basis="weight", break_from=D(low or 0),
                    break_to=D(high) if high else None, break_inclusive="lower", break_unit="lb", minimum=D(minimum),
                )
            )  # fmt: skip
    rules = [
        RuleData("discount", D("68.5"), words="Discount: 68.5 % off the class rates", source={"value": "1!A8"}),
        RuleData("absolute_minimum_charge", D(98), source={"value": "1!A9"}),
        RuleData("class_map", classes="50-85", rated_as="70"),
        RuleData("class_map", classes="92.5-125", rated_as="92.5"),
        RuleData("class_map", classes="150", rated_as="150"),
        RuleData("deficit_weight", choice="yes"),
        RuleData("fuel_index", index_name="EIA diesel US", lag="from_wednesday"),
    ]
    in_california: Condition = {"on": "place", "values": ["US-CA", "US 900–961"]}
    surcharges = [
        SurchargeData(name, D(value), code=code, applies="asked")
        for code, name, value in (
            ("LGD", "Liftgate delivery", "75"), ("LGP", "Liftgate pickup", "75"), ("RES", "Residential delivery", "98"),
            ("LAD", "Limited access delivery", "85"), ("NFY", "Notification before delivery", "22"),
            ("RWC", "Reweigh and inspection", "28"), ("HAZ", "Hazardous materials", "45"),
        )
    ]  # fmt: skip
    surcharges += [
        SurchargeData("Inside delivery", D("9.5"), "per_unit", "INS", "cwt", minimum=D(72), maximum=D(650),
                      applies="asked"),
        SurchargeData("Detention", D(84), "per_unit", "DET", "hour", increment=D(30), free_units=D(60),
                      applies="asked"),
        SurchargeData("California compliance surcharge", D("8.75"), code="CA1", applies="always",
                      conditions=[in_california]),
    ]  # fmt: skip
    fuel = [
        FuelBandData(
            D(24) + D("0.5") * n, "EIA diesel US", D("3.00") + D("0.05") * n, D("3.05") + D("0.05") * n,
            source={"percent": f"3!C{n + 3}"},
        )
        for n in range(20)
    ]  # fmt: skip
    return CardData(
        carrier_name="Example Freight Lines, Inc.", mode="ltl", currency="USD", weight_unit="lb",
        valid_from=date(2026, 2, 2), valid_to=date(2027, 1, 31), rates=rates, rules=rules, surcharges=surcharges,
        fuel=fuel,
    )  # fmt: skip


GROUPAGE_ZONES = "26-28", "20-25 29-31", "32-38 48-49", "39-47 50-59", "01-19 60-69", "70-99"
GROUPAGE_EXCESS = "7.9", "8.8", "9.7", "10.6", "11.9", "13.4"


def groupage_card() -> CardData:
    """Prices per shipment by weight and postal zone, each further started 100 kg, toll by weight and distance."""
    rows = rows_of(GROUPAGE)
    starts = ["0", *(row[0] for row in rows)]
    rates = [
        RateData(
            D(price), origin="DE 28*", zone=f"Zone {zone}", break_basis="weight", break_from=D(low), break_to=D(row[0]),
            break_unit="kg",
        )
        for low, row in zip(starts, rows, strict=False) for zone, price in enumerate(row[1:], 1)
    ]  # fmt: skip
    rates += [
        RateData(
            D(price), unit="100kg", origin="DE 28*", zone=f"Zone {zone}", break_basis="weight", break_from=D(3000),
            break_unit="kg", increment=D(100), rounding="up", excess_only=True,
        )
        for zone, price in enumerate(GROUPAGE_EXCESS, 1)
    ]  # fmt: skip
    distances = ("0", "100", "200", "300", "400", "500", "600", "800")
    toll = rows_of(TOLL)
    for low, (high, *prices) in zip(["0", *(row[0] for row in toll)], toll, strict=False):
        rates += [
            RateData(
                D(price), charge="Maut", break_basis="weight", break_from=D(low), break_to=D(high), break_unit="kg",
                break2_basis="distance", break2_from=D(near), break2_to=D(far), break2_unit="km",
            )
            for (near, far), price in zip(pairwise(distances), prices, strict=True)
        ]  # fmt: skip
    zones = [
        ZoneData(f"Zone {number}", *part.split("-"), country="DE")
        for number, parts in enumerate(GROUPAGE_ZONES, 1) for part in parts.split()
    ]  # fmt: skip
    surcharges = [
        SurchargeData("Avis telefonisch", D("8.5"), applies="asked"),
        SurchargeData("Hebebühnenfahrzeug", D("12.5"), applies="asked"),
        SurchargeData("Fixtermin bis 12 Uhr", D(29), applies="asked"),
        SurchargeData("Gefahrgutzuschlag (ADR)", D(15), applies="always",
                      conditions=[{"on": "dangerous_goods", "values": ["yes"]}]),
        SurchargeData("Tauschgebühr Europalette", D("3.8"), "per_unit", unit="pallet", applies="asked"),
        SurchargeData("Transportversicherung", D("0.35"), "percent", applies_to="goods_value", minimum=D("4.5"),
                      applies="asked"),
        SurchargeData("Zweite Zustellung", D(50), "percent", applies_to="freight", minimum=D(25), applies="asked"),
        SurchargeData("Maut", D(0), "table", meaning="toll", applies="always", sequence=550),
    ]  # fmt: skip
    fuel = [FuelBandData(D(n), "Diesel", D("1.20") + D("0.05") * n, D("1.25") + D("0.05") * n) for n in range(9)]
    rules = [
        RuleData("weight_equivalent", D(200), "m3"),
        RuleData("weight_equivalent", D(1250), "ldm"),
        RuleData("weight_equivalent", D(500), "pallet", choice="not_stackable"),
        RuleData("on_request", words="Inselzustellungen auf Anfrage.", destination="DE 26474, 26548, 26757"),
        RuleData("fuel_index", index_name="Diesel", lag="previous_month"),
    ]
    return CardData(
        carrier_name="Beispiel Spedition GmbH & Co. KG", mode="ltl", service="Stückgut", currency="EUR",
        weight_unit="kg", valid_from=date(2026, 4, 1), rates=rates, zones=zones, surcharges=surcharges, fuel=fuel,
        rules=rules,
    )  # fmt: skip


def fractional_card() -> CardData:
    """Steps up to 100 kg and a price per kg above; ad valorem, GRIS and toll by region; ICMS within the price."""
    steps = ("0", "10", "20", "30", "50", "70", "100")
    rates, zones = [], []
    for zone, first, last, *figures in rows_of(FRACTIONAL):
        prices, (excess, ad_valorem, gris, gris_minimum, toll, _days) = figures[:6], figures[6:]
        zones.append(ZoneData(zone, first, last, "BR"))
        rates += [
            RateData(
                D(price), origin="São Paulo (SP)", zone=zone, break_basis="weight", break_from=D(low),
                break_to=D(high), break_unit="kg",
            )
            for (low, high), price in zip(pairwise(steps), prices, strict=True)
        ]  # fmt: skip
        rates += [
            RateData(D(excess), unit="kg", origin="São Paulo (SP)", zone=zone, break_basis="weight",
                     break_from=D(100), break_unit="kg", excess_only=True),
            RateData(D(ad_valorem), unit="percent", applies_to="goods_value", charge="Frete valor", zone=zone),
            RateData(D(gris), unit="percent", applies_to="goods_value", charge="GRIS", zone=zone,
                     minimum=D(gris_minimum)),
            RateData(D(toll), unit="100kg", charge="Pedágio", zone=zone, increment=D(100), rounding="up"),
        ]  # fmt: skip
    surcharges = [
        SurchargeData("Frete valor", D(0), "table", applies="always"),
        SurchargeData("GRIS", D(0), "table", applies="always"),
        SurchargeData("Pedágio", D(0), "table", applies="always"),
        SurchargeData("Taxa de despacho", D("4.5"), "per_unit", unit="bill", applies="always"),
        SurchargeData("TDE", D(20), "percent", applies_to="freight", minimum=D(80), applies="asked"),
        SurchargeData("Reentrega", D(50), "percent", applies_to="freight", applies="asked"),
        SurchargeData("Agendamento", D(35), "per_unit", unit="bill", applies="asked"),
    ]
    rules = [RuleData("weight_equivalent", D(300), "m3"), RuleData("tax_inside", D(12), name="ICMS")]
    return CardData(
        carrier_name="Transportadora Exemplo Ltda", mode="ltl", currency="BRL", weight_unit="kg",
        valid_from=date(2026, 3, 1), valid_to=date(2027, 2, 28), rates=rates, zones=zones, surcharges=surcharges,
        rules=rules,
    )  # fmt: skip
