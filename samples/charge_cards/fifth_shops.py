"""Made-up cards of shops, posts, express, ocean and air carriers, drawn after the rules of the fourth set."""

from __future__ import annotations

from samples.charge_cards.records import ChargeCard
from samples.charge_cards.shipments import lane, ports, to


def _area(country: str, name: str, weight: str) -> dict[str, object]:
    return {"destination": {"country": country, "name": name}, "pieces": [{"weight": weight}]}


CARDS = (
    ChargeCard(
        "matrix-rates-zip-ranges",
        {"": """
Country,Region/State,City,Zip/Postal Code From,Zip/Postal Code To,Weight From,Weight To,Shipping Price,Delivery Type
US,*,*,10000,14999,0,5,7.95,Standard
US,*,*,10000,14999,5,25,12.95,Standard
US,*,*,90000,96199,0,5,10.95,Standard
US,*,*,90000,96199,5,25,18.95,Standard
US,*,*,10000,14999,0,5,19.95,Express
CA,*,*,*,*,0,25,29.95,Standard""".replace(",", "|")},
        separator=",", rates=6, answers={"carrier_name": "Example Shop", "currency": "USD", "weight_unit": "lb"},
        quotes=(
            (to("US", "10001", "4", weight_unit="lb", service="Standard"), "2026-05-04", "7.95", ()),
            (to("US", "90012", "12", weight_unit="lb", service="Standard"), "2026-05-04", "18.95", ()),
            (to("US", "10001", "2", weight_unit="lb", service="Express"), "2026-05-04", "19.95", ()),
            (to("CA", "M5V 2T6", "9", weight_unit="lb", service="Standard"), "2026-05-04", "29.95", ()),
        ),
    ),
    ChargeCard(
        "express-ie-one-sheet",
        {"Rates 2026": """
Curlew Express Example DAC
International export rates from Ireland, effective 1 February 2026, EUR excl. VAT
Volumetric weight: L x W x H in cm divided by 5000
Documents (up to 2 kg)
Weight|Zone 1|Zone 2|Zone 3
0.5 kg|15.2|19.9|27.4
1 kg|16.4|21.8|30.2
2 kg|18.9|25.1|35.8
Parcels
Weight|Zone 1|Zone 2|Zone 3
1 kg|18.4|24|33.1
5 kg|25.7|36.2|52.9
10 kg|34.9|51.8|78.4
20 kg|52.3|80.6|126.5
Rate per kg for parcels over 20 kg, applied to the total weight
20.1-50 kg|2.7|4.1|6.4
50.1-100 kg|2.5|3.8|6

Zone 1|Great Britain, Netherlands, Belgium
Zone 2|Germany, France, Spain, Italy
Zone 3|United States, Canada
Fuel surcharge 21% on all services
Saturday delivery: EUR 12.50 per shipment"""},
        rates=27, fuel=1,
        quotes=(
            # parcels, zone 2, up to 5 kg 36.20; 21 % = 7.60 (7.602)
            (to("DE", "10115", "3.3", service="Parcels", origin={"country": "IE"}), "2026-03-02", "43.80", ()),
            # documents, zone 1, 0.4 kg 15.20; 3.19 (3.192)
            (to("NL", "1011", "0.4", service="Documents", origin={"country": "IE"}), "2026-03-02", "18.39", ()),
            # 24 kg × 6.40 = 153.60; 32.26 (32.256)
            (to("US", "10001", "24", service="Parcels", origin={"country": "IE"}), "2026-03-02", "185.86", ()),
            (to("JP", "", "1", service="Parcels", origin={"country": "IE"}), "2026-03-02", "", ()),
        ),
    ),
    ChargeCard(
        "ocean-size-rows",
        {"FCL": """
Albatros Navegación Ejemplo, S.A.
Cotización FCL nº AN-2026-88, válida del 01/07/2026 al 30/09/2026. Importes en USD
Puerto origen|Puerto destino|Tipo de contenedor|Flete|Tránsito
Valencia (ESVLC)|Veracruz (MXVER)|20' DV|1.250,00|21
Valencia (ESVLC)|Veracruz (MXVER)|40' HC|1.980,00|21
Barcelona (ESBCN)|Altamira (MXATM)|40' HC|2.050,00|23
BAF: USD 210 por contenedor
THC origen: USD 195 por contenedor
Documentación B/L: USD 55 por B/L
Precinto: USD 12 por contenedor (siempre)"""},
        separator=";", rates=3, fuel=0,
        quotes=(
            (ports("ESVLC", "MXVER", "9000", equipment="20' DV"), "2026-08-03", "1722.00", ()),  # 1,250+210+195+55+12
            # two: 2 × (1,980 + 210 + 195 + 12) + 55
            (ports("ESVLC", "MXVER", "30000", equipment="40' HC", containers=2), "2026-08-03", "4849.00", ()),
            (ports("ESBCN", "MXVER", "9000", equipment="40' HC"), "2026-08-03", "", ()),
        ),
    ),
    ChargeCard(
        "air-breaks-down",
        {"Luftfracht": """
Wolkenfracht Muster GmbH
Luftfracht-Exportraten ab FRA, gültig 01.04.2026 – 30.09.2026, EUR/kg
Volumengewicht 1:6
Gewichtsstufe|NRT|PVG|ORD
Minimum|85|70|75
-45 kg|5.2|4.1|4.4
+45 kg|4.3|3.2|3.5
+100 kg|3.6|2.6|2.8
+300 kg|3.3|2.3|2.5
Treibstoffzuschlag (FSC): 0,90 EUR/kg
Sicherheitsgebühr (SSC): 0,16 EUR/kg, min. 15,00 EUR
AWB-Gebühr: 25,00 EUR je AWB"""},
        rates=12,
        quotes=(
            # 150 × 2.60 = 390; 135; 24; 25
            (ports("FRA", "PVG", "150"), "2026-05-04", "574.00", ()),
            # 10 × 5.20 = 52 → 85; 9; 15 (1.60); 25
            (ports("FRA", "NRT", "10"), "2026-05-04", "134.00", ()),
            # 90 × 3.50 = 315; as 100 × 2.80 = 280; 81; 15 (14.40); 25
            (ports("FRA", "ORD", "90"), "2026-05-04", "401.00", ()),
        ),
    ),
    ChargeCard(
        "post-grams-no-header",
        {"": """
DE|100|3.90
DE|500|6.50
DE|1000|8.20
DE|2000|11.90
AT|100|4.40
AT|500|7.10
AT|1000|9.30
AT|2000|13.80"""},
        separator=";", rates=8,
        answers={"carrier_name": "Musterpost", "currency": "EUR", "weight_unit": "g"},
        asks=("card_field_missing",),
        quotes=(
            (to("DE", "", "0.4"), "2026-05-04", "6.50", ()),
            (to("AT", "", "2"), "2026-05-04", "13.80", ()),
            (to("FR", "", "1"), "2026-05-04", "", ()),
        ),
    ),
    ChargeCard(
        "lanes-carriers-fuel-column",
        {"Offers": """
Road tender 2026-II – offers received, EUR per full truck, valid 2026-04-01 to 2026-09-30
Carrier|Loading country|Loading ZIP|Unloading country|Unloading ZIP|Trailer|Linehaul|Fuel %|Transit days
Nordlys Transport A/S|DK|8000|DE|20095|Curtain|720|6%|1
Muster Spedition GmbH|DK|8000|DE|20095|Curtain|695|11%|1
Muster Spedition GmbH|DE|20095|FR|69001|Curtain|1310|11%|2
Nordlys Transport A/S|DE|20095|IT|20121|Curtain|1420|6%|3"""},
        rates=4, charge_rows=4, carriers=2,
        quotes=(
            # 720 + 43.20 = 763.20 against 695 + 76.45 = 771.45
            ({"origin": {"country": "DK", "postal": "8000"}, **to("DE", "20095", "18000")}, "2026-05-04", "763.20", ()),
            ({"origin": {"country": "DE", "postal": "20095"}, **to("FR", "69001", "18000")}, "2026-05-04", "1454.10",
             ()),  # 1,310 + 144.10
            ({"origin": {"country": "DE", "postal": "20095"}, **to("IT", "20121", "18000")}, "2026-05-04", "1505.20",
             ()),  # 1,420 + 85.20
        ),
    ),
    ChargeCard(
        "parcel-hu",
        {"": """
Minta Futár Kft.
Belföldi csomagdíjak, érvényes 2026.02.01-től 2026.12.31-ig, HUF, ÁFA nélkül
Súly|Budapest|Vidék
2 kg-ig|1490|1790
5 kg-ig|1890|2290
10 kg-ig|2490|2990
20 kg-ig|3290|3990
Üzemanyag pótdíj: 12%"""},
        separator=";", rates=8, fuel=1,
        asks=("figure_not_understood",),  # areas or services?
        quotes=(
            (_area("HU", "Budapest", "4"), "2026-03-02", "2116.80", ()),  # 1,890 + 226.80
            (_area("HU", "Vidék", "10"), "2026-03-02", "3348.80", ()),  # 2,990 + 358.80
            (_area("HU", "Vidék", "1"), "2026-03-02", "2004.80", ()),  # 1,790 + 214.80
            (lane("HU", "1011", "4024", "1"), "2026-03-02", "", ()),
        ),
    ),
)  # fmt: skip
