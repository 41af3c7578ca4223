"""Made-up cards of shops, posts, couriers and express carriers, drawn after the rules of the sets before."""

from __future__ import annotations

from samples.charge_cards.records import ChargeCard
from samples.charge_cards.shipments import lane, to

CARDS = (
    ChargeCard(
        "woo-row-and-weight",
        {"": """
shipping_class|countries|min_weight|max_weight|row_cost|cost_per_kg|label
|GB|0|5|4.50|0.00|Standard
|GB|5|20|6.00|0.35|Standard
|GB|20||9.00|0.55|Standard
|IE, FR, BE|0|5|9.90|0.40|Standard
|IE, FR, BE|5||12.00|0.80|Standard"""},
        separator=",", rates=5,
        answers={"carrier_name": "Example Shop", "currency": "GBP", "weight_unit": "kg"},
        quotes=(
            (to("GB", "LS1 4AP", "8"), "2026-05-04", "8.80", ()),  # 6.00 + 8 × 0.35
            (to("FR", "75001", "3"), "2026-05-04", "11.10", ()),  # 9.90 + 3 × 0.40
            (to("BE", "1000", "10"), "2026-05-04", "20.00", ()),  # 12.00 + 10 × 0.80
            (to("DE", "10115", "1"), "2026-05-04", "", ()),
        ),
    ),
    ChargeCard(
        "shop-profile-de",
        {"": """
Zone|Länder|Versandart|Bedingung|Von|Bis|Preis
Inland|DE|Standard|Gewicht|0 kg|5 kg|4,90 €
Inland|DE|Standard|Gewicht|5 kg|31,5 kg|8,90 €
Inland|DE|Express|Gewicht|0 kg|5 kg|12,90 €
Nachbarn|AT, LU, NL|Standard|Gewicht|0 kg|5 kg|11,50 €
Nachbarn|AT, LU, NL|Standard|Gewicht|5 kg|31,5 kg|17,90 €"""},
        separator=";", rates=5, answers={"carrier_name": "Musterladen", "currency": "EUR", "weight_unit": "kg"},
        quotes=(
            (to("DE", "20095", "7", service="Standard"), "2026-05-04", "8.90", ()),
            (to("DE", "20095", "3", service="Express"), "2026-05-04", "12.90", ()),
            (to("LU", "1111", "6", service="Standard"), "2026-05-04", "17.90", ()),
            (to("FR", "75001", "1"), "2026-05-04", "", ()),
        ),
    ),
    ChargeCard(
        "express-fr-zones-en-texte",
        {
            "Conditions": """
Hirondelle Express SAS
Tarif export 2026 au départ de France, applicable du 01/01/2026 au 31/12/2026
Prix en euros hors TVA
Poids volumétrique : L x l x H (cm) / 5000
Surcharge carburant : 18,5 % du transport
Zone 1 : Belgique, Luxembourg, Pays-Bas
Zone 2 : Allemagne, Espagne, Italie
Zone 3 : Suisse, Norvège""",
            "Tarif": """
Colis
Poids (kg)|Zone 1|Zone 2|Zone 3
1|'14,20|'16,80|'24,50
2|'15,60|'18,90|'28,10
5|'19,90|'24,40|'37,60
10|'27,30|'33,70|'52,40
Prix par kg au-delà de 10 kg (poids total)
10,1 - 30|'2,60|'3,20|'5,00
30,1 - 70|'2,40|'2,90|'4,60""",
        },
        rates=18, fuel=1,
        quotes=(
            (to("DE", "10115", "4.2", origin={"country": "FR"}), "2026-03-02", "28.91", ()),  # 24.40 + 4.51 (4.514)
            # 12 kg × 2.60 = 31.20; 18.5 % = 5.77 (5.772)
            (to("BE", "1000", "12", origin={"country": "FR"}), "2026-03-02", "36.97", ()),
            # 40 kg × 4.60 = 184.00; 34.04
            (to("CH", "8001", "40", origin={"country": "FR"}), "2026-03-02", "218.04", ()),
            (to("US", "10001", "1", origin={"country": "FR"}), "2026-03-02", "", ()),
        ),
    ),
    ChargeCard(
        "post-lines-da",
        {"": """
Eksempel Pakkepost A/S
Prisliste pakker, gældende fra 01.02.2026. Alle priser i DKK inkl. moms
Vægt|Danmark|Sverige|Norge
Til og med 1 kg|59,00|119,00|139,00
Til og med 5 kg|79,00|149,00|179,00
Til og med 10 kg|99,00|189,00|239,00
Til og med 20 kg|139,00|259,00|339,00
Omdeling lørdag: 45,00 DKK pr. pakke"""},
        form="txt", rates=12,
        quotes=(
            (to("SE", "11122", "4.5"), "2026-04-01", "149.00", ()),
            (to("DK", "8000", "20"), "2026-04-01", "139.00", ()),
            (to("NO", "0150", "0.4"), "2026-04-01", "139.00", ()),
            (to("FI", "00100", "1"), "2026-04-01", "", ()),
        ),
    ),
    ChargeCard(
        "paczki-kolejny-kg",
        {"": """
Przykładowa Spedycja Sp. z o.o.
Cennik przesyłek międzynarodowych ważny od 01.03.2026 do 28.02.2027
Ceny netto w PLN
Kraj|Kod|do 1 kg|do 5 kg|do 10 kg|do 30 kg|każdy kolejny kg
Niemcy|DE|39,00|49,00|64,00|99,00|3,20
Czechy|CZ|35,00|45,00|58,00|89,00|2,90
Francja|FR|55,00|72,00|95,00|149,00|4,80
Opłata paliwowa: 14%
Ubezpieczenie: 0,5% wartości towaru, minimum 10,00 PLN"""},
        separator=";", encoding="cp1250", rates=15, fuel=1,
        quotes=(
            (to("DE", "10115", "7"), "2026-04-01", "72.96", ()),  # 64.00 + 14 % = 8.96
            (to("CZ", "11000", "33"), "2026-04-01", "111.38", ()),  # 89 + 3 × 2.90 = 97.70; 13.68 (13.678)
            # 72.00 + 10.08; 0.5 % of 1,200 = 6.00 → 10.00
            (to("FR", "75001", "5", declared_value="1200", accessorials=frozenset({"Ubezpieczenie"})), "2026-04-01",
             "92.08", ()),
        ),
    ),
    ChargeCard(
        "first-and-further-weight",
        {"Rates": """
Sample Pearl Express (HK) Ltd
国际快递价目表 / International courier rates, valid from 2026-03-01 to 2026-08-31, HKD
Country|Code|First 0.5 kg|Each additional 0.5 kg|Transit
Japan|JP|118|26|2-3
Singapore|SG|132|31|2-4
Australia|AU|176|45|3-5
Fuel surcharge 16% on freight
Remote area: HKD 4.5 per kg, minimum HKD 180"""},
        rates=6, fuel=1,
        quotes=(
            (to("JP", "", "0.4", origin={"country": "HK"}), "2026-04-01", "136.88", ()),  # 118 + 18.88
            # 1.7 kg → 2.0: 132 + 3 × 31 = 225; 36.00
            (to("SG", "", "1.7", origin={"country": "HK"}), "2026-04-01", "261.00", ()),
            # 10 kg: 176 + 19 × 45 = 1,031; fuel 164.96; remote 45 → 180
            (to("AU", "", "10", origin={"country": "HK"}, accessorials=frozenset({"Remote area"})), "2026-04-01",
             "1375.96", ()),
        ),
    ),
    ChargeCard(
        "parcel-us-two-services",
        {
            "Info": """
Larkspur Parcel Inc.
Customer rate schedule, effective 01/05/2026
Rates in USD. Dimensional divisor 139""",
            "Zones": """
Destination ZIP|Ground|2nd Day
010-089|7|207
100-199|6|206
300-399|4|204
900-961|8|208""",
            "Ground": """
Weight Not To Exceed|4|6|7|8
1 lb|8.91|9.84|10.12|10.77
2 lb|9.4|10.66|11.05|11.98
5 lb|10.55|12.71|13.64|15.02
10 lb|12.38|15.9|18.02|20.45
Each additional lb|0.55|0.82|0.98|1.2""",
            "2nd Day": """
Weight Not To Exceed|204|206|207|208
1 lb|17.2|21.3|23.05|26.4
2 lb|18.9|23.8|26.2|30.1
5 lb|23.6|32.4|36.8|43.9
10 lb|31.2|46.1|53.5|65.7""",
            "Extras": """
Accessorial|Charge
Residential|$5.55 per package
Fuel surcharge|17.75%""",
        },
        rates=36,
        quotes=(
            # zone 6, up to 5 lb 12.71; 17.75 % = 2.26 (2.256)
            (to("US", "10001", "3", weight_unit="lb", service="Ground"), "2026-02-02", "14.97", ()),
            # zone 208, up to 10 lb 65.70; 11.66 (11.66175)
            (to("US", "90012", "7", weight_unit="lb", service="2nd Day"), "2026-02-02", "77.36", ()),
            # zone 4, 13 lb: 12.38 + 3 × 0.55 = 14.03; 2.49 (2.490)
            (to("US", "30301", "13", weight_unit="lb", service="Ground"), "2026-02-02", "16.52", ()),
        ),
    ),
    ChargeCard(
        "kurier-nachnahme-at",
        {"": """
Murmeltier Kurier GmbH
Tarif Österreich, gültig ab 01.04.2026, alle Preise in EUR exkl. USt.
Gewicht bis|Paket|Express
3 kg|6,20|11,90
10 kg|8,40|15,50
20 kg|11,10|21,80
31,5 kg|14,90|29,40
Treibstoffzuschlag 9,5 % auf den Paketpreis
Nachnahme: 1,5 % des Nachnahmebetrags, mindestens 5,00 EUR
Samstagszustellung 7,50 EUR je Paket"""},
        form="txt", rates=8, fuel=1,
        quotes=(
            (lane("AT", "1010", "8010", "9", service="Paket"), "2026-05-04", "9.20", ()),  # 8.40 + 0.80 (0.798)
            (lane("AT", "1010", "6020", "31.5", service="Express"), "2026-05-04", "32.19", ()),  # 29.40 + 2.79 (2.793)
            # 15.50 + 1.47 (1.4725) + 7.50
            (lane("AT", "1010", "4020", "4", service="Express", accessorials=frozenset({"Samstagszustellung"})),
             "2026-05-04", "24.47", ()),
        ),
    ),
)  # fmt: skip
