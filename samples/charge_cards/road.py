"""Made-up cards of road carriers: groupage, class tariffs, regions, pallets, lanes, distances."""

from __future__ import annotations

from samples.charge_cards.records import ChargeCard


def _lane(origin: str, destination: str, weight: str, country: str = "DE", **more: object) -> dict[str, object]:
    return {
        "origin": {"country": country, "postal": origin}, "destination": {"country": country, "postal": destination},
        "pieces": [{"weight": weight}], **more,
    }  # fmt: skip


CARDS = (
    ChargeCard(
        "ltl-class-tariff-a",
        {
            "Terms": """
PRAIRIE STATE MOTOR FREIGHT LLC
SCAC: PSMF
Pricing program 7731-B
Shipper: Example Valves Inc, Omaha NE
Effective 03/01/2026 through 02/28/2027
All rates in US dollars per 100 lb
Discount of 72% from the class rates, prepaid and collect.
Minimum charge after discount: $112.50
FAK: classes 50 through 70 are rated as class 60; classes 77.5 through 100 are rated as class 85
If the charge at the next higher weight break is lower, that lower charge applies.
Fuel surcharge per the table on sheet Fuel, as a percentage of the net freight charge.""",
            "Rates": """
Base rates per CWT
Orig State|Orig ZIP3|Dest State|Dest ZIP3|Class|Min Charge|L5C|M5C|M1M|M2M
NE|681|IL|606|60|130|52.1|41.7|33.9|28.8
NE|681|IL|606|85|130|66.3|53.1|43.2|36.7
NE|681|CO|802|60|118|47.4|38|30.8|26.2
NE|681|CO|802|85|118|60.4|48.3|39.2|33.4""",
            "Fuel": """
DOE diesel average, fuel surcharge table
At least|But less than|Percent
3.20|3.30|21.00%
3.30|3.40|21.50%
3.40|3.50|22.00%""",
            "Accessorials": """
Accessorial charges
Code|Service|Charge|Unit|Limits
LG|Liftgate delivery|$68.00|per shipment|
RD|Residential delivery|$85.00|per shipment|
IN|Inside delivery|$8.00|per cwt|min 60.00, max 500.00""",
        },
        rates=16, fuel=3,
        header={"carrier_code": "PSMF", "currency": "USD", "weight_unit": "lb", "valid_from": "2026-03-01",
                "valid_to": "2027-02-28"},
        checks=(
            {"origin": "US 681*", "destination": "US 606*", "freight_class": "60", "break_from": "500",
             "break_to": "1000", "value": "41.7", "unit": "cwt", "minimum": "130"},
            {"origin": "US 681*", "destination": "US 802*", "freight_class": "85", "break_from": "2000",
             "break_to": "None", "value": "33.4"},
        ),
        surcharges=("Liftgate delivery", "Residential delivery", "Inside delivery"),
        rules=(("discount", "72"), ("absolute_minimum_charge", "112.50"), ("class_map", "60"), ("class_map", "85"),
               ("deficit_weight", "yes")),
        quotes=(
            # Class 70 is 60; 700 lb × 41.70 = 291.90; × 0.28 = 81.73 < 112.50; fuel 21.5 % of 112.50 = 24.19
            ({**_lane("68102", "60601", "700", "US"), "weight_unit": "lb", "freight_class": "70", "fuel_index": "3.34"},
             "2026-04-06", "136.69", ()),
            # Class 85: 1,500 lb × 39.20 = 588.00; as 2,000 lb × 33.40 = 668.00; × 0.28 = 164.64; 22 % = 36.22
            ({**_lane("68102", "80202", "1500", "US"), "weight_unit": "lb", "freight_class": "92.5",
              "fuel_index": "3.40"}, "2026-04-06", "200.86", ()),
        ),
    ),
    ChargeCard(
        "groupage-fr",
        {
            "Tarif": """
Transports Exemple SARL
Tarif messagerie au départ de Lyon (69), valable du 01/01/2026 au 31/12/2026
Prix en EUR par expédition, hors taxes et hors péage
1 m³ = 250 kg, 1 mètre linéaire = 1 650 kg

Jusqu'à kg|Zone 1¶Dépts 01, 38, 42, 69|Zone 2¶Dépts 03, 07, 26, 43, 63|Zone 3¶Dépts 75 - 78, 91 - 95
50|'31,20|'36,80|'44,10
100|'39,90|'46,50|'55,70
300|66.4|78.2|94.6
500|92.1|108.7|131.9
1000|148.6|175.2|213.4
par 100 kg supplémentaires entamés|11.2|13.1|16""",
            "Péage": """
Péage (EUR par expédition), en sus du transport
Poids jusqu'à kg|Distance jusqu'à km|||
|100|300|600
100|0.8|1.5|2.6
500|1.4|2.9|5.1
1000|2.1|4.4|7.9""",
            "Annexes": """
Prestations annexes
Prestation|Prix|Unité|Minimum
Hayon élévateur|'14,00 €|par expédition|
Prise de rendez-vous|'7,50 €|par expédition|
Assurance|'0,40 %|de la valeur|'6,00 €

Indexation gazole (base : indice CNR, EUR par litre, mois précédent)
De|À moins de|Majoration sur le transport
'1,10|'1,20|'0,0 %
'1,20|'1,30|'2,5 %
'1,30|'1,40|'5,0 %""",
        },
        rates=18, charge_rows=9, fuel=3, zones=11,
        header={"carrier_name": "Transports Exemple SARL", "currency": "EUR", "valid_from": "2026-01-01",
                "valid_to": "2026-12-31"},
        checks=(
            {"zone": "2", "break_from": "100", "break_to": "300", "value": "78.2"},
            {"zone": "3", "break_from": "1000", "break_to": "None", "value": "16", "unit": "100kg",
             "excess_only": "True", "increment": "100"},
            {"break_to": "500", "break2_to": "600", "value": "5.1"},
        ),
        surcharges=("Hayon élévateur", "Prise de rendez-vous", "Assurance", "Péage"),
        rules=(("weight_equivalent", "250"), ("weight_equivalent", "1650")),
        quotes=(
            # up to 300 kg, zone 3 94.60; gazole 1.25 → 2.5 % = 2.37 (2.365); péage 500 kg, 600 km 5.10
            ({**_lane("69003", "75011", "210", "FR"), "distance": "465", "fuel_index": "1.25"}, "2026-02-10",
             "102.07", ()),
            # 1,150 kg: 175.20 + 2 × 13.10 = 201.40; no distance, so the toll is missing
            ({**_lane("69003", "26000", "1150", "FR"), "fuel_index": "1.10"}, "2026-02-10", "201.40", ("toll",)),
        ),
    ),
    ChargeCard(
        "stueckgut-at",
        {
            "Tarif": """
Alpenfracht Beispiel GmbH
Stückgut Österreich, gültig ab 01.05.2026
alle Preise in EUR netto, ohne Maut
1 cbm = 333 kg

Zone|PLZ|bis 100 kg|bis 300 kg|bis 500 kg|bis 1000 kg|je weitere 100 kg
1|10 - 12|'38,50|'61,00|'84,20|'131,00|'9,80
2|20 - 39|'44,90|'72,40|'99,60|'156,50|'11,70
3|60 - 69|'58,30|'95,10|'132,80|'208,90|'15,60""",
            "Maut": """
Maut je Sendung in EUR
Entfernung bis km|bis 300 kg|bis 1000 kg
150|1.9|3.4
300|3.1|5.8
700|5.6|10.7""",
        },
        rates=15, charge_rows=6, zones=3,
        checks=(
            {"zone": "2", "break_from": "300", "break_to": "500", "value": "99.60"},
            {"zone": "3", "break_from": "1000", "value": "15.60", "unit": "100kg", "excess_only": "True"},
        ),
        surcharges=("Maut",),
        rules=(("weight_equivalent", "333"),),
        quotes=(
            # 0.9 m³ × 333 = 299.7 kg: up to 300 kg, zone 2 72.40; toll 300 km 3.10
            ({**_lane("1010", "3100", "180", "AT"), "volume_m3": "0.9", "distance": "170"}, "2026-06-01", "75.50", ()),
        ),
    ),
    ChargeCard(
        "tabela-frete-sul",
        {"": """
VALE VERDE TRANSPORTES S.A.
Tabela de frete fracionado nº 118
Vigência: 01/04/2026 a 31/03/2027
Origem: Curitiba (PR)
Fator de cubagem: 250 kg/m³

|||Frete peso (R$ por CT-e)||||Excedente|Ad valorem|GRIS||Pedágio|Prazo
UF|CEP inicial|CEP final|Até 20 kg|Até 50 kg|Até 100 kg|Até 200 kg|R$/kg acima de 200 kg|% s/ NF|% s/ NF|Mínimo R$|\
R$ por fração de 100 kg|dias úteis
PR|80000-000|87999-999|24,10|38,60|57,20|88,40|0,39|0,18%|0,12%|2,50|3,10|2
SC|88000-000|89999-999|29,80|47,10|69,90|107,50|0,48|0,22%|0,15%|3,00|4,40|3

Generalidades
Taxa de despacho: R$ 3,80 por CT-e
Reentrega: 50% do frete peso
ICMS não incluso: 12% por dentro (total / 0,88)"""},
        separator=";", rates=10, charge_rows=6,
        header={"carrier_name": "VALE VERDE TRANSPORTES S.A.", "currency": "BRL", "valid_from": "2026-04-01",
                "valid_to": "2027-03-31"},
        checks=(
            {"destination": "BR 88000-000–89999-999", "break_from": "20", "break_to": "50", "value": "47.10"},
            {"destination": "BR 80000-000–87999-999", "break_from": "200", "value": "0.39", "unit": "kg",
             "excess_only": "True"},
        ),
        surcharges=("Ad valorem", "GRIS", "Pedágio", "Taxa de despacho", "Reentrega"),
        rules=(("weight_equivalent", "250"), ("tax_inside", "12")),
        quotes=(
            # 47.10 + 0.22 % of 3,000 = 6.60 + GRIS 4.50 + toll 4.40 + 3.80 = 66.40; / 0.88
            ({"origin": {"country": "BR", "name": "Curitiba"}, "destination": {"country": "BR", "postal": "88010-000"},
              "pieces": [{"weight": "42"}], "declared_value": "3000"}, "2026-05-05", "75.45", ()),
            # 250 kg: 88.40 + 50 × 0.39 = 107.90; 0.18 % of 1,000 = 1.80; GRIS 1.20 → 2.50; toll 3 × 3.10; 3.80; 125.30
            ({"origin": {"country": "BR", "name": "Curitiba"}, "destination": {"country": "BR", "postal": "80010-000"},
              "pieces": [{"weight": "250"}], "declared_value": "1000"}, "2026-05-05", "142.39", ()),
        ),
    ),
    ChargeCard(
        "pallet-network-uk",
        {"Tariff": """
Example Pallet Network Ltd
Rates per consignment in GBP, valid from 01/04/2026 to 31/03/2027
Collection from Leicester, excluding VAT

Postcode areas|1 pallet|2 pallets|3 pallets|4 pallets
LE, NG, DE|48.5|79|104.5|128
B, CV, S|54|88.5|117|143
G, EH|89|149|198|246"""},
        rates=12,
        header={"carrier_name": "Example Pallet Network Ltd", "currency": "GBP"},
        checks=(
            {"destination": "GB B*, CV*, S*", "break_basis": "pallet", "break_to": "2", "value": "88.5"},
        ),
        quotes=(
            ({"destination": {"country": "GB", "postal": "S10 2TN"}, "pieces": [{"weight": "600"}], "pallets": 2},
             "2026-05-05", "88.50", ()),
            ({"destination": {"country": "GB", "postal": "SA1 1AA"}, "pieces": [{"weight": "600"}], "pallets": 2},
             "2026-05-05", "", ()),
        ),
    ),
    ChargeCard(
        "lanes-by-carrier",
        {"Lanes": """
Contract lanes 2026, prices in EUR per full load
Carrier|Origin|Destination|Equipment|Price|Transit days
Blau Transport GmbH|DE 28195|PL 00-001|Mega trailer|1180|2
Gruen Logistik GmbH|DE 28195|PL 00-001|Mega trailer|1090|3
Blau Transport GmbH|DE 28195|CZ 110 00|Mega trailer|990|2"""},
        rates=3, carriers=2, asks=("validity_missing",),
    ),
    ChargeCard(
        "mileage-us",
        {"Rates": """
Sample Haul Inc.
Dry van contract rates, effective 01/05/2026
Miles from|Miles to|Rate per mile (USD)|Minimum charge
1|100|4.25|350
101|250|3.4|425
251|500|2.85|850
501|9999|2.4|1425

Stop-off charge: $75.00 per stop
Fuel surcharge: 18% of line haul"""},
        rates=4, fuel=1,
        header={"carrier_name": "Sample Haul Inc.", "currency": "USD"},
        checks=(
            {"break_basis": "distance", "break_from": "101", "break_to": "250", "value": "3.4", "unit": "mile",
             "minimum": "425"},
        ),
        surcharges=("Stop-off charge",),
        quotes=(
            # 180 miles × 3.40 = 612.00; 18 % = 110.16
            ({"destination": {"country": "US"}, "distance": "180", "distance_unit": "mile"}, "2026-03-02", "722.16",
             ()),
            # 60 miles × 4.25 = 255.00 → minimum 350.00; 18 % = 63.00
            ({"destination": {"country": "US"}, "distance": "60", "distance_unit": "mile"}, "2026-03-02", "413.00",
             ()),
        ),
    ),
    ChargeCard(
        "groupage-unknown-sentence",
        {"Tarif": """
Muster Spedition KG
Stückgut, gültig ab 01.01.2026, Preise in EUR je Sendung
Ab der 11. Sendung je Kalenderwoche vermindert sich die Fracht um 4,00 EUR.

bis kg|Zone 1|Zone 2
100|35|41
500|80|96"""},
        rates=4, asks=("figure_not_understood",),
    ),
)  # fmt: skip
