"""Made-up cards of many kinds, drawn after the rules of the eighth set."""

from __future__ import annotations

from samples.charge_cards.records import ChargeCard
from samples.charge_cards.shipments import lane, ports, to

CARDS = (
    ChargeCard(
        "boutique-poids-fr",
        {"": """
Pays;Région/Département;Code postal;Poids (et au-dessus);Frais de port
FR;*;*;0;5,90
FR;*;*;2;7,40
FR;*;*;10;13,80
FR;*;20*;0;11,50
FR;*;20*;2;16,20
FR;*;20*;10;29,00
BE;*;*;0;9,20
BE;*;*;2;12,60""".replace(";", "|")},
        separator=";", rates=8, answers={"carrier_name": "Boutique Exemple", "currency": "EUR"},
        quotes=(
            (to("FR", "69003", "3.2"), "2026-05-04", "7.40", ()),
            (to("FR", "20090", "12"), "2026-05-04", "29.00", ()),
            (to("BE", "1000", "1.5"), "2026-05-04", "9.20", ()),
            (to("ES", "28001", "1.5"), "2026-05-04", "", ()),
        ),
    ),
    ChargeCard(
        "express-laenderzonen",
        {
            "Länder": """
Land|ISO|Tarifgebiet
Belgien|BE|1
Niederlande|NL|1
Spanien|ES|2
Italien|IT|2
Norwegen|NO|3
Japan|JP|4""",
            "Versandpreise": """
Eisvogel Express Beispiel GmbH
Exportpreise 2026, gültig vom 01.02.2026 bis 31.01.2027, in EUR ohne MwSt.
Dokumente
Gewicht (kg)|Gebiet 1|Gebiet 2|Gebiet 3|Gebiet 4
0.5|18.4|21.7|27.9|36.5
1|20.6|24.9|32.3|43.8
2|24.1|29.6|39.5|55.2
Waren
Gewicht (kg)|Gebiet 1|Gebiet 2|Gebiet 3|Gebiet 4
0.5|22.3|26.4|33.1|42.9
1|24.8|29.9|38.4|51.7
2|29.5|36.2|47.8|66.4
5|41.2|50.8|68.3|97.6
10|57.9|72.5|99.1|146.2
Treibstoffzuschlag: 16,5 % auf den Versandpreis
Sicherheitszuschlag: 1,20 EUR je Sendung
Volumengewicht: L x B x H (cm) / 5000""",
        },
        rates=32, fuel=1, zones=6,
        quotes=(
            # Spain is 2, goods 4 kg → 5: 50.80; 16.5 % = 8.38 (8.382); 1.20
            (to("ES", "28001", "4", service="Waren"), "2026-03-02", "60.38", ()),
            # Norway is 3, documents 0.4 kg: 27.90; 4.60 (4.6035); 1.20
            (to("NO", "0150", "0.4", service="Dokumente"), "2026-03-02", "33.70", ()),
            # 12 kg is more than the list has
            (to("JP", "100", "12", service="Waren"), "2026-03-02", "", ()),
        ),
    ),
    ChargeCard(
        "ltl-class-tariff-less-discount",
        {
            "Class Rates": """
Rates in US dollars per hundredweight
Orig ZIP3|Dest ZIP3|Class|MC|L5C|M5C|M1M|M2M|M5M
441|606|50|151.2|38.15|31.4|25.22|20.87|16.3
441|606|70|151.2|49.82|40.75|32.6|27.15|21.05
441|606|100|151.2|68.4|56.12|45.01|37.33|28.9
441|303|50|168.75|47.6|39.05|31.22|25.9|20.15
441|303|70|168.75|62.3|50.9|40.8|33.85|26.32
441|303|100|168.75|85.12|69.8|56.04|46.44|35.98""",
            "Pricing terms": """
Sandusky Freight Lines Example LLC (SCAC SKFX)
Pricing agreement effective 03/01/2026 through 02/28/2027
Discount: 58% off the rates on the Class Rates tab
Absolute minimum charge after discount: $112.00
Fuel surcharge: 22.5% of the discounted linehaul
Liftgate service: $65.00 per shipment
Residential delivery: $95.00 per shipment""",
        },
        rates=30, fuel=1,
        quotes=(
            # class 70, 1,400 lb at M1M: 14 × 32.60 = 456.40; 2,000 lb × 27.15 = 543.00; × 0.42 = 191.69 (191.688);
            # fuel 43.13 (43.130)
            (lane("US", "44114", "60601", "1400", weight_unit="lb", freight_class="70"), "2026-05-04", "234.82", ()),
            # class 100, 300 lb: 205.20 × 0.42 = 86.18 → 112; fuel 25.20; liftgate 65
            (lane("US", "44114", "60601", "300", weight_unit="lb", freight_class="100",
                  accessorials=frozenset({"Liftgate service"})), "2026-05-04", "202.20", ()),
            # class 50 to Atlanta, 5,600 lb: 56 × 20.15 = 1,128.40 × 0.42 = 473.93 (473.928); fuel 106.63 (106.634)
            (lane("US", "44114", "30303", "5600", weight_unit="lb", freight_class="50"), "2026-05-04", "580.56", ()),
        ),
    ),
    ChargeCard(
        "fcl-it-voci",
        {"Offerta": """
Linea Tirrenica Esempio S.p.A.
Offerta FCL export n. 2026/118, validità 01/07/2026 - 30/09/2026, importi in USD
Porto d'imbarco|Porto di sbarco|20' BOX|40' BOX|40' HC|Transit time (gg)
Genova (ITGOA)|New York (USNYC)|1850|2650|2700|19
Genova (ITGOA)|Santos (BRSSZ)|1420|2080|2120|22
La Spezia (ITSPE)|New York (USNYC)|1880|2690|2740|20

Spese accessorie (sempre dovute)
Voce|Importo USD|Unità
Bunker (BAF)|180|TEU
Emissione polizza|70|B/L
Sigillo|12|container
Sosta oltre 7 giorni|45|giorno"""},
        rates=9,
        quotes=(
            # 40' HC: 2,700 + 360 + 70 + 12
            (ports("ITGOA", "USNYC", "18000", equipment="40' HC"), "2026-08-03", "3142.00", ()),
            # two of 20' BOX: 2 × (1,420 + 180 + 12) + 70
            (ports("ITGOA", "BRSSZ", "30000", equipment="20' BOX", containers=2), "2026-08-03", "3294.00", ()),
            (ports("ITSPE", "BRSSZ", "18000", equipment="20' BOX"), "2026-08-03", "", ()),
        ),
    ),
    ChargeCard(
        "aerien-cdg",
        {"": """
Ailes du Nord Fret Exemple SAS
Tarif export au départ de CDG, EUR par kg, valable du 01/04/2026 au 30/09/2026
Dest|Pays|Minimum|-45 kg|+45 kg|+100 kg|+300 kg|+500 kg
JFK|Etats-Unis|85,00|3,90|3,10|2,55|2,35|2,20
DXB|Emirats|75,00|3,60|2,85|2,30|2,10|1,95
NRT|Japon|95,00|5,20|4,30|3,65|3,40|3,25
Surcharge carburant : 0,85 EUR/kg
Surcharge sûreté : 0,15 EUR/kg, minimum 10,00 EUR
LTA : 25,00 EUR
Manutention : 0,10 EUR/kg, minimum 30,00 EUR
1 m3 = 167 kg"""},
        separator=";", rates=15,
        quotes=(
            # 120 × 2.55 = 306; 102; 18; 25; 30 (12)
            (ports("CDG", "JFK", "120"), "2026-06-01", "481.00", ()),
            # 0.9 m³ is 150.3 kg × 2.30 = 345.69; 127.76 (127.755); 22.55 (22.545); 25; 30
            (ports("CDG", "DXB", "90", volume_m3="0.9"), "2026-06-01", "551.00", ()),
            # 12 × 5.20 = 62.40 → 95; 10.20; 10; 25; 30
            (ports("CDG", "NRT", "12"), "2026-06-01", "170.20", ()),
        ),
    ),
    ChargeCard(
        "sammelgut-at-100kg",
        {
            "Tarif": """
Enzian Sammelgut Beispiel GmbH, 6020 Innsbruck
Sammelguttarif Österreich, gültig ab 01.03.2026 bis 28.02.2027
Preise in EUR je 100 kg frachtpflichtiges Gewicht, Mindestpreis je Sendung in der letzten Spalte
PLZ-Gebiet|bis 300 kg|bis 500 kg|bis 1000 kg|bis 2500 kg|mind.
10-12|24.8|21.6|18.3|15.9|29.5
20-24|26.9|23.4|19.8|17.2|31
40-49|19.7|17.2|14.6|12.7|25.5
60-65|13.4|11.7|9.9|8.6|19
Straßenmaut Zuschlag 11,5 % auf die Fracht
Dieselzuschlag 6,8 % auf die Fracht
Lademittelgebühr 1,90 EUR je Sendung
Avis telefonisch 4,50 EUR je Sendung""",
        },
        rates=16, fuel=1,
        quotes=(
            # 420 kg to 1120: 4.2 × 21.60 = 90.72; as 501 … none cheaper; toll 10.43 (10.4328); diesel 6.17 (6.169)
            (lane("AT", "6020", "1120", "420"), "2026-04-01", "107.32", ()),
            # 90 kg to 6112: 12.06 → 19; 2.19 (2.185); 1.29 (1.292)
            (lane("AT", "6020", "6112", "90"), "2026-04-01", "22.48", ()),
            # 2,000 kg to 4020: 20 × 12.70 = 254; 29.21; 17.27; 4.50
            (lane("AT", "6020", "4020", "2000", accessorials=frozenset({"Avis telefonisch"})), "2026-04-01", "304.98",
             ()),
        ),
    ),
    ChargeCard(
        "fracionado-br-sul",
        {"": """
Transportadora Quero-Quero Exemplo Ltda
Tabela de frete fracionado - vigência 01/02/2026 a 31/01/2027 - valores em R$
UF destino|Região|Até 10 kg|Até 30 kg|Até 50 kg|Até 100 kg|Kg excedente|Frete valor %|\
GRIS %|GRIS mínimo R$|Pedágio por fração 100 kg
PR|Capital|38,40|49,70|66,20|92,80|0,88|0,40%|0,30%|4,50|5,80
PR|Interior|44,90|58,10|77,30|108,60|1,04|0,50%|0,30%|4,50|5,80
SC|Capital|41,30|53,60|71,50|100,10|0,95|0,40%|0,30%|4,50|6,40
RS|Interior|52,70|68,20|90,80|127,40|1,22|0,60%|0,30%|4,50|7,10
Taxa de despacho: R$ 18,00 por CT-e
Origem: SP"""},
        separator=";", rates=20, charge_rows=12,
        quotes=(
            # SC 45 kg 71.50; 2,000 × 0.4 % = 8; GRIS 6; toll 6.40; dispatch 18
            ({"origin": {"country": "BR", "region": "SP"}, "destination": {"country": "BR", "region": "SC", "name":
              "Capital"}, "pieces": [{"weight": "45"}], "declared_value": "2000"}, "2026-03-02", "109.90", ()),
            # RS 140 kg: 127.40 + 40 × 1.22 = 176.20; 1,000 × 0.6 % = 6; GRIS 3 → 4.50; toll 2 × 7.10; 18
            ({"origin": {"country": "BR", "region": "SP"}, "destination": {"country": "BR", "region": "RS", "name":
              "Interior"}, "pieces": [{"weight": "140"}], "declared_value": "1000"}, "2026-03-02", "218.90", ()),
        ),
    ),
    ChargeCard(
        "pallets-by-count-ie",
        {
            "Zones": """
Zone|Counties
Z1|Dublin, Kildare, Meath, Wicklow
Z2|Carlow, Laois, Louth, Offaly, Westmeath, Wexford
Z3|Cork, Galway, Kerry, Limerick, Mayo""",
            "Rates": """
Bogland Pallets Example DAC
Distribution tariff valid 01/03/2026 - 28/02/2027. Total price per consignment in EUR ex VAT
No. of pallets|Z1|Z2|Z3
1|48|59|74
2|88|109|138
3|124|155|197
4|158|198|253
Diesel levy 8.5%
Tail lift EUR 12.50 per consignment
Non-stackable +25%""",
        },
        rates=12, fuel=1,
        asks=("figure_not_understood",),
        quotes=(
            # three to Wexford: 155; 13.18 (13.175)
            ({"destination": {"country": "IE", "name": "Wexford"}, "pieces": [{"weight": "900"}], "pallets": 3},
             "2026-04-01", "168.18", ()),
            # one to Cork: 74; 6.29; 12.50
            ({"destination": {"country": "IE", "name": "Cork"}, "pieces": [{"weight": "300"}], "pallets": 1,
              "accessorials": frozenset({"Tail lift"})}, "2026-04-01", "92.79", ()),
            ({"destination": {"country": "IE", "name": "Meath"}, "pieces": [{"weight": "300"}], "pallets": 6},
             "2026-04-01", "", ()),
        ),
    ),
    ChargeCard(
        "appel-offres-lots",
        {"Résultat": """
Réf. lot|Transporteur retenu|Ville départ|Pays départ|Ville arrivée|Pays arrivée|Type de remorque|Prix du voyage|\
Devise|Début validité|Fin validité
L01|Transports Aubrac Exemple SAS|Lyon|FR|Torino|IT|Tautliner|1240|EUR|2026-01-01|2026-12-31
L01|Rapid Alpes Exemple SARL|Lyon|FR|Torino|IT|Tautliner|1185|EUR|2026-01-01|2026-12-31
L02|Transports Aubrac Exemple SAS|Lille|FR|Rotterdam|NL|Frigo|980|EUR|2026-01-01|2026-12-31
L03|Rapid Alpes Exemple SARL|Lyon|FR|Barcelona|ES|Frigo|1690|EUR|2026-01-01|2026-06-30"""},
        rates=4, carriers=2,
        quotes=(
            ({"origin": {"country": "FR", "name": "Lyon"}, "destination": {"country": "IT", "name": "Torino"},
              "pieces": [{"weight": "20000"}], "equipment": "Tautliner"}, "2026-05-04", "1185.00", ()),
            ({"origin": {"country": "FR", "name": "Lille"}, "destination": {"country": "NL", "name": "Rotterdam"},
              "pieces": [{"weight": "20000"}], "equipment": "Frigo"}, "2026-05-04", "980.00", ()),
            ({"origin": {"country": "FR", "name": "Lyon"}, "destination": {"country": "ES", "name": "Barcelona"},
              "pieces": [{"weight": "20000"}], "equipment": "Frigo"}, "2026-08-03", "", ()),
        ),
    ),
    ChargeCard(
        "kilometry-pl",
        {"Cennik": """
Bocian Transport Przykład Sp. z o.o.
Cennik przewozów całopojazdowych, ważny od 01.03.2026 do 28.02.2027
Stawki w PLN za km
Odległość (km)|Bus|Solówka|Naczepa
1-100|3.9|5.6|7.2
101-300|3.1|4.4|5.8
301-600|2.8|3.9|5.1
powyżej 600|2.6|3.6|4.7
Opłata minimalna: 350,00 PLN za kurs
Dopłata paliwowa: 7,5 %
Postój: 80,00 PLN za godzinę"""},
        rates=12, fuel=1,
        quotes=(
            # 420 km: 420 × 5.10 = 2,142; 160.65
            (to("PL", "", "18000", distance="420", equipment="Naczepa"), "2026-05-04", "2302.65", ()),
            # 60 km: 234 → 350; 26.25
            (to("PL", "", "600", distance="60", equipment="Bus"), "2026-05-04", "376.25", ()),
            # 700 km: 700 × 3.60 = 2,520; 189
            (to("PL", "", "3000", distance="700", equipment="Solówka"), "2026-05-04", "2709.00", ()),
        ),
    ),
    ChargeCard(
        "postliste-land-von-bis",
        {"": """
AT|0|2|9,40
AT|2|5|12,10
AT|5|10|15,80
CH|0|2|16,20
CH|2|5|21,70
CH|5|10|29,90
PL|0|2|10,90
PL|2|5|14,30
PL|5|10|19,60"""},
        separator=";", rates=9, answers={"carrier_name": "Beispielpost", "currency": "EUR"},
        quotes=(
            (to("AT", "1010", "1.4"), "2026-05-04", "9.40", ()),
            (to("CH", "8001", "7"), "2026-05-04", "29.90", ()),
            (to("PL", "00-001", "11"), "2026-05-04", "", ()),
        ),
    ),
    ChargeCard(
        "kurer-dk-tekst",
        {"": """
Viben Kurerservice Eksempel A/S
Priser i DKK ekskl. moms, gældende fra 01.04.2026 til 31.03.2027
Vægt til kg|Sjælland|Fyn|Jylland
5|79,00|89,00|95,00
10|95,00|109,00|118,00
20|125,00|145,00|159,00
30|158,00|184,00|203,00
Brændstoftillæg 9,5 %
Miljøtillæg 4,50 kr. pr. forsendelse
Aftenlevering 65,00 kr. pr. forsendelse"""},
        form="txt", rates=12, fuel=1,
        asks=("figure_not_understood",),
        quotes=(
            # 8 kg to Fyn 109; 10.36 (10.355)
            ({"destination": {"country": "DK", "name": "Fyn"}, "pieces": [{"weight": "8"}]}, "2026-05-04", "119.36",
             ()),
            # 22 kg to Jylland 203; 19.29 (19.285); evening 65
            ({"destination": {"country": "DK", "name": "Jylland"}, "pieces": [{"weight": "22"}],
              "accessorials": frozenset({"Aftenlevering"})}, "2026-05-04", "287.29", ()),
            ({"destination": {"country": "DK", "name": "Fyn"}, "pieces": [{"weight": "31"}]}, "2026-05-04", "", ()),
        ),
    ),
)  # fmt: skip
