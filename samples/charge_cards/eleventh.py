"""Made-up cards of many kinds, drawn after the rules of the tenth set."""

from __future__ import annotations

from samples.charge_cards.records import ChargeCard
from samples.charge_cards.shipments import Body, lane, ports, to


def _cities(country: str, origin: str, destination: str, weight: str, **more: object) -> Body:
    ends = {"origin": {"country": country, "name": origin}, "destination": {"country": country, "name": destination}}
    return {**ends, "pieces": [{"weight": weight}], **more}


CARDS = (
    ChargeCard(
        "zeevracht-fcl-lcl-nl",
        {
            "FCL": """
Wulp Zeevracht Voorbeeld B.V.
Offerte 2026-0417 voor Voorbeeld Import B.V. - export Rotterdam (NLRTM)
Alle bedragen in USD, geldig van 01-06-2026 t/m 31-08-2026
Loshaven|Code|20' DV|40' DV|40' HC|Vaartijd
Halifax|CAHAL|1640|2380|2430|12 dgn
Durban|ZADUR|1290|1810|1860|24 dgn
Auckland|NZAKL|2150|3320|3390|41 dgn""",
            "LCL": """
Groupage vanaf Rotterdam, tarief per ton of m3 (hoogste telt)
Loshaven|Code|Tarief W/M|Minimum
Halifax|CAHAL|64|64
Durban|ZADUR|58|116
Auckland|NZAKL|97|97""",
            "Toeslagen": """
Omschrijving|Bedrag|Eenheid|Geldt voor
Havenkosten (THC)|215|per container|FCL
Vlaggetoeslag brandstof (BAF)|95|per TEU|FCL
Cognossement|60|per B/L|alle zendingen
CFS loods|22|per W/M|LCL
Verzegeling|9|per container|FCL""",
        },
        rates=12, header={"currency": "USD", "carrier_name": "Wulp Zeevracht Voorbeeld B.V."},
        quotes=(
            # 40' HC Durban: 1,860 + 215 + 190 + 60 + 9
            (ports("NLRTM", "ZADUR", "19000", equipment="40' HC"), "2026-07-06", "2334.00", ()),
            # two 20' DV Halifax: 2 × (1,640 + 215 + 95 + 9) + 60
            (ports("NLRTM", "CAHAL", "30000", equipment="20' DV", containers=2), "2026-07-06", "3978.00", ()),
            # LCL Auckland 3.4 m³: 329.80; 74.80; 60
            (ports("NLRTM", "NZAKL", "900", volume_m3="3.4", service="LCL"), "2026-07-06", "464.60", ()),
            # after the validity
            (ports("NLRTM", "ZADUR", "19000", equipment="40' HC"), "2026-09-07", "", ()),
        ),
    ),
    ChargeCard(
        "air-mnq-columns",
        {"AMS export": """
Godwit Air Cargo Example Ltd
Air freight net rates ex AMS, valid 1 April 2026 until 30 September 2026
EUR per kg unless stated. Chargeable weight: 1:6 (167 kg per m3)
Destination|Airport|M|N|+45|+100|+300|+500|+1000|MYC per kg|SCC per kg|Routing
Chicago|ORD|80.00|4.10|3.20|2.60|2.35|2.20|2.05|1.05|0.15|direct
Singapore|SIN|90.00|4.80|3.85|3.10|2.80|2.60|2.45|1.10|0.15|via DOH
Lagos|LOS|95.00|5.30|4.25|3.55|3.25|3.05|2.95|0.90|0.20|direct
AWB fee EUR 30.00 per air waybill
Handling EUR 0.12 per kg, minimum EUR 35.00, on every shipment
DGR check EUR 95.00 per AWB if applicable""",
        },
        rates=18, charge_rows=6, header={"currency": "EUR"},
        quotes=(
            # 280 kg ORD: as 300 × 2.35 = 705.00 (< 728); 294; 42; 30; 35 (33.60)
            (ports("AMS", "ORD", "280"), "2026-05-04", "1106.00", ()),
            # 15 kg SIN: 72 → 90; 16.50; 2.25; 30; 35
            (ports("AMS", "SIN", "15"), "2026-05-04", "173.75", ()),
            # 1,200 kg LOS: 3,540; 1,080; 240; 30; 144
            (ports("AMS", "LOS", "1200"), "2026-05-04", "5034.00", ()),
            (ports("AMS", "JFK", "50"), "2026-05-04", "", ()),
        ),
    ),
    ChargeCard(
        "pallet-network-zones-gb",
        {
            "Zones": """
Zone|Postcodes
A|B, CV, DY, WS, WV
B|BS, GL, OX, SN
C|AB10-25, DD, PH1-14
D|AB30-56, IV, KW, PH15-50""",
            "Prices": """
Dunlin Pallet Network Example plc
Rates for Example Garden Products Ltd, account DN4471, 01/04/2026 to 31/03/2027. Prices GBP per pallet, excl. VAT
|Next Day|||Economy (2-3 days)||
Zone|Quarter|Half|Full|Quarter|Half|Full
A|24.1|29.4|39.8|21.7|26.3|35.9
B|27.6|33.9|46.2|24.9|30.4|41.5
C|46.8|58.5|79.9|41.2|51.6|70.4
D|58.3|72.4|98.7|52.5|65.2|88.9""",
            "Extras": """
Service|Charge
Fuel levy|9.5% of the pallet price
Tail-lift|GBP 8.50 per consignment
Timed AM delivery|GBP 14.00 per consignment
Failed delivery|50% of the original charge""",
        },
        rates=24, fuel=1,
        quotes=(
            # AB43 is D (30-56), economy full 88.90; 8.45 (8.4455)
            (to("GB", "AB43 9AA", "600", pallets=1, equipment="Full", service="Economy (2-3 days)"), "2026-05-05",
             "97.35", ()),
            # AB12 is C, next day half: two of 58.50 = 117; 11.12 (11.115); 8.50
            (to("GB", "AB12 3CD", "500", pallets=2, equipment="Half", service="Next Day",
                accessorials=frozenset({"Tail-lift"})), "2026-05-05", "136.62", ()),
            # S is in no zone
            (to("GB", "S1 2AB", "500", pallets=1, equipment="Half", service="Next Day"), "2026-05-05", "", ()),
            # SN is B: quarter next day 27.60; 2.62 (2.622); AM 14
            (to("GB", "SN3 4AA", "150", pallets=1, equipment="Quarter", service="Next Day",
                accessorials=frozenset({"Timed AM delivery"})), "2026-05-05", "44.22", ()),
        ),
    ),
    ChargeCard(
        "relacje-przewoznicy-pl",
        {"Oferty": """
Zestawienie ofert przetargu 2026/03, ceny za kurs w EUR, ważne 01.04.2026 - 31.12.2026
Nr|Załadunek||Rozładunek||Pojazd|Żuraw Spedycja Przykład S.A.|Kormoran Trans Przykład S.A.|Dudek Logistyka Przykład
|Kraj|Miasto|Kraj|Miasto||||
1|PL|Łódź|DE|Lipsk|plandeka|720|695|
2|PL|Łódź|CZ|Brno|plandeka|610||640
3|PL|Gdynia|SE|Malmö|chłodnia|1480|1515|1450
4|PL|Gdynia|DE|Lipsk|chłodnia||1190|1210"""},
        rates=9, carriers=3,
        quotes=(
            ({"origin": {"country": "PL", "name": "Łódź"}, "destination": {"country": "DE", "name": "Lipsk"},
              "pieces": [{"weight": "20000"}], "equipment": "plandeka"}, "2026-05-04", "695.00", ()),
            ({"origin": {"country": "PL", "name": "Gdynia"}, "destination": {"country": "SE", "name": "Malmö"},
              "pieces": [{"weight": "18000"}], "equipment": "chłodnia"}, "2026-05-04", "1450.00", ()),
            ({"origin": {"country": "PL", "name": "Łódź"}, "destination": {"country": "CZ", "name": "Brno"},
              "pieces": [{"weight": "18000"}], "equipment": "chłodnia"}, "2026-05-04", "", ()),
        ),
    ),
    ChargeCard(
        "mileage-van-reefer-us",
        {"": """
Killdeer Truckload Example Inc (SCAC KLDX)
Mileage tariff KLDX 104, effective 04/01/2026, expires 03/31/2027
Rates in US dollars per mile, practical miles
Miles|Dry Van|Reefer|Flatbed
0 - 250|3.45|3.95|3.8
251 - 500|2.6|3.05|2.9
501 - 1000|2.2|2.55|2.45
1001 and over|1.95|2.3|2.2
Minimum charge $650.00 per load
Stop-off $75.00 per stop
Detention $60.00 per hour after 2 free hours
DOE national average ($/gal)|Fuel surcharge per mile
3.50 - 3.599|0.42
3.60 - 3.699|0.44
3.70 - 3.799|0.46""",
        },
        form="txt", rates=12, fuel=3,
        quotes=(
            # 430 miles reefer: 1,311.50; 430 × 0.44 = 189.20
            (to("US", "", "38000", weight_unit="lb", distance="430", distance_unit="mile", equipment="Reefer",
                fuel_index="3.65"), "2026-05-04", "1500.70", ()),
            # 120 miles van: 414 → 650; 55.20
            (to("US", "", "30000", weight_unit="lb", distance="120", distance_unit="mile", equipment="Dry Van",
                fuel_index="3.75"), "2026-05-04", "705.20", ()),
            # 1,200 miles flatbed: 2,640; 504
            (to("US", "", "30000", weight_unit="lb", distance="1200", distance_unit="mile", equipment="Flatbed",
                fuel_index="3.55"), "2026-05-04", "3144.00", ()),
        ),
    ),
    ChargeCard(
        "postnummer-utan-rubrik",
        {"": """
10000;19999;3;89,00
10000;19999;10;119,00
10000;19999;20;165,00
20000;39999;3;99,00
20000;39999;10;135,00
20000;39999;20;189,00
80000;98999;3;129,00
80000;98999;10;178,00
80000;98999;20;254,00""".replace(";", "|")},
        separator=";", rates=9, answers={"carrier_name": "Exempelposten", "currency": "SEK"},
        quotes=(
            (to("SE", "11350", "2.5"), "2026-05-04", "89.00", ()),
            (to("SE", "21120", "14"), "2026-05-04", "189.00", ()),
            (to("SE", "90325", "10"), "2026-05-04", "178.00", ()),
            (to("SE", "41101", "4"), "2026-05-04", "", ()),
        ),
    ),
    ChargeCard(
        "ltl-classes-pdf",
        {"": """
Bobolink Motor Freight Example LLC (SCAC BBLK)
Customer: Sample Fixtures Inc. Pricing no. 88214 effective 05/01/2026 - 04/30/2027
Class rates are dollars per 100 lbs and are subject to a 61.5% discount.
No shipment will be charged less than $104.50 net of discount.
Freight classes 50 through 70 will be rated as class 60; classes 77.5 through 100 as class 85.
From ZIP3|To ZIP3|Class|Minimum|Under 500|500|1,000|2,000|5,000
532|606|60|139|41.2|33.5|26.9|22.1|17.4
532|606|85|139|55.7|45.1|36.4|29.8|23.5
532|482|60|147|46.8|38.1|30.7|25.2|19.8
532|482|85|147|63.2|51.4|41.5|34|26.7
Fuel surcharge of 24% applies to the net charge.
Lift gate: $70.00. Inside delivery: $85.00.""",
        },
        form="pdf", rates=20, fuel=1,
        quotes=(
            # class 65 → 60, 1,700 lb: 17 × 26.90 = 457.30; as 2,000: 442.00 × 0.385 = 170.17; fuel 40.84 (40.8408)
            (lane("US", "53202", "60601", "1700", weight_unit="lb", freight_class="65"), "2026-06-01", "211.01", ()),
            # class 100 → 85, 300 lb: 189.60 × 0.385 = 73.00 → 104.50; 25.08; 70
            (lane("US", "53202", "48201", "300", weight_unit="lb", freight_class="100",
                  accessorials=frozenset({"Lift gate"})), "2026-06-01", "199.58", ()),
            # class 85, 6,000 lb: 60 × 23.50 = 1,410 × 0.385 = 542.85; fuel 130.28 (130.284)
            (lane("US", "53202", "60601", "6000", weight_unit="lb", freight_class="85"), "2026-06-01", "673.13", ()),
        ),
    ),
    ChargeCard(
        "stueckgut-maut-km",
        {
            "Frachten": """
Brachvogel Spedition Muster GmbH & Co. KG
Haustarif Stückgut ab 49 (Osnabrück), Kunde Muster Möbel GmbH, gültig ab 01.05.2026
Preise in EUR je Sendung
Gewicht|Zone 1|Zone 2|Zone 3|Zone 4
bis kg|48-49|32-33, 44-47|20-31|01-19, 60-99
100|'36,40|'42,80|'47,10|'58,90
300|'52,70|'63,40|'71,20|'92,60
500|'71,30|'88,10|'99,80|'131,40
'1.000|'104,60|'131,90|'150,70|'203,50
'2.000|'161,20|'204,80|'236,40|'324,70
je weitere angef. 100 kg|'6,90|'8,80|'10,40|'14,60""",
            "Maut": """
Mautgebühr in EUR je Sendung
Gewicht bis kg|bis 100 km|bis 200 km|bis 400 km|bis 800 km
300|'1,10|'1,90|'3,40|'5,90
'1.000|'2,30|'4,10|'7,60|'13,20
'2.000|'4,20|'7,70|'14,30|'25,10""",
            "Bedingungen": """
Dieselzuschlag auf die Fracht
Dieselpreis von EUR/l|bis unter|Zuschlag
'1,20|'1,30|'0,0 %
'1,30|'1,40|'2,5 %
'1,40|'1,50|'5,0 %
Sperrigkeit: 1 cbm = 250 kg, 1 Lademeter = 1.500 kg
Avisierung 7,50 EUR je Sendung
Palettentausch 3,20 EUR je Palette""",
        },
        rates=24, fuel=3, charge_rows=12,
        quotes=(
            # 80331 is zone 4, 420 kg → 500: 131.40; 1.45 is 5 %: 6.57; toll to 1,000 kg / 800 km 13.20
            (lane("DE", "49074", "80331", "420", distance="560", distance_unit="km", fuel_index="1.45"),
             "2026-06-01", "151.17", ()),
            # 30159 is zone 3; 2.5 m³ is 625 kg → 1,000: 150.70; 1.30 is 2.5 %: 3.77 (3.7675); 1,000 kg / 200 km 4.10
            (lane("DE", "49074", "30159", "210", volume_m3="2.5", distance="130", distance_unit="km",
                  fuel_index="1.30"), "2026-06-01", "158.57", ()),
            # 2,250 kg to 49: 161.20 + 3 × 6.90 = 181.90; 0 %; the toll ends at 2,000 kg
            (lane("DE", "49074", "49525", "2250", distance="40", distance_unit="km", fuel_index="1.25"),
             "2026-06-01", "181.90", ("toll",)),
        ),
    ),
    ChargeCard(
        "kuryr-matice-cz",
        {"Ceník": """
Čejka Kurýr Ukázka s.r.o.
Ceník přepravy balíků mezi městy do 30 kg, platný od 1. 3. 2026 do 28. 2. 2027, ceny v Kč bez DPH
Z / Do|Praha|Brno|Ostrava|Plzeň
Praha|95|145|175|130
Brno|145|95|140|165
Ostrava|175|140|95|195
Plzeň|130|165|195|95
Palivový příplatek 8 %
Doběrečné 35 Kč za zásilku
Nadměrná zásilka 60 Kč za kus"""},
        rates=16, fuel=1,
        asks=("figure_not_understood",),
        quotes=(
            # 145; 11.60
            (_cities("CZ", "Praha", "Brno", "12"), "2026-05-04", "156.60", ()),
            # 195; 15.60; cash on delivery 35
            (_cities("CZ", "Plzeň", "Ostrava", "7", accessorials=frozenset({"Doběrečné"})), "2026-05-04", "245.60", ()),
            # heavier than the list holds
            (_cities("CZ", "Praha", "Brno", "45"), "2026-05-04", "", ()),
        ),
    ),
    ChargeCard(
        "kargo-desi-tr",
        {
            "Mesafeler": """
İl|Hat
İstanbul|Şehir içi
Kocaeli|Yakın
Bursa|Yakın
Ankara|Orta
Van|Uzak""",
            "Fiyatlar": """
Turna Kargo Örnek A.Ş.
2026 yurt içi kargo fiyat listesi, İstanbul çıkışlı, 01.02.2026 - 31.12.2026 arası geçerlidir, fiyatlar TL, KDV hariç
Desi/Kg|Şehir içi|Yakın|Orta|Uzak
0-1|48|55|62|74
2-5|63|72|84|103
6-10|82|95|113|142
11-20|118|139|168|217
21-30|156|187|229|301
Yakıt farkı %6
Kapıda ödeme 30 TL
Desi hesabı: en x boy x yükseklik / 3000""",
        },
        rates=20, fuel=1, zones=5,
        asks=("figure_not_understood",),
        quotes=(
            # Ankara is Orta: 8 kg 113; 6.78
            (_cities("TR", "İstanbul", "Ankara", "8"), "2026-05-04", "119.78", ()),
            # Van is Uzak: 25 kg 301; 18.06; at the door 30
            (_cities("TR", "İstanbul", "Van", "25", accessorials=frozenset({"Kapıda ödeme"})), "2026-05-04", "349.06",
             ()),
            # 1.4 kg begins the step 2-5: Bursa 72; 4.32
            (_cities("TR", "İstanbul", "Bursa", "1.4"), "2026-05-04", "76.32", ()),
        ),
    ),
    ChargeCard(
        "kombi-jarnvag-se",
        {"Priser": """
Tranan Intermodal Exempel AB
Prislista kombitrafik 2026-04-01 - 2027-03-31, SEK per enhet, exkl. moms
Från terminal|Till terminal|20' container|40' container|45' container|Trailer
Göteborg|Umeå|5200|7900|8300|9100
Göteborg|Eskilstuna|2900|4300|4500|4950
Malmö|Umeå|6100|9300|9750|10600
Malmö|Eskilstuna|3700|5500|5800|6300
Klimattillägg 4,5 % på fraktpriset
Terminallyft 310 SEK per enhet, ingår ej, debiteras alltid
ADR 850 SEK per enhet
Priserna gäller även i motsatt riktning"""},
        rates=32,
        asks=("figure_not_understood",),
        quotes=(
            # 7,900; 355.50; 310
            (_cities("SE", "Göteborg", "Umeå", "22000", equipment="40' container", containers=1), "2026-06-01",
             "8565.50", ()),
            # the other way: 6,300; 283.50; 310
            (_cities("SE", "Eskilstuna", "Malmö", "22000", equipment="Trailer", containers=1), "2026-06-01",
             "6893.50", ()),
            # two of 20': 5,800; 261; 620
            (_cities("SE", "Göteborg", "Eskilstuna", "30000", equipment="20' container", containers=2), "2026-06-01",
             "6681.00", ()),
        ),
    ),
    ChargeCard(
        "ultima-milha-pt",
        {"": """
Andorinha Entregas Exemplo, Lda
Preçário de última milha em vigor de 01/03/2026 a 28/02/2027
Valores em euros por entrega, IVA não incluído
Área;CP inicial;CP final;até 5 kg;até 15 kg;até 30 kg;kg adicional
Grande Lisboa;1000;2799;3,85;5,10;7,40;0,21
Centro;3000;3999;4,60;6,20;9,10;0,27
Grande Porto;4000;4999;3,95;5,25;7,60;0,22
Algarve;8000;8999;5,20;7,30;11,20;0,34
Taxa de combustível: 6,8% sobre o valor da entrega
Segunda tentativa: 50% do valor da entrega
Cobrança no destino: 1,5% do valor cobrado, mínimo 2,00 €
Janela de duas horas: 2,50 € por entrega""".replace(";", "|")},
        separator=";", rates=16, fuel=1,
        asks=("figure_not_understood",),
        quotes=(
            # 12 kg to 4050: 5.25; 0.36 (0.357)
            (to("PT", "4050-123", "12"), "2026-05-04", "5.61", ()),
            # 38 kg to 8000: 11.20 + 8 × 0.34 = 13.92; 0.95 (0.94656)
            (to("PT", "8000-100", "38"), "2026-05-04", "14.87", ()),
            # 3 kg to 1200: 3.85; 0.26; window 2.50
            (to("PT", "1200-010", "3", accessorials=frozenset({"Janela de duas horas"})), "2026-05-04", "6.61", ()),
            (to("PT", "7000-500", "3"), "2026-05-04", "", ()),
        ),
    ),
    ChargeCard(
        "lager-und-versand",
        {"Preisliste": """
Kranich Fulfillment Muster GmbH
Preisblatt Lager und Versand, gültig 01.01.2026 bis 31.12.2026, alle Preise EUR netto
1. Lagerung und Handling
Leistung|Preis|Einheit
Lagerplatz Palette|6,20|je Palette und Monat
Wareneingang Palette|4,80|je Palette
Kommissionierung|0,45|je Position
Verpackung|0,95|je Paket
2. Paketversand
Land|bis 1 kg|bis 5 kg|bis 10 kg|bis 31,5 kg
Deutschland|3,95|4,60|5,90|9,80
Österreich|7,40|8,90|11,60|18,20
Niederlande|6,90|8,10|10,70|16,90
Maut und Energie 0,35 je Paket
Inselzuschlag 12,50 je Paket"""},
        rates=12,
        quotes=(
            # 4.60; 0.35
            (to("DE", "50667", "3.2"), "2026-05-04", "4.95", ()),
            # 11.60; 0.35; packing 0.95
            (to("AT", "1010", "7", accessorials=frozenset({"Verpackung"})), "2026-05-04", "12.90", ()),
            (to("NL", "1011AB", "35"), "2026-05-04", "", ()),
        ),
    ),
    ChargeCard(
        "paczki-strefy-pl",
        {
            "Strefy": """
Strefa|Kraje
1|Niemcy, Czechy, Słowacja
2|Austria, Węgry, Holandia, Belgia
3|Francja, Włochy, Dania
4|Hiszpania, Portugalia, Grecja""",
            "Cennik": """
Bekas Express Przykład Sp. z o.o.
Cennik paczek międzynarodowych, obowiązuje od 2026-03-01 do 2026-12-31
Ceny netto w PLN za paczkę
Waga do|Strefa 1|Strefa 2|Strefa 3|Strefa 4
1 kg|42,00|51,00|58,00|69,00
3 kg|47,50|58,00|67,00|81,00
5 kg|54,00|66,50|78,00|96,00
10 kg|66,00|83,00|101,00|128,00
20 kg|88,00|114,00|143,00|187,00
każdy kolejny kg|4,10|5,60|7,20|9,80
Dopłata paliwowa 14%
Ubezpieczenie 0,8% wartości, min. 6,00 PLN
Element niestandardowy 45,00 PLN za paczkę""",
        },
        rates=24, fuel=1, zones=13,
        quotes=(
            # Hungary is 2: 4 kg 66.50; 9.31
            (to("HU", "1011", "4"), "2026-05-04", "75.81", ()),
            # Spain is 4: 22.3 kg: 187 + 3 × 9.80 = 216.40; 30.30 (30.296)
            (to("ES", "28001", "22.3"), "2026-05-04", "246.70", ()),
            # France: 9 kg 101; 14.14; odd shape 45
            (to("FR", "75001", "9", accessorials=frozenset({"Element niestandardowy"})), "2026-05-04", "160.14", ()),
            (to("SE", "11120", "2"), "2026-05-04", "", ()),
        ),
    ),
)  # fmt: skip
