"""Made-up cards of many kinds, drawn after the rules of the fifth set."""

from __future__ import annotations

from samples.charge_cards.records import ChargeCard
from samples.charge_cards.shipments import lane, ports, to

CARDS = (
    ChargeCard(
        "presta-tranches",
        {"": """
Transporteur|Zone|Pays|Poids min (kg)|Poids max (kg)|Prix HT
Relais Exemple|France|FR|0|1|4,10
Relais Exemple|France|FR|1|5|5,90
Relais Exemple|France|FR|5|20|9,80
Relais Exemple|Benelux|BE, NL, LU|0|1|6,70
Relais Exemple|Benelux|BE, NL, LU|1|5|9,20
Relais Exemple|Benelux|BE, NL, LU|5|20|15,40"""},
        separator=";", rates=6, answers={"currency": "EUR"},
        quotes=(
            (to("FR", "75011", "3"), "2026-05-04", "5.90", ()),
            (to("NL", "1011", "12"), "2026-05-04", "15.40", ()),
            (to("BE", "1000", "1"), "2026-05-04", "6.70", ()),
            (to("DE", "10115", "1"), "2026-05-04", "", ()),
        ),
    ),
    ChargeCard(
        "express-us-doc-pak",
        {
            "Terms": """
Goshawk Worldwide Example Inc.
2026 Export Rate Guide, effective January 5, 2026
All rates in USD. Dimensional weight: L x W x H (in) / 139.
Fuel surcharge: 19.75% of the transportation charge
Residential delivery: $5.95 per shipment""",
            "Zone Index": """
Country|Zone
Canada|A
Mexico|B
Germany|C
United Kingdom|C
Japan|D""",
            "Rates": """
Envelope up to 0.5 lb
|A|B|C|D
Envelope|41.2|48.9|55.3|61.7
Pak
Lbs|A|B|C|D
1|48.3|57.1|64.4|71.9
2|52.6|62.8|71|79.5
Package
Lbs|A|B|C|D
1|58.4|69.2|78.1|87.3
5|79.8|97.5|112.6|127.9
10|104.3|131.6|154.2|177.4
50|262.1|351.8|428.9|506.3
Each additional lb over 50|4.1|5.6|6.9|8.2""",
        },
        rates=32, fuel=1,
        quotes=(
            # package, zone C, up to 5 lb 112.60; 19.75 % = 22.24 (22.2385)
            (to("DE", "10115", "4", weight_unit="lb", service="Package", origin={"country": "US"}), "2026-03-02",
             "134.84", ()),
            # pak, zone A, 2 lb 52.60; 10.39 (10.3885)
            (to("CA", "M5V 2T6", "1.5", weight_unit="lb", service="Pak", origin={"country": "US"}), "2026-03-02",
             "62.99", ()),
            # package, zone D, 53 lb: 506.30 + 3 × 8.20 = 530.90; 104.85 (104.85275)
            (to("JP", "", "53", weight_unit="lb", service="Package", origin={"country": "US"}), "2026-03-02",
             "635.75", ()),
        ),
    ),
    ChargeCard(
        "ltl-classes-across",
        {"Tariff": """
Sagebrush Valley Freight Example LLC
SCAC SVFE
Contract 26-1187, effective 02/01/2026 - 01/31/2027
Customer receives a discount of 64.5% off the rates below
Absolute minimum charge $92.00 per shipment
Fuel surcharge 24% of net freight
Rates per cwt from ZIP3 972 to ZIP3 980-984
Weight group|Class 50|Class 70|Class 85|Class 100|Class 125
Min charge|165|165|165|165|165
LT 500|38.2|46.9|54.1|62.4|75.8
500-999|31.6|38.8|44.8|51.6|62.7
1000-1999|25.9|31.8|36.7|42.3|51.4
2000-4999|21.4|26.3|30.3|35|42.5
5000+|17.8|21.9|25.2|29.1|35.3"""},
        rates=25, fuel=1,
        quotes=(
            # 1,400 lb class 85: 14 × 36.70 = 513.80; as 2,000 lb 606.00; × 0.355 = 182.40; 24 % = 43.78 (43.776)
            (lane("US", "97201", "98101", "1400", weight_unit="lb", freight_class="85"), "2026-03-02", "226.18", ()),
            # 300 lb class 70: 140.70 → 165 min; × 0.355 = 58.58 → 92.00; 22.08
            (lane("US", "97201", "98101", "300", weight_unit="lb", freight_class="70"), "2026-03-02", "114.08", ()),
            # 5,200 lb class 125: 52 × 35.30 = 1,835.60; × 0.355 = 651.64; 156.39 (156.3936)
            (lane("US", "97201", "98101", "5200", weight_unit="lb", freight_class="125"), "2026-03-02", "808.03", ()),
        ),
    ),
    ChargeCard(
        "ocean-local-charges-table",
        {
            "Rates": """
Oriole Shipping Example Pte. Ltd.
Rate sheet Q3/2026, valid 1 July 2026 until 30 September 2026, USD
POL|POD|20GP|40GP|40HQ|T/T
Singapore (SGSIN)|Hamburg (DEHAM)|1450|2600|2650|32
Singapore (SGSIN)|Rotterdam (NLRTM)|1420|2540|2590|30
Port Klang (MYPKG)|Hamburg (DEHAM)|1480|2660|2710|34""",
            "Local charges": """
Charge|Amount|Unit|Remarks
THC|165|per container|all shipments
Bunker surcharge (BAF)|310|per TEU|all shipments
B/L fee|45|per B/L|all shipments
Seal|8|per container|all shipments
Amendment fee|40|per B/L|on request""",
        },
        rates=9,
        quotes=(
            # 40HQ to Hamburg: 2,650 + 165 + 620 + 45 + 8
            (ports("SGSIN", "DEHAM", "18000", equipment="40HQ"), "2026-08-03", "3488.00", ()),
            # two of 20GP to Rotterdam: 2 × (1,420 + 165 + 310 + 8) + 45
            (ports("SGSIN", "NLRTM", "30000", equipment="20GP", containers=2), "2026-08-03", "3851.00", ()),
            # 20GP Port Klang: 1,480 + 165 + 310 + 45 + 8 + amendment 40
            (ports("MYPKG", "DEHAM", "9000", equipment="20GP", accessorials=frozenset({"Amendment fee"})),
             "2026-08-03", "2048.00", ()),
        ),
    ),
    ChargeCard(
        "aereo-tabella-oneri",
        {"Tariffe": """
Aquila Spedizioni Aeree Esempio S.r.l.
Tariffe export aereo da MXP valide dal 01/04/2026 al 31/10/2026
Valori in EUR/kg, minimo in EUR
Dest.|Paese|Minimo|-45|+45|+100|+250|+500
JFK|USA|80|4,60|3,70|3,05|2,80|2,55
DXB|Emirati Arabi|65|3,40|2,75|2,25|2,05|1,90
BOM|India|70|3,20|2,60|2,10|1,95|1,80

Oneri accessori
FSC|0,85 €/kg sul peso tassabile
SSC|0,14 €/kg, minimo 12,00 €
Emissione AWB|32,00 € per AWB
Pick up entro 50 km|55,00 € per ritiro, su richiesta"""},
        separator=";", rates=15, asks=("figure_not_understood",),
        quotes=(
            # 180 × 2.25 = 405; 153; 25.20; 32
            (ports("MXP", "DXB", "180"), "2026-05-04", "615.20", ()),
            # 15 × 4.60 = 69 → 80; 12.75; 12 (2.10); 32
            (ports("MXP", "JFK", "15"), "2026-05-04", "136.75", ()),
            # 230 × 2.10 = 483; as 250 × 1.95 = 487.50; 195.50; 32.20; 32
            (ports("MXP", "BOM", "230"), "2026-05-04", "742.70", ()),
        ),
    ),
    ChargeCard(
        "pallets-es-fracciones",
        {"Palets": """
Logística Ejemplo del Turia, S.L.
Tarifas palés península desde Valencia, válidas del 01/02/2026 al 31/01/2027
Precio por palé en euros, IVA excluido
Zona|Provincias|Cuarto|Medio|Completo
Z1|Valencia, Castellón, Alicante|24,00|31,00|42,00
Z2|Madrid, Barcelona, Murcia|29,50|38,00|53,00
Z3|Sevilla, Vizcaya, La Coruña|36,00|47,50|68,00
Recargo combustible: 6,8 %
Plataforma elevadora: 18,00 € por entrega"""},
        form="pdf", rates=9, fuel=1,
        quotes=(
            # one half pallet to Madrid 38.00; 2.58 (2.584)
            ({**to("ES", "28001", "300", pallets=1, equipment="Medio"),
              "destination": {"country": "ES", "postal": "28001", "region": "Madrid"}}, "2026-03-02", "40.58", ()),
            # three full ones to Sevilla: 204; 13.87 (13.872)
            ({**to("ES", "41001", "1800", pallets=3, equipment="Completo"),
              "destination": {"country": "ES", "postal": "41001", "region": "Sevilla"}}, "2026-03-02", "217.87", ()),
            # one quarter to Alicante 24; 1.63 (1.632); 18
            ({**to("ES", "03001", "90", pallets=1, equipment="Cuarto",
                   accessorials=frozenset({"Plataforma elevadora"})),
              "destination": {"country": "ES", "postal": "03001", "region": "Alicante"}}, "2026-03-02", "43.63", ()),
        ),
    ),
    ChargeCard(
        "mileage-states-fuel-mile",
        {
            "Rates": """
Prairie Loop Logistics Example LLC
Dedicated pricing effective 03/01/2026 to 02/28/2027
Equipment: 53' dry van. All rates in USD per loaded mile
Origin state|Destination state|Rate per mile|Minimum
OH|IN|2.95|550
OH|IL|2.7|700
OH|GA|2.45|1200
Stop charge $65 per stop""",
            "FSC": """
Fuel surcharge schedule (DOE national average)
$ per gallon from|$ per gallon to|$ per mile
3.25|3.349|0.41
3.35|3.449|0.43
3.45|3.549|0.45""",
        },
        rates=3, fuel=3,
        quotes=(
            # 310 miles OH→IL: 837; fuel 310 × 0.43 = 133.30
            ({"origin": {"country": "US", "region": "OH"}, "destination": {"country": "US", "region": "IL"},
              "pieces": [{"weight": "20000"}], "distance": "310", "distance_unit": "mile", "fuel_index": "3.40"},
             "2026-04-06", "970.30", ()),
            # 150 miles OH→IN: 442.50 → 550; 61.50
            ({"origin": {"country": "US", "region": "OH"}, "destination": {"country": "US", "region": "IN"},
              "pieces": [{"weight": "20000"}], "distance": "150", "distance_unit": "mile", "fuel_index": "3.26"},
             "2026-04-06", "611.50", ()),
            # 560 miles OH→GA: 1,372; 252
            ({"origin": {"country": "US", "region": "OH"}, "destination": {"country": "US", "region": "GA"},
              "pieces": [{"weight": "20000"}], "distance": "560", "distance_unit": "mile", "fuel_index": "3.45"},
             "2026-04-06", "1624.00", ()),
        ),
    ),
    ChargeCard(
        "corriere-it-zone-paesi",
        {
            "Zone": """
Zona|Paesi
1|Austria, Francia, Germania
2|Spagna, Belgio, Paesi Bassi
3|Polonia, Ungheria, Portogallo""",
            "Listino": """
Corriere Modello S.p.A.
Listino export strada 2026, in vigore dal 01/01/2026 al 31/12/2026, prezzi in EUR IVA esclusa
Peso fino a kg|Zona 1|Zona 2|Zona 3
3|'11,20|'13,40|'15,90
10|'14,80|'17,60|'21,30
30|'22,50|'27,10|'33,80
50|'31,90|'38,70|'48,60
Ogni 10 kg o frazione in più|'4,60|'5,70|'7,20
Adeguamento carburante 8 % sul trasporto
Contrassegno: 1,8 % del valore, minimo 6,00 EUR""",
        },
        rates=15, fuel=1, zones=9,
        quotes=(
            (to("DE", "10115", "8", origin={"country": "IT"}), "2026-03-02", "15.98", ()),  # 14.80 + 1.18 (1.184)
            # 65 kg zone 3: 48.60 + 2 × 7.20 = 63.00; 5.04
            (to("PL", "00-001", "65", origin={"country": "IT"}), "2026-03-02", "68.04", ()),
            (to("NL", "1011", "30", origin={"country": "IT"}), "2026-03-02", "29.27", ()),  # 27.10 + 2.17 (2.168)
        ),
    ),
    ChargeCard(
        "volumen-staffel-de",
        {"Preise": """
Fjordbrücke Spedition Beispiel GmbH
Teppich- und Möbeltransporte, Preise in EUR je Sendung nach Volumen, gültig ab 01.03.2026 bis 28.02.2027
PLZ-Gebiet|bis 0,5 m³|bis 1 m³|bis 2 m³|bis 4 m³|je weiterer m³
0, 1|48,00|66,00|98,00|152,00|31,00
2, 3|42,00|58,00|86,00|134,00|27,00
8, 9|55,00|76,00|114,00|178,00|37,00
Zwei-Mann-Handling 45,00 EUR je Lieferung, auf Wunsch
Maut 6 % vom Frachtpreis"""},
        separator=";", rates=15,
        quotes=(
            # PLZ 8, 1.6 m³: 114; 6.84
            (to("DE", "80331", "120", volume_m3="1.6"), "2026-04-06", "120.84", ()),
            # PLZ 2, 5 m³: 134 + 27 = 161; 9.66
            (to("DE", "20095", "300", volume_m3="5"), "2026-04-06", "170.66", ()),
            # PLZ 0, 0.5 m³: 48; 2.88
            (to("DE", "01067", "40", volume_m3="0.5"), "2026-04-06", "50.88", ()),
        ),
    ),
    ChargeCard(
        "distribucija-pl-palety",
        {"Cennik": """
Modelowa Logistyka Sp. z o.o.
Cennik dystrybucji paletowej, obowiązuje od 01.01.2026 do 31.12.2026, ceny netto w PLN za paletę
Strefa|Kody pocztowe|1 paleta|2-3 palety|4-6 palet|7+ palet
A|00-05|120|110|98|90
B|20-27, 90-99|145|132|119|108
C|80-84|170|156|141|129
Dopłata paliwowa 13,5%
Winda załadowcza: 60 PLN za dostawę
Awizacja 15 PLN za dostawę"""},
        rates=12, fuel=1, zones=4,
        quotes=(
            # 3 pallets zone B: 3 × 132 = 396; 53.46
            (to("PL", "90-001", "1200", pallets=3), "2026-03-02", "449.46", ()),
            # 1 pallet zone A: 120; 16.20; lift 60
            (to("PL", "02-100", "400", pallets=1, accessorials=frozenset({"Winda załadowcza"})), "2026-03-02",
             "196.20", ()),
            # 8 pallets zone C: 8 × 129 = 1,032; 139.32
            (to("PL", "80-001", "4000", pallets=8), "2026-03-02", "1171.32", ()),
        ),
    ),
    ChargeCard(
        "rede-portugal-txt",
        {"": """
Transportes Modelo do Tejo, Lda.
Tabela nacional 2026 - válida de 01/01/2026 a 31/12/2026 - valores em EUR por expedição, sem IVA
Origem: Lisboa
Distrito   ;até 10 kg;até 30 kg;até 50 kg;até 100 kg;cada kg a mais
Lisboa;4,20;5,60;7,90;12,50;0,11
Porto;5,10;6,90;9,80;15,90;0,14
Faro;5,60;7,50;10,70;17,20;0,16
Taxa de combustível: 5,5% sobre o frete
Reembolso 2,5% do valor, mínimo 3,50 EUR
Entrega ao sábado 12,00 EUR por expedição""".replace(";", "|")},
        form="txt", rates=15, fuel=1,
        quotes=(
            # 24 kg Porto 6.90; 0.38 (0.3795)
            ({"origin": {"country": "PT", "name": "Lisboa"}, "destination": {"country": "PT", "region": "Porto",
              "postal": "4000-001"}, "pieces": [{"weight": "24"}]}, "2026-03-02", "7.28", ()),
            # 130 kg Faro: 17.20 + 30 × 0.16 = 22.00; 1.21
            ({"origin": {"country": "PT", "name": "Lisboa"}, "destination": {"country": "PT", "region": "Faro",
              "postal": "8000-001"}, "pieces": [{"weight": "130"}]}, "2026-03-02", "23.21", ()),
            # 8 kg Lisboa 4.20; 0.23 (0.231); 12
            ({"origin": {"country": "PT", "name": "Lisboa"}, "destination": {"country": "PT", "region": "Lisboa",
              "postal": "1000-001"}, "pieces": [{"weight": "8"}], "accessorials": frozenset({"Entrega ao sábado"})},
             "2026-03-02", "16.43", ()),
        ),
    ),
    ChargeCard(
        "rahti-fi",
        {"Hinnasto": """
Mallikuljetus Oy
Kappaletavarahinnasto Helsingistä, voimassa 1.1.2026 - 31.12.2026, hinnat EUR ilman alv
1 m³ = 330 kg, 1 lavametri = 1850 kg
Vyöhyke|Postinumerot|50 kg|100 kg|250 kg|500 kg|1000 kg
1|00-05|24,50|31,00|47,50|69,00|102,00
2|20-39|31,50|41,50|66,00|98,50|149,00
3|90-99|42,00|57,50|95,00|146,00|228,00
Polttoainelisä 10,5 %
Nosturilava 40,00 EUR / lähetys"""},
        separator=";", rates=15, fuel=1, zones=3, asks=("figure_not_understood",),
        quotes=(
            # zone 2, 180 kg → 250: 66.00; 6.93
            (lane("FI", "00100", "33100", "180"), "2026-03-02", "72.93", ()),
            # zone 3, 1 m³ = 330 kg → 500: 146; 15.33
            (lane("FI", "00100", "90100", "120", volume_m3="1"), "2026-03-02", "161.33", ()),
            # zone 1, 50 kg 24.50; 2.57 (2.5725)
            (lane("FI", "00100", "02100", "50"), "2026-03-02", "27.07", ()),
        ),
    ),
)  # fmt: skip
