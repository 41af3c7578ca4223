"""Made-up cards of road carriers, drawn after the rules of the fourth set."""

from __future__ import annotations

from samples.charge_cards.records import ChargeCard
from samples.charge_cards.shipments import lane, to

CARDS = (
    ChargeCard(
        "stueckgut-zonenliste",
        {"Tarif 2026": """
Heidetal Spedition Muster GmbH & Co. KG
Haustarif Stückgut ab Lüneburg, gültig vom 01.02.2026 bis 31.01.2027, Nettopreise in EUR je Sendung
Zone 1: PLZ 20-22, 25
Zone 2: PLZ 10-19, 30-38
Zone 3: PLZ 40-59
Zone 4: PLZ 60-99
Gewicht|Zone 1|Zone 2|Zone 3|Zone 4
bis 50 kg|'24,90|'29,50|'34,80|'41,20
bis 100 kg|'31,70|'38,40|'46,10|'55,00
bis 300 kg|'52,60|'66,90|'81,70|'99,80
bis 500 kg|'74,30|'96,80|'119,50|'147,90
je weitere angefangene 100 kg|'11,20|'14,60|'18,30|'22,90
Maut: 8,4 % auf die Fracht
Dieselfloater (Basis 1,25 EUR/l): aktuell 4,0 % auf die Fracht
Avisierung 6,50 EUR/Sendung
Mindestens 1 cbm = 300 kg, 1 Ldm = 1.750 kg"""},
        rates=20, fuel=1,
        quotes=(
            # PLZ 33 zone 2, 240 kg 66.90; 5.62 (5.6196); 2.68 (2.676)
            (lane("DE", "21335", "33602", "240"), "2026-03-02", "75.20", ()),
            # PLZ 80 zone 4, 640 kg: 147.90 + 2 × 22.90 = 193.70; 16.27 (16.2708); 7.75 (7.748)
            (lane("DE", "21335", "80331", "640"), "2026-03-02", "217.72", ()),
            # PLZ 25 zone 1, 0.3 m³ = 90 kg 31.70; 2.66 (2.6628); 1.27 (1.268); 6.50
            (lane("DE", "21335", "25336", "40", volume_m3="0.3", accessorials=frozenset({"Avisierung"})),
             "2026-03-02", "42.13", ()),
        ),
    ),
    ChargeCard(
        "pallet-price-each-uk",
        {"Tariff": """
Fenland Pallet Deliveries Ltd
UK pallet tariff, valid from 1st May 2026 until 30th April 2027
Price per pallet in GBP by number of pallets in the consignment
Area|Postcodes|1|2|3-4|5+
East|PE, CB, IP, NR|46|41.5|38|35
Midlands|B, CV, LE, NG|52|47|43|39.5
North|LS, BD, M, L|58.5|53|48.5|45
Fuel surcharge is 9.5% of the charge
Tail lift £12.50 per delivery
Timed AM delivery £18.00 per delivery"""},
        form="pdf", rates=12, fuel=1,
        quotes=(
            # 3 pallets to NG1: 3 × 43 = 129; 12.26 (12.255)
            (to("GB", "NG1 1AA", "900", pallets=3), "2026-06-01", "141.26", ()),
            # 1 pallet to PE1: 46 + 4.37 + 12.50
            (to("GB", "PE1 1AA", "300", pallets=1, accessorials=frozenset({"Tail lift"})), "2026-06-01", "62.87", ()),
            # 6 pallets to M1: 6 × 45 = 270; 25.65
            (to("GB", "M1 1AE", "2400", pallets=6), "2026-06-01", "295.65", ()),
        ),
    ),
    ChargeCard(
        "mileage-flat-then-mile",
        {"Truckload": """
Coyote Flats Example Carriers Inc
Dry van rate agreement, effective 04/01/2026 through 03/31/2027, USD
Miles|Rate|Per
0-75|395|flat
76-200|4.1|mile
201-500|3.05|mile
501+|2.6|mile
Minimum charge $425.00 over 75 miles
Fuel surcharge: $0.52 per mile
Extra stop: $75.00 per stop"""},
        rates=4,
        asks=("figure_not_understood",),
        quotes=(
            # 320 × 3.05 = 976; 166.40
            (to("US", "", "20000", distance="320", distance_unit="mile"), "2026-05-04", "1142.40", ()),
            # 60 miles: 395 + 31.20
            (to("US", "", "20000", distance="60", distance_unit="mile"), "2026-05-04", "426.20", ()),
            # 640 × 2.60 = 1,664; 332.80; one stop 75
            (to("US", "", "20000", distance="640", distance_unit="mile", counts=(("stop", 1),),
                accessorials=frozenset({"Extra stop"})), "2026-05-04", "2071.80", ()),
        ),
    ),
    ChargeCard(
        "departements-groupes",
        {"": """
Transports de la Vilaine Exemple SARL
Tarif messagerie 2026 départ Rennes (35), applicable du 01/03/2026 au 28/02/2027, EUR HT
Départements;0 à 20 kg;21 à 50 kg;51 à 100 kg;les 100 kg de 101 à 500 kg;les 100 kg de 501 à 1000 kg;Délai
22, 29, 35, 56;11,40;15,80;22,60;19,80;16,40;24 h
44, 49, 53, 72;12,90;17,70;25,30;22,50;18,90;24 h
75, 77, 78, 91 à 95;16,20;23,40;34,10;31,60;27,20;48 h
Indexation gazole : 7,8 % du prix de transport
Hayon : 22,00 € par expédition""".replace(";", "|")},
        separator=";", rates=15, fuel=1,
        quotes=(
            # 92: 320 kg: 3.2 × 31.60 = 101.12; 7.89 (7.88736)
            (lane("FR", "35000", "92100", "320"), "2026-04-06", "109.01", ()),
            # 49: 18 kg 12.90; 1.01 (1.0062)
            (lane("FR", "35000", "49000", "18"), "2026-04-06", "13.91", ()),
            # 29: 70 kg 22.60; 1.76 (1.7628); 22
            (lane("FR", "35000", "29200", "70", accessorials=frozenset({"Hayon"})), "2026-04-06", "46.36", ()),
        ),
    ),
    ChargeCard(
        "stykkgods-no",
        {"Takster": """
Fjordfrakt Eksempel AS
Stykkgodstariff fra Oslo, gyldig fra 01.01.2026 til 31.12.2026, NOK ekskl. mva
1 m³ = 333 kg, 1 lastemeter = 1850 kg
Sone|Postnr fra|Postnr til|0-50 kg|51-100 kg|101-250 kg|251-500 kg|Pr. 100 kg over 500 kg
1|0001|1999|320|410|590|880|95
2|2000|3999|385|505|745|1130|128
3|5000|5999|470|640|980|1520|176
Drivstofftillegg 15,2 % av frakten
Levering med lastelift: NOK 350 pr. sending"""},
        rates=15, fuel=1,
        asks=("figure_not_understood",),
        quotes=(
            # zone 3, 180 kg 980; 148.96
            (lane("NO", "0150", "5003", "180"), "2026-03-02", "1128.96", ()),
            # zone 2, 650 kg: 1,130 + 1.5 × 128 = 1,322 (or 2 started: not said); 200.94 (200.944)
            (lane("NO", "0150", "3015", "650"), "2026-03-02", "1522.94", ()),
            # zone 1, 0.5 m³ = 166.5 kg 590; 89.68; tail lift 350
            (lane("NO", "0150", "1366", "90", volume_m3="0.5", accessorials=frozenset({"lastelift"})), "2026-03-02",
             "1029.68", ()),
        ),
    ),
    ChargeCard(
        "part-load-in",
        {
            "Freight": """
Peepal Roadlines Example Pvt. Ltd.
Part truck load rates from Mumbai, valid 01-Apr-2026 to 31-Mar-2027, Rs. per kg
Destination|State|TAT (days)|Up to 500 kg|501-1000 kg|Above 1000 kg
Pune|Maharashtra|1|4.8|4.2|3.9
Bengaluru|Karnataka|3|8.6|7.9|7.2
Delhi|Delhi|4|9.9|9.1|8.4""",
            "Charges": """
Particulars|Charges
Minimum chargeable weight|50 kg
Docket charges|Rs. 75 per docket
Fuel surcharge|12% on freight
FOV|0.1% of invoice value, minimum Rs. 50
ODA|Rs. 5 per kg, minimum Rs. 750
Volumetric weight|1 cft = 8 kg""",
        },
        rates=9, fuel=1,
        quotes=(
            # 620 kg Bengaluru × 7.90 = 4,898; fuel 587.76; docket 75; FOV 0.1 % of 200,000 = 200
            ({"origin": {"country": "IN", "name": "Mumbai"}, "destination": {"country": "IN", "name": "Bengaluru",
              "region": "Karnataka"}, "pieces": [{"weight": "620"}], "declared_value": "200000"}, "2026-05-04",
             "5760.76", ()),
            # 30 kg as 50 kg Pune × 4.80 = 240; 28.80; 75; FOV 10 → 50
            ({"origin": {"country": "IN", "name": "Mumbai"}, "destination": {"country": "IN", "name": "Pune",
              "region": "Maharashtra"}, "pieces": [{"weight": "30"}], "declared_value": "10000"}, "2026-05-04",
             "393.80", ()),
            # 100 kg Delhi × 9.90 = 990; 118.80; 75; 50; ODA 500 → 750
            ({"origin": {"country": "IN", "name": "Mumbai"}, "destination": {"country": "IN", "name": "Delhi",
              "region": "Delhi"}, "pieces": [{"weight": "100"}], "declared_value": "30000",
              "accessorials": frozenset({"ODA"})}, "2026-05-04", "1983.80", ()),
        ),
    ),
    ChargeCard(
        "tabela-pdf-frete-minimo",
        {"Tabela": """
Expresso Jatobá Cargas Ltda
Tabela de preços - frete fracionado - vigência de 01/05/2026 até 30/04/2027
Saída de Belo Horizonte (MG)
Destino|UF|Frete mínimo (até 20 kg)|R$/kg excedente|Ad valorem (% NF)|Prazo (dias)
São Paulo|SP|38,50|0,95|0,25%|2
Vitória|ES|33,00|0,80|0,30%|2
Salvador|BA|59,00|1,60|0,40%|5
GRIS 0,15% sobre valor da nota fiscal, mínimo R$ 3,00
Pedágio R$ 4,20 a cada fração de 100 kg
Taxa de coleta R$ 25,00 por coleta
ICMS incluso"""},
        form="pdf", rates=6, charge_rows=3,
        quotes=(
            # 65 kg SP: 38.50 + 45 × 0.95 = 81.25; 0.25 % of 2,000 = 5; GRIS 3; toll 4.20
            ({"origin": {"country": "BR", "name": "Belo Horizonte"}, "destination": {"country": "BR",
              "name": "São Paulo", "region": "SP"}, "pieces": [{"weight": "65"}], "declared_value": "2000"},
             "2026-06-01", "93.45", ()),
            # 20 kg ES: 33; 0.30 % of 500 = 1.50; GRIS 0.75 → 3; 4.20
            ({"origin": {"country": "BR", "name": "Belo Horizonte"}, "destination": {"country": "BR",
              "name": "Vitória", "region": "ES"}, "pieces": [{"weight": "20"}], "declared_value": "500"},
             "2026-06-01", "41.70", ()),
            # 130 kg BA: 59 + 110 × 1.60 = 235; 0.4 % of 5,000 = 20; GRIS 7.50; 2 × 4.20
            ({"origin": {"country": "BR", "name": "Belo Horizonte"}, "destination": {"country": "BR",
              "name": "Salvador", "region": "BA"}, "pieces": [{"weight": "130"}], "declared_value": "5000"},
             "2026-06-01", "270.90", ()),
        ),
    ),
)  # fmt: skip
