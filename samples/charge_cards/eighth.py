"""Made-up cards of many kinds, drawn after the rules of the seventh set."""

from __future__ import annotations

from samples.charge_cards.records import ChargeCard
from samples.charge_cards.shipments import lane, ports, to


def _named(name: str) -> dict[str, object]:
    return {"destination": {"country": "IN", "name": name}}


CARDS = (
    ChargeCard(
        "courier-uk-surcharge-table",
        {
            "Prices": """
Lapwing Couriers Example Ltd
Customer price list, effective 1 June 2026 to 31 May 2027, GBP excluding VAT
Service|Up to 2 kg|Up to 10 kg|Up to 20 kg|Per kg over 20 kg
Two Day|4.95|6.4|8.75|0.38
Next Day|6.2|8.1|10.95|0.49
Next Day by 12:00|9.8|12.3|16.4|0.62""",
            "Surcharges": """
Surcharge|Amount|Per
Fuel|9.25%|of the service price
Eco contribution|0.35|consignment
Saturday delivery|7.5|consignment""",
        },
        rates=12,
        asks=("figure_not_understood",),
        quotes=(
            # next day, 8 kg 8.10; 9.25 % = 0.75 (0.74925)
            (to("GB", "LS1 4AP", "8", service="Next Day"), "2026-07-06", "8.85", ()),
            # two day, 26 kg: 8.75 + 6 × 0.38 = 11.03; 1.02 (1.020275)
            (to("GB", "LS1 4AP", "26", service="Two Day"), "2026-07-06", "12.05", ()),
            # by 12:00, 1 kg 9.80; 0.91 (0.9065); Saturday 7.50
            (to("GB", "LS1 4AP", "1", service="Next Day by 12:00", accessorials=frozenset({"Saturday delivery"})),
             "2026-07-06", "18.21", ()),
        ),
    ),
    ChargeCard(
        "stueckgut-maut-eigenes-blatt",
        {
            "Frachttarif": """
Rhönblick Spedition Beispiel GmbH
Frachttarif 2026/27, gültig ab 01.07.2026 bis 30.06.2027
alle Angaben in EUR netto je Sendung
Gewicht in kg bis|Zone 1|Zone 2|Zone 3
50|'27,80|'32,40|'39,90
100|'35,60|'42,30|'53,10
250|'54,20|'66,80|'86,50
500|'81,90|'103,70|'137,40
'1.000|'128,60|'166,90|'224,80""",
            "Zoneneinteilung": """
Zone|Postleitzahlen
1|36, 97, 98
2|34-35, 60-65, 95-96
3|01-09, 10-19, 20-29""",
            "Maut": """
Mautgebühren in EUR je Sendung
Gewicht bis kg|Zone 1|Zone 2|Zone 3
100|1.1|1.9|3.2
500|2.4|4.6|7.8
1000|4.1|7.9|13.5""",
            "Nebenkosten": """
Nebenkosten
Leistung|Preis|Einheit
Dieselzuschlag|'7,5 %|auf die Fracht
Avisierung|'5,90|je Sendung
Hebebühne|'16,50|je Sendung""",
        },
        rates=15, charge_rows=9,
        quotes=(
            # PLZ 60 zone 2, 180 kg 66.80; toll 4.60; diesel 5.01
            (lane("DE", "36037", "60311", "180"), "2026-09-07", "76.41", ()),
            # PLZ 97 zone 1, 50 kg 27.80; 1.10; 2.09 (2.085); lift 16.50
            (lane("DE", "36037", "97070", "50", accessorials=frozenset({"Hebebühne"})), "2026-09-07", "47.49", ()),
            # PLZ 04 zone 3, 900 kg 224.80; 13.50; 16.86
            (lane("DE", "36037", "04109", "900"), "2026-09-07", "255.16", ()),
        ),
    ),
    ChargeCard(
        "courier-slabs-in",
        {"Rates": """
Kingfisher Air Courier Example Pvt Ltd
Domestic courier rates (INR) valid from 01/04/2026 to 31/03/2027
Destination|First 500 g|Addl. 500 g|ODA per kg
Metro|42|38|12
Rest of state|36|30|10
Rest of India|58|52|15
North East|85|78|22
Fuel surcharge 25% on freight
Docket charges: Rs 50 per docket"""},
        rates=8, charge_rows=4, fuel=1,
        quotes=(
            # zone Metro, 1.2 kg → 42 + 2 × 38 = 118; 29.50; 50
            (to("IN", "", "1.2", **_named("Metro")), "2026-05-04", "197.50", ()),
            # zone North East, 0.3 kg: 85; 21.25; 50
            (to("IN", "", "0.3", **_named("North East")), "2026-05-04", "156.25", ()),
            # zone Rest of India, 2 kg: 58 + 3 × 52 = 214; 53.50; 50; ODA 30
            (to("IN", "", "2", **_named("Rest of India"), accessorials=frozenset({"ODA"})), "2026-05-04", "347.50", ()),
        ),
    ),
    ChargeCard(
        "kilometer-nl-vrachtwagen",
        {"": """
Veldleeuwerik Transport Voorbeeld B.V.
Tarieven directe ritten, geldig vanaf 01-05-2026 tot en met 30-04-2027
Bedragen in EUR excl. btw
Voertuig|Starttarief|Tarief per km|Minimum per rit
Bestelbus|25,00|0,78|65,00
Bakwagen 12 t|45,00|1,15|140,00
Trekker-oplegger|60,00|1,42|220,00
Dieseltoeslag 10,5% over de vracht
Wachttijd: EUR 55,00 per uur"""},
        separator=";", rates=3, fuel=1,
        quotes=(
            # 120 km van: 25 + 93.60 = 118.60; 12.45 (12.453)
            (to("NL", "5611", "400", distance="120", equipment="Bestelbus"), "2026-06-01", "131.05", ()),
            # 60 km truck: 45 + 69 = 114 → 140; 14.70
            (to("NL", "3511", "3000", distance="60", equipment="Bakwagen 12 t"), "2026-06-01", "154.70", ()),
            # 310 km: 60 + 440.20 = 500.20; 52.52 (52.521)
            (to("DE", "50667", "20000", distance="310", equipment="Trekker-oplegger"), "2026-06-01", "552.72", ()),
        ),
    ),
    ChargeCard(
        "lcl-pt-exportacao",
        {"Tarifas": """
Navegantes do Sado Exemplo, Lda.
Tarifas LCL exportação ex Leixões (PTLEI), validade 01/07/2026 a 31/12/2026
Porto de destino|Código|Frete USD por W/M|Mínimo USD|Trânsito dias
Luanda|AOLAD|95|190|18
Maputo|MZMPM|110|220|32
Santos|BRSSZ|72|144|16
BAF incluído
Taxa de documentação: USD 50 por B/L
ISPS: USD 5 por W/M
Taxa de cais: USD 9 por W/M, mínimo USD 18 (sempre)"""},
        rates=3,
        quotes=(
            # 3.5 m³: 332.50; 50; 17.50; 31.50
            (ports("PTLEI", "AOLAD", "2000", volume_m3="3.5"), "2026-08-03", "431.50", ()),
            # 1 t: 72 → 144; 50; 5; 9 → 18
            (ports("PTLEI", "BRSSZ", "1000", volume_m3="0.8"), "2026-08-03", "217.00", ()),
            # 4 t: 440; 50; 20; 36
            (ports("PTLEI", "MZMPM", "4000", volume_m3="2"), "2026-08-03", "546.00", ()),
        ),
    ),
    ChargeCard(
        "ltl-per-lane-min-fak",
        {"Rates": """
Chaparral Motor Freight Example Inc
SCAC: CHPX - Pricing agreement 5521 - Effective 05/01/2026 - Expires 04/30/2027
All shipments rated as class 70 (FAK all classes)
Origin ZIP|Dest ZIP|Min charge|0-499 lbs|500-999 lbs|1,000-1,999 lbs|2,000-4,999 lbs
85001|90001|118|41.2|33.6|27.5|22.9
85001|87101|109|36.8|30.1|24.7|20.4
85001|80201|131|49.7|40.5|33.2|27.7
Rates are net, in USD per 100 lbs
Fuel surcharge 26%
Limited access delivery $85.00 per shipment"""},
        rates=12, fuel=1,
        quotes=(
            # 850 lb to LA: 8.5 × 33.60 = 285.60; as 1,000 lb 275.00; 26 % = 71.50
            (lane("US", "85001", "90001", "850", weight_unit="lb", freight_class="92.5"), "2026-06-01", "346.50", ()),
            # 200 lb: 73.60 → 109; 28.34
            (lane("US", "85001", "87101", "200", weight_unit="lb", freight_class="70"), "2026-06-01", "137.34", ()),
            # 2,400 lb: 24 × 27.70 = 664.80; 172.85 (172.848)
            (lane("US", "85001", "80201", "2400", weight_unit="lb", freight_class="55"), "2026-06-01", "837.65", ()),
        ),
    ),
)  # fmt: skip
