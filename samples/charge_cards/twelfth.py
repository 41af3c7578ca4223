"""Made-up cards of many kinds, drawn after the rules of the eleventh set."""

from __future__ import annotations

from samples.charge_cards.records import ChargeCard
from samples.charge_cards.shipments import lane, ports, to

CARDS = (
    ChargeCard(
        "frete-maritimo-pt",
        {
            "Contentores": """
Linha Atlântica Exemplo, S.A.
Cotação 2026-208 exportação via Leixões (PTLEI), válida de 01/07/2026 a 30/09/2026, moeda EUR
Porto destino|UNLOCODE|20'|40'|40'HC|Dias
Luanda|AOLAD|1480|2260|2310|16
Santos|BRSSZ|1120|1690|1735|14
Praia|CVRAI|990|1540|1590|9
Taxa de combustível (BAF): EUR 110 por TEU
THC: EUR 185 por contentor
Emissão de B/L: EUR 45 por B/L
Selo: EUR 8 por contentor""",
        },
        rates=9,
        asks=("figure_not_understood",),
        quotes=(
            # 40'HC Luanda: 2,310 + 220 + 185 + 45 + 8
            (ports("PTLEI", "AOLAD", "18000", equipment="40'HC"), "2026-08-03", "2768.00", ()),
            # two 20' Praia: 2 × (990 + 110 + 185 + 8) + 45
            (ports("PTLEI", "CVRAI", "30000", equipment="20'", containers=2), "2026-08-03", "2631.00", ()),
            (ports("PTLEI", "USNYC", "18000", equipment="20'"), "2026-08-03", "", ()),
        ),
    ),
    ChargeCard(
        "pallettarief-nl",
        {"Tarieven": """
Grutto Palletvervoer Voorbeeld B.V.
Tarieven palletdistributie Benelux, ingaande 1 februari 2026 t/m 31 januari 2027, excl. btw in euro
Aantal europallets|NL 10-39|NL 40-99|België|Luxemburg
1|'46,50|'52,00|'63,00|'88,00
2|'78,00|'87,50|'108,00|'151,00
3|'104,00|'117,00|'146,00|'206,00
4|'127,00|'143,50|'180,00|'255,00
Dieseltoeslag 7,8% over het transporttarief
Laadklep € 15,00 per zending
Wachttijd € 42,00 per uur na 1 uur"""},
        rates=16, fuel=1,
        quotes=(
            # three to 3011 (NL 10-39): 104.00; 8.11 (8.112)
            (to("NL", "3011AB", "900", pallets=3), "2026-03-02", "112.11", ()),
            # one to Belgium: 63; 4.91 (4.914); 15
            (to("BE", "2000", "300", pallets=1, accessorials=frozenset({"Laadklep"})), "2026-03-02", "82.91", ()),
            (to("NL", "5611AZ", "900", pallets=6), "2026-03-02", "", ()),
        ),
    ),
    ChargeCard(
        "lanes-nine-columns",
        {"": """
Lane ID,Carrier,SCAC,Origin City,Origin State,Dest City,Dest State,Equip,All-in Rate,Ccy,Transit,Eff,Exp
1,Wren Freight Example Inc,WRNX,Toledo,OH,Macon,GA,53V,1840.00,USD,2,01/01/2026,12/31/2026
1,Vireo Carriers Example LLC,VIRX,Toledo,OH,Macon,GA,53V,1795.00,USD,3,01/01/2026,12/31/2026
2,Wren Freight Example Inc,WRNX,Toledo,OH,Reno,NV,53R,5120.00,USD,4,01/01/2026,12/31/2026
3,Thrush Lines Example Co,THRX,Boise,ID,Reno,NV,53V,1210.00,USD,1,01/01/2026,06/30/2026
3,Vireo Carriers Example LLC,VIRX,Boise,ID,Reno,NV,53V,1265.00,USD,1,01/01/2026,12/31/2026""".replace(",", "|")},
        separator=",", rates=5, carriers=3,
        quotes=(
            ({"origin": {"country": "US", "region": "OH", "name": "Toledo"}, "destination":
              {"country": "US", "region": "GA", "name": "Macon"}, "pieces": [{"weight": "30000"}], "weight_unit": "lb",
              "equipment": "53V"}, "2026-05-04", "1795.00", ()),
            ({"origin": {"country": "US", "region": "ID", "name": "Boise"}, "destination":
              {"country": "US", "region": "NV", "name": "Reno"}, "pieces": [{"weight": "30000"}], "weight_unit": "lb",
              "equipment": "53V"}, "2026-08-03", "1265.00", ()),
            ({"origin": {"country": "US", "region": "OH", "name": "Toledo"}, "destination":
              {"country": "US", "region": "NV", "name": "Reno"}, "pieces": [{"weight": "30000"}], "weight_unit": "lb",
              "equipment": "53V"}, "2026-05-04", "", ()),
        ),
    ),
    ChargeCard(
        "kilometertaxa-sv",
        {"Taxa": """
Storspoven Åkeri Exempel AB
Kilometertaxa 2026, gäller 1 mars 2026 - 28 februari 2027, SEK exkl. moms
Körsträcka km|Lätt lastbil|Tung lastbil|Bil och släp
0-50|29,50|41,00|52,00
51-150|23,80|33,50|43,50
151-400|19,40|27,60|36,80
Minsta debitering 1 450 SEK per uppdrag
Drivmedelstillägg 11,5 %
Väntetid 640 SEK per timme"""},
        rates=9, fuel=1,
        asks=("figure_not_understood",),
        quotes=(
            # 220 km: 220 × 27.60 = 6,072; 698.28
            (to("SE", "", "6000", distance="220", equipment="Tung lastbil"), "2026-05-04", "6770.28", ()),
            # 30 km: 885 → 1,450; 166.75
            (to("SE", "", "800", distance="30", equipment="Lätt lastbil"), "2026-05-04", "1616.75", ()),
            (to("SE", "", "800", distance="480", equipment="Lätt lastbil"), "2026-05-04", "", ()),
        ),
    ),
    ChargeCard(
        "balik-cz-zony",
        {
            "Ceny": """
Ledňáček Balík Ukázka a.s.
Ceník mezinárodních balíků platný od 1.4.2026 do 31.3.2027
Ceny v Kč bez DPH za balík
Hmotnost do kg|Pásmo 1|Pásmo 2|Pásmo 3
2|189|239|319
5|229|289|389
10|289|369|509
20|399|519|729
Palivový příplatek 9 %
Mýtné 6 Kč za balík
Dobírka 45 Kč za zásilku""",
            "Pásma": """
Pásmo|Země
1|Slovensko, Polsko
2|Německo, Rakousko, Maďarsko
3|Francie, Itálie, Nizozemsko""",
        },
        rates=12, fuel=1, zones=8,
        quotes=(
            # Austria is 2, 7 kg: 369; 33.21; toll 6
            (to("AT", "1010", "7"), "2026-05-04", "408.21", ()),
            # Italy is 3, 1.5 kg: 319; 28.71; 6; on delivery 45
            (to("IT", "20121", "1.5", accessorials=frozenset({"Dobírka"})), "2026-05-04", "398.71", ()),
            (to("ES", "28001", "1.5"), "2026-05-04", "", ()),
        ),
    ),
    ChargeCard(
        "hava-kargo-tr",
        {"": """
Kırlangıç Hava Kargo Örnek A.Ş.
IST çıkışlı ihracat tarifesi, 01.03.2026 - 31.08.2026, USD/kg
Varış|Min|-45|+45|+100|+300|+500
FRA|60|2,10|1,75|1,45|1,30|1,20
JFK|95|4,30|3,70|3,10|2,85|2,70
DXB|55|1,90|1,60|1,35|1,20|1,10
Yakıt: 0,70 USD/kg
Güvenlik: 0,12 USD/kg, min. 10 USD
AWB: 30 USD"""},
        form="txt", rates=15,
        quotes=(
            # 150 × 1.45 = 217.50; 105; 18; 30
            (ports("IST", "FRA", "150"), "2026-05-04", "370.50", ()),
            # 20 × 4.30 = 86 → 95; 14; 10 (2.40); 30
            (ports("IST", "JFK", "20"), "2026-05-04", "149.00", ()),
        ),
    ),
    ChargeCard(
        "ltl-net-rates-min-pct",
        {"": """
Grackle Transport Example Inc (SCAC GRKL)
Contract 7741 effective 03/01/2026 to 02/28/2027, USD
Base rates per CWT below are reduced by 55 percent. Minimum net charge per shipment is $92.00.
Origin|Destination|Class|Min Chg|L5C|5C|1M|2M|5M
600-606|550-551|65|128|38|31.5|25|20.6|16.2
600-606|550-551|92.5|128|52.4|43.4|34.5|28.4|22.4
600-606|630-631|65|121|35.2|29.1|23.1|19|15
600-606|630-631|92.5|121|48.6|40.2|31.9|26.3|20.7
Fuel: 26.5% of net freight
Appointment $35.00
Residential pickup or delivery $80.00""".replace("|", "|")},
        form="txt", rates=20, fuel=1,
        quotes=(
            # 1,300 lb class 65: 13 × 25 = 325; as 2,000: 412; × 0.45 = 146.25; fuel 38.76 (38.756)
            (lane("US", "60601", "55101", "1300", weight_unit="lb", freight_class="65"), "2026-05-04", "185.01", ()),
            # 350 lb class 92.5: 3.5 × 48.60 = 170.10; as 500: 201; × 0.45 = 76.55 (76.545) → 92; fuel 24.38; 35
            (lane("US", "60601", "63101", "350", weight_unit="lb", freight_class="92.5",
                  accessorials=frozenset({"Appointment"})), "2026-05-04", "151.38", ()),
        ),
    ),
    ChargeCard(
        "brevpost-utan-rubrik",
        {"": """
DK;0,1;29,00
DK;1;49,00
DK;5;65,00
NO;0,1;35,00
NO;1;89,00
NO;5;139,00
FI;0,1;35,00
FI;1;85,00
FI;5;129,00""".replace(";", "|")},
        separator=";", rates=9, answers={"carrier_name": "Exempelpost", "currency": "SEK", "weight_unit": "kg"},
        quotes=(
            (to("DK", "2100", "0.4"), "2026-05-04", "49.00", ()),
            (to("NO", "0150", "5"), "2026-05-04", "139.00", ()),
            (to("FI", "00100", "6"), "2026-05-04", "", ()),
        ),
    ),
    ChargeCard(
        "drobnica-przedzialy-pl",
        {
            "Stawki": """
Rybitwa Spedycja Przykład Sp. z o.o.
Cennik drobnicowy krajowy od 01.03.2026 do 28.02.2027, ceny netto w zł za przesyłkę
Waga (kg)|Strefa A|Strefa B|Strefa C
do 100|68|79|94
101-300|112|131|158
301-600|171|204|249
601-1000|238|287|356
Dopłata paliwowa 12,5% od frachtu
Opłata drogowa 4,2% od frachtu
Winda 35 zł za dostawę
Zwrot dokumentów ROD 9 zł""",
            "Strefy": """
Kod pocztowy od|Kod pocztowy do|Strefa
00|09|A
20|29|B
30|39|B
70|84|C""",
        },
        rates=12, fuel=1, zones=4,
        asks=("figure_not_understood",),
        quotes=(
            # 02-001 is A, 250 kg: 112; 14; toll 4.70 (4.704)
            (to("PL", "02-001", "250"), "2026-05-04", "130.70", ()),
            # 80-001 is C, 601 kg: 356; 44.50; 14.95 (14.952); lift 35
            (to("PL", "80-001", "601", accessorials=frozenset({"Winda"})), "2026-05-04", "450.45", ()),
            (to("PL", "50-001", "250"), "2026-05-04", "", ()),
        ),
    ),
)  # fmt: skip
