"""Made-up cards of groupage and less-than-truckload carriers, drawn after the rules of the sets before."""

from __future__ import annotations

from samples.charge_cards.records import ChargeCard
from samples.charge_cards.shipments import lane, to

CARDS = (
    ChargeCard(
        "ltl-discounts-by-lane",
        {
            "Program": """
Cottonwood Freight Lines Inc.
SCAC CWFL
Pricing program CW-2026-19, effective 04/01/2026 to 03/31/2027
Base rates: dollars per hundredweight
Classes 50 to 85 rated as class 70.
Fuel surcharge 27.5% of net linehaul.""",
            "Discounts": """
Lane discounts
Origin state|Destination state|Discount|Minimum charge
MO|KS|71.5%|89.00
MO|TX|68%|104.50
MO|IL|70%|95.25""",
            "Base rates": """
Origin state|Destination state|Class|L5C|M5C|M1M|M2M|M5M
MO|KS|70|48.2|38.1|30.9|25.7|21.3
MO|KS|100|62.7|49.6|40.2|33.4|27.7
MO|TX|70|71.5|58.4|47.9|40.1|33.6
MO|TX|100|92.9|75.9|62.3|52.1|43.7""",
        },
        rates=20, fuel=1,
        quotes=(
            # 800 lb class 60→70, KS: 8 × 38.10 = 304.80; as 1,000 lb 309.00; × 0.285 = 86.87 → 89.00; fuel 24.48
            (lane("US", "64101", "66101", "800", weight_unit="lb", freight_class="60") | {
                "origin": {"country": "US", "postal": "64101", "region": "MO"},
                "destination": {"country": "US", "postal": "66101", "region": "KS"}}, "2026-05-04", "113.48", ()),
            # 2,600 lb class 100, TX: 26 × 52.10 = 1,354.60; × 0.32 = 433.47; fuel 119.20
            (lane("US", "64101", "75201", "2600", weight_unit="lb", freight_class="100") | {
                "origin": {"country": "US", "postal": "64101", "region": "MO"},
                "destination": {"country": "US", "postal": "75201", "region": "TX"}}, "2026-05-04", "552.67", ()),
            # 400 lb class 100, TX: 4 × 92.90 = 371.60; as 500 lb 379.50; × 0.32 = 118.91; fuel 32.70
            (lane("US", "64101", "75201", "400", weight_unit="lb", freight_class="100") | {
                "origin": {"country": "US", "postal": "64101", "region": "MO"},
                "destination": {"country": "US", "postal": "75201", "region": "TX"}}, "2026-05-04", "151.61", ()),
        ),
    ),
    ChargeCard(
        "stueckgut-relationen",
        {
            "Zonen": """
Relationsmatrix: Abgang (Zeile) nach Empfang (Spalte), PLZ-Leitregionen
Von / Nach|20|44|80|01
20|A|B|D|C
44|B|A|C|C
80|D|C|A|C""",
            "Preise": """
Elbtal Spedition Beispiel GmbH
Stückguttarif 2026, gültig vom 01.01.2026 bis 31.12.2026
Preise je Sendung in EUR, netto
Gewicht bis kg|Zone A|Zone B|Zone C|Zone D
50|'28,40|'33,10|'38,90|'44,20
100|'37,60|'44,80|'53,70|'61,30
250|'58,90|'71,20|'86,40|'99,80
500|'89,30|'110,50|'135,60|'158,20
1 cbm = 250 kg
Mautzuschlag: 9,8 % der Fracht
Dieselzuschlag: 5,2 % der Fracht""",
        },
        rates=16, fuel=1,
        quotes=(
            # 20 → 80 zone D, 180 kg 99.80; toll 9.78 (9.7804); diesel 5.19 (5.1896)
            (lane("DE", "20095", "80331", "180"), "2026-03-02", "114.77", ()),
            # 44 → 20 zone B, 0.9 m³ = 225 kg 71.20; 6.98 (6.9776); 3.70 (3.7024)
            (lane("DE", "44137", "20095", "120", volume_m3="0.9"), "2026-03-02", "81.88", ()),
            # 80 → 01 zone C, 50 kg 38.90; 3.81 (3.8122); 2.02 (2.0228)
            (lane("DE", "80331", "01067", "50"), "2026-03-02", "44.73", ()),
            (lane("DE", "99084", "01067", "50"), "2026-03-02", "", ()),
        ),
    ),
    ChargeCard(
        "messagerie-forfait-et-quintal",
        {"": """
Transports du Bocage Exemple SAS
Grille messagerie France au départ du 35, valable du 01/02/2026 au 31/01/2027, prix en EUR HT
||Forfait par expédition||||Prix aux 100 kg|||
Dépt|Délai|0-10 kg|11-30 kg|31-60 kg|61-99 kg|100-299 kg|300-499 kg|500-999 kg
35|J+1|9,80|12,40|16,90|21,50|20,10|17,60|15,20
44|J+1|10,60|13,70|18,80|24,20|22,80|19,90|17,30
75|J+1|13,20|17,90|25,60|33,40|31,70|27,80|24,10
Surcharge gazole : 11,3 % du transport
Taxe de sûreté : 0,85 € par expédition (toujours)
Payant pour : si le prix de la tranche supérieure est plus avantageux, il s'applique."""},
        separator=";", rates=21, fuel=1,
        quotes=(
            # 44, 25 kg 13.70; 11.3 % = 1.55 (1.5481); 0.85
            (lane("FR", "35000", "44000", "25"), "2026-03-02", "16.10", ()),
            # 75, 240 kg: 2.4 × 31.70 = 76.08; as 300 kg 83.40; 8.60 (8.59704); 0.85
            (lane("FR", "35000", "75011", "240"), "2026-03-02", "85.53", ()),
            # 75, 280 kg: 2.8 × 31.70 = 88.76; as 300 kg 3 × 27.80 = 83.40; 9.42 (9.4242); 0.85
            (lane("FR", "35000", "75011", "280"), "2026-03-02", "93.67", ()),
        ),
    ),
    ChargeCard(
        "tabela-capital-interior",
        {
            "Tarifa": """
Rota Ipê Transportes Ltda
Tabela de fretes 2026 - Vigência: 01/03/2026 a 28/02/2027
Origem: Campinas (SP) - valores em R$
Região|Até 10 kg|Até 30 kg|Até 50 kg|Até 100 kg|Excedente por kg|Frete valor (% NF)|TAS (R$ por CT-e)
MG Capital|28,90|39,50|51,20|74,60|0,68|0,30%|4,50
MG Interior|34,70|47,40|61,50|89,60|0,82|0,40%|4,50
RJ Capital|31,20|42,60|55,30|80,50|0,74|0,50%|5,20
GRIS: 0,30% do valor da NF
Pedágio: R$ 5,40 por fração de 100 kg
Cubagem: 300 kg/m³
ICMS 12% por dentro, não incluso nos valores""",
            "Abrangência": """
Região|CEP inicial|CEP final
MG Capital|30000-000|31999-999
MG Interior|32000-000|39999-999
RJ Capital|20000-000|23799-999""",
        },
        rates=15, charge_rows=6, zones=3,
        quotes=(
            # 28 kg MG Capital 39.50; 0.3 % of 1,500 = 4.50; TAS 4.50; GRIS 4.50; toll 5.40; 58.40 / 0.88 = 66.36
            ({"origin": {"country": "BR", "name": "Campinas"}, **to("BR", "30110-000", "28", declared_value="1500")},
             "2026-04-06", "66.36", ()),
            # 0.5 m³ = 150 kg RJ: 80.50 + 50 × 0.74 = 117.50; 0.5 % of 4,000 = 20; 5.20; 12; 2 × 5.40; 165.50 / 0.88
            ({"origin": {"country": "BR", "name": "Campinas"},
              **to("BR", "20040-000", "90", declared_value="4000", volume_m3="0.5")}, "2026-04-06", "188.07", ()),
            # 10 kg MG Interior 34.70; 0.4 % of 300 = 1.20; 4.50; 0.90; 5.40; 46.70 / 0.88
            ({"origin": {"country": "BR", "name": "Campinas"}, **to("BR", "38400-000", "10", declared_value="300")},
             "2026-04-06", "53.07", ()),
        ),
    ),
    ChargeCard(
        "groupage-quintali-it",
        {"": """
Autotrasporti Esempio S.r.l.
Tariffario collettame Italia, valido dal 01/01/2026 al 31/12/2026
Prezzi in euro al quintale (100 kg), minimo per spedizione
Regione|fino a 100 kg|101-500 kg|501-1000 kg|oltre 1000 kg|Minimo
Lombardia|19,50|15,80|12,90|10,40|14,00
Lazio|27,00|22,40|18,60|15,10|18,50
Sicilia|38,00|32,50|27,90|23,80|26,00
Diritto fisso: 2,50 euro a spedizione (sempre)
Supplemento carburante: 7 % sul nolo
Rapporto peso/volume: 1 mc = 300 kg"""},
        separator=";", rates=12, fuel=1,
        quotes=(
            # 340 kg Lazio: 3.4 × 22.40 = 76.16; fuel 5.33 (5.3312); 2.50
            ({**to("IT", "00185", "340"), "destination": {"country": "IT", "postal": "00185", "region": "Lazio"}},
             "2026-03-02", "83.99", ()),
            # 40 kg Lombardia: 7.80 → 14.00; 0.98; 2.50
            ({**to("IT", "20121", "40"), "destination": {"country": "IT", "postal": "20121", "region": "Lombardia"}},
             "2026-03-02", "17.48", ()),
            # 4 m³ = 1,200 kg Sicilia: 12 × 23.80 = 285.60; 19.99 (19.992); 2.50
            ({**to("IT", "90133", "800", volume_m3="4"),
              "destination": {"country": "IT", "postal": "90133", "region": "Sicilia"}}, "2026-03-02", "308.09", ()),
        ),
    ),
    ChargeCard(
        "styckegods-sv",
        {"Taxa": """
Exempelfrakt AB
Styckegodstaxa från Göteborg, gäller 2026-01-01 till 2026-12-31, priser i SEK exkl. moms
Volymvikt: 1 m³ = 280 kg, 1 flakmeter = 1950 kg
Pris per 100 kg, minimifrakt per sändning
Zon|Postnummer|Minimifrakt|-100 kg|-300 kg|-500 kg|-1000 kg
1|40-44|185|310|255|215|180
2|50-59|220|385|320|270|225
3|10-19|260|455|380|325|270
Drivmedelstillägg: 12,5 % på frakten
Avisering: 35 SEK per sändning"""},
        rates=12, fuel=1, zones=3,
        quotes=(
            # 240 kg zone 3: 2.4 × 380 = 912; as 300 kg × 3.25 … 975; fuel 114.00
            (lane("SE", "41101", "11122", "240"), "2026-03-02", "1026.00", ()),
            # 0.5 m³ = 140 kg zone 1: 1.4 × 255 = 357; 44.63 (44.625)
            (lane("SE", "41101", "43137", "60", volume_m3="0.5"), "2026-03-02", "401.63", ()),
            # 20 kg zone 2: 77 → 220; 27.50; 35
            (lane("SE", "41101", "55318", "20", accessorials=frozenset({"Avisering"})), "2026-03-02", "282.50", ()),
        ),
    ),
    ChargeCard(
        "provincias-kg-adicional",
        {"Nacional": """
Transportes Ejemplo del Duero, S.L.
Tarifa nacional paquetería 2026, válida desde 01/01/2026 hasta 31/12/2026
Importes en euros por expedición, IVA no incluido
Provincia|5 kg|10 kg|20 kg|40 kg|Kg adicional
Valladolid|5,10|5,90|7,40|10,80|0,19
Madrid|6,20|7,30|9,60|14,90|0,26
Barcelona|7,40|8,90|12,10|19,30|0,34
Baleares|11,90|15,20|22,80|38,40|0,71
Tasa de combustible 6,5 % sobre portes
Reembolso: 3 % del importe, mínimo 4,20 €
Seguro: 0,6 % del valor declarado"""},
        form="pdf", rates=20, fuel=1,
        quotes=(
            # Madrid, 18 kg 9.60; 0.62 (0.624)
            ({**to("ES", "28001", "18"), "destination": {"country": "ES", "postal": "28001", "region": "Madrid"}},
             "2026-03-02", "10.22", ()),
            # Barcelona, 52 kg: 19.30 + 12 × 0.34 = 23.38; 1.52 (1.5197)
            ({**to("ES", "08001", "52"), "destination": {"country": "ES", "postal": "08001", "region": "Barcelona"}},
             "2026-03-02", "24.90", ()),
            # Baleares, 4.5 kg 11.90; 0.77 (0.7735); insurance 0.6 % of 500 = 3.00
            ({**to("ES", "07001", "4.5", declared_value="500", accessorials=frozenset({"Seguro"})),
              "destination": {"country": "ES", "postal": "07001", "region": "Baleares"}}, "2026-03-02", "15.67", ()),
        ),
    ),
)  # fmt: skip
