"""Made-up cards by pallets, loading metres, vehicles and distances, drawn after the rules of the sets before."""

from __future__ import annotations

from samples.charge_cards.records import ChargeCard
from samples.charge_cards.shipments import to

CARDS = (
    ChargeCard(
        "pallet-uk-services",
        {
            "Zones": """
Zone|Postcode areas
1|BD, HX, HD, LS, WF
2|M, OL, S, SK, YO
3|B, CV, NG, LE, TS
4|E, N, SE, SW, W, KT""",
            "Rates": """
Ribble & Wharfe Pallets Ltd
Rates from 1 April 2026 to 31 March 2027, GBP per consignment, excluding VAT
|Economy|||Next Day||
Zone|Quarter|Half|Full|Quarter|Half|Full
1|27.5|31|37|31.5|36|43.5
2|30|34.5|41.5|35|40|48.5
3|33.5|38.5|47|39|45.5|55
4|38|44|54.5|44.5|52|64
Fuel surcharge: 11% of the rate
AM delivery: £15.00 per consignment
Booking in: £3.50 per consignment""",
        },
        rates=24, fuel=1, zones=21,
        quotes=(
            # zone 2, next day, half 40.00; 4.40
            (to("GB", "S1 2AB", "350", pallets=1, equipment="Half", service="Next Day"), "2026-05-04", "44.40", ()),
            # zone 4, economy, full 54.50; 6.00 (5.995); AM 15
            (to("GB", "SW1A 1AA", "700", pallets=1, equipment="Full", service="Economy",
                accessorials=frozenset({"AM delivery"})), "2026-05-04", "75.50", ()),
            # zone 3, economy, quarter 33.50; 3.69 (3.685)
            (to("GB", "B2 4QA", "100", pallets=1, equipment="Quarter", service="Economy"), "2026-05-04", "37.19", ()),
            (to("GB", "EH1 1AA", "100", pallets=1, equipment="Quarter", service="Economy"), "2026-05-04", "", ()),
        ),
    ),
    ChargeCard(
        "tratte-per-vettore",
        {"Tratte": """
Gara trasporti 2026: tariffe a viaggio completo in EUR, valide dal 01/03/2026 al 31/12/2026
Vettore: Autotrasporti Campione S.r.l.
Partenza|Arrivo|Mezzo|Tariffa
IT 20121|DE 80331|Bilico telonato|1180
IT 20121|FR 69001|Bilico telonato|1040
IT 37121|DE 80331|Bilico telonato|890
Vettore: Logistica Modello S.p.A.
Partenza|Arrivo|Mezzo|Tariffa
IT 20121|DE 80331|Bilico telonato|1150
IT 20121|FR 69001|Bilico telonato|1095"""},
        rates=5, carriers=2,
        quotes=(
            ({"origin": {"country": "IT", "postal": "20121"}, **to("DE", "80331", "18000")}, "2026-04-06", "1150.00",
             ()),
            ({"origin": {"country": "IT", "postal": "20121"}, **to("FR", "69001", "18000")}, "2026-04-06", "1040.00",
             ()),
            ({"origin": {"country": "IT", "postal": "37121"}, **to("DE", "80331", "18000")}, "2026-04-06", "890.00",
             ()),
        ),
    ),
    ChargeCard(
        "mileage-doe-table",
        {
            "Linehaul": """
Tamarack Truckload Example LLC
Contract TT-4410, effective 03/01/2026 – 02/28/2027
Rate per mile in USD
Miles|Van|Flatbed|Reefer|Minimum
1-100|3.85|4.2|4.45|425
101-250|3.05|3.4|3.55|475
251-500|2.55|2.85|2.98|800
501-1000|2.2|2.48|2.6|1300
Stop off: $75.00 per stop
Detention: $70.00 per hour after 2 hours free""",
            "Fuel": """
Fuel surcharge per mile, DOE U.S. average diesel of the previous Monday
DOE price from|DOE price to|Cents per mile
3.400|3.499|44
3.500|3.599|46
3.600|3.699|48""",
        },
        rates=12, fuel=3,
        quotes=(
            # 320 miles van: 320 × 2.55 = 816; fuel 320 × 0.46 = 147.20
            (to("US", "", "20000", distance="320", distance_unit="mile", equipment="Van", fuel_index="3.55"),
             "2026-04-06", "963.20", ()),
            # 80 miles reefer: 356 → 425; 80 × 0.44 = 35.20
            (to("US", "", "20000", distance="80", distance_unit="mile", equipment="Reefer", fuel_index="3.42"),
             "2026-04-06", "460.20", ()),
            # 600 miles flatbed: 1,488; 600 × 0.48 = 288; one stop 75
            (to("US", "", "20000", distance="600", distance_unit="mile", equipment="Flatbed", fuel_index="3.61",
                counts=(("stop", 1),), accessorials=frozenset({"Stop off"})), "2026-04-06", "1851.00", ()),
        ),
    ),
    ChargeCard(
        "lademeter-relationen",
        {"Preise": """
Weserland Logistik Muster GmbH & Co. KG
Teilladungen Deutschland – Frankreich, gültig 01.04.2026 bis 31.03.2027, EUR je Sendung inkl. Maut
Von PLZ|Nach Dept.|1 LDM|2 LDM|3 LDM|5 LDM|8 LDM|13,6 LDM
DE 28|FR 69|245|415|565|820|1140|1490
DE 28|FR 75|225|385|525|760|1050|1380
DE 49|FR 69|235|400|540|790|1100|1430
Zwischenwerte werden nach der nächsthöheren Spalte abgerechnet.
Dieselfloater: 4,5 % der Fracht
Avis: 12,00 EUR je Sendung"""},
        rates=18, fuel=1,
        quotes=(
            # 2.4 ldm → 3: 565 + 25.43 (25.425)
            ({"origin": {"country": "DE", "postal": "28195"}, **to("FR", "69001", "3000", loading_metres="2.4")},
             "2026-05-04", "590.43", ()),
            # 13.6 ldm: 1,430 + 64.35
            ({"origin": {"country": "DE", "postal": "49074"}, **to("FR", "69001", "20000", loading_metres="13.6")},
             "2026-05-04", "1494.35", ()),
            # 1 ldm: 225 + 10.13 (10.125) + 12
            ({"origin": {"country": "DE", "postal": "28195"},
              **to("FR", "75011", "500", loading_metres="1", accessorials=frozenset({"Avis"}))}, "2026-05-04",
             "247.13", ()),
        ),
    ),
    ChargeCard(
        "pallets-nl-postcodes",
        {"": """
Voorbeeld Distributie B.V.
Pallettarieven Nederland, geldig van 01-01-2026 t/m 31-12-2026, EUR excl. btw
Postcode van|Postcode t/m|1 pallet|2 pallets|3 pallets|4 pallets|Elke volgende pallet
1000|1999|42,50|68,00|89,50|108,00|19,50
2000|3999|39,00|62,50|82,00|99,00|18,00
9000|9999|58,00|94,00|126,00|154,00|28,50
Dieseltoeslag: 8,4% over de vracht
Laadklep: EUR 15,00 per zending"""},
        separator=";", rates=15, fuel=1,
        quotes=(
            # 2 pallets to 1011: 68.00 + 5.71 (5.712)
            (to("NL", "1011", "700", pallets=2), "2026-03-02", "73.71", ()),
            # 6 pallets to 9711: 154 + 2 × 28.50 = 211; 17.72 (17.724)
            (to("NL", "9711", "2000", pallets=6), "2026-03-02", "228.72", ()),
            # 1 pallet to 3011: 39.00 + 3.28 (3.276) + 15
            (to("NL", "3011", "300", pallets=1, accessorials=frozenset({"Laadklep"})), "2026-03-02", "57.28", ()),
        ),
    ),
    ChargeCard(
        "docket-zones-in",
        {
            "Zone map": """
Zone|States
N1|Delhi, Haryana, Punjab
W1|Maharashtra, Gujarat
S1|Karnataka, Tamil Nadu, Telangana
E1|West Bengal, Odisha""",
            "Rates": """
Banyan Surface Express Pvt Ltd
Commercial offer BSX/2026/77, valid 01-04-2026 to 31-03-2027
Rates in INR per kg
From / To|N1|W1|S1|E1
N1|7.5|9.8|12.6|11.9
W1|9.8|7.2|9.4|12.8
S1|12.6|9.4|7|11.5
Minimum chargeable weight: 20 kg per docket
Docket charge: INR 100 per docket
Fuel surcharge: 18% on basic freight
FOV: 0.2% of invoice value, minimum INR 75
ODA: INR 4 per kg, minimum INR 600
GST 18% extra""",
        },
        rates=12, fuel=1,
        quotes=(
            # zones named: W1 → S1, 150 kg × 9.40 = 1,410; fuel 253.80; docket 100; FOV 0.2 % of 80,000 = 160
            ({"origin": {"country": "IN", "region": "Maharashtra"}, "destination": {"country": "IN",
              "region": "Karnataka"}, "pieces": [{"weight": "150"}], "declared_value": "80000"}, "2026-05-04",
             "1923.80", ()),
            # 12 kg as 20: N1 → N1 150; 27; 100; FOV 10 → 75
            ({"origin": {"country": "IN", "region": "Delhi"}, "destination": {"country": "IN", "region": "Punjab"},
              "pieces": [{"weight": "12"}], "declared_value": "5000"}, "2026-05-04", "352.00", ()),
            # 90 kg S1 → E1 × 11.50 = 1,035; 186.30; 100; FOV 75; ODA 360 → 600
            ({"origin": {"country": "IN", "region": "Tamil Nadu"}, "destination": {"country": "IN",
              "region": "Odisha"}, "pieces": [{"weight": "90"}], "declared_value": "20000",
              "accessorials": frozenset({"ODA"})}, "2026-05-04", "1996.30", ()),
        ),
    ),
    ChargeCard(
        "basic-and-kilo-au",
        {"Rates": """
Wattle Range Freight Example Pty Ltd
General freight schedule, effective 1 July 2026, AUD excluding GST
Cubic conversion: 250 kg per m3
Origin|Destination|Basic charge|Rate per kg|Minimum charge|Transit days
Melbourne|Sydney|9.5|0.31|18|1
Melbourne|Brisbane|11|0.44|22|2
Melbourne|Perth|14|0.78|32|5
Fuel levy 16.2% on freight
Tailgate: $55.00 per consignment"""},
        rates=3, fuel=1,
        quotes=(
            # 120 kg: 9.50 + 37.20 = 46.70; 7.57 (7.5654)
            ({"origin": {"country": "AU", "name": "Melbourne"}, "destination": {"country": "AU", "name": "Sydney"},
              "pieces": [{"weight": "120"}]}, "2026-08-03", "54.27", ()),
            # 10 kg Perth: 14 + 7.80 = 21.80 → 32; 5.18 (5.184)
            ({"origin": {"country": "AU", "name": "Melbourne"}, "destination": {"country": "AU", "name": "Perth"},
              "pieces": [{"weight": "10"}]}, "2026-08-03", "37.18", ()),
            # 0.6 m³ = 150 kg Brisbane: 11 + 66 = 77; 12.47 (12.474); tailgate 55
            ({"origin": {"country": "AU", "name": "Melbourne"}, "destination": {"country": "AU", "name": "Brisbane"},
              "pieces": [{"weight": "40"}], "volume_m3": "0.6", "accessorials": frozenset({"Tailgate"})},
             "2026-08-03", "144.47", ()),
        ),
    ),
    ChargeCard(
        "kilometrova-sazba-cs",
        {"": """
Vzorová doprava s.r.o.
Ceník přepravy platný od 1.3.2026, ceny v Kč bez DPH
Typ vozidla|Nosnost kg|Sazba za km|Minimální cena
Dodávka|1200|14,50|850
Solo 12t|6000|24,00|1900
Návěs|24000|32,50|3200
Čekání: 450 Kč za hodinu"""},
        separator=";", rates=3,
        quotes=(
            (to("CZ", "60200", "800", distance="206", equipment="Dodávka"), "2026-04-06", "2987.00", ()),
            (to("CZ", "60200", "5000", distance="60", equipment="Solo 12t"), "2026-04-06", "1900.00", ()),
            (to("CZ", "60200", "20000", distance="310", equipment="Návěs"), "2026-04-06", "10075.00", ()),
        ),
    ),
)  # fmt: skip
