"""Further made-up cards in the same shapes, of other senders and layouts, drawn to see how far the rules reach."""

from __future__ import annotations

from samples.charge_cards.records import ChargeCard


def _lane(origin: str, destination: str, weight: str, country: str = "DE", **more: object) -> dict[str, object]:
    return {
        "origin": {"country": country, "postal": origin}, "destination": {"country": country, "postal": destination},
        "pieces": [{"weight": weight}], **more,
    }  # fmt: skip


def _to(country: str, postal: str = "", weight: str = "1", **more: object) -> dict[str, object]:
    return {"destination": {"country": country, "postal": postal}, "pieces": [{"weight": weight}], **more}


CARDS = (
    ChargeCard(
        "shop-rates-es",
        {
            "": """
Pais|Region/Provincia|Codigo postal|Peso (y superior)|Precio envio
ES|*|*|0|4,95
ES|*|*|5|7,50
ES|*|*|15|12,90
ES|*|07*|0|9,90
ES|*|07*|5|15,00
PT|*|*|0|6,80
PT|*|*|5|10,20"""
        },
        separator=";",
        rates=7,
        answers={"carrier_name": "Envios Muestra", "currency": "EUR", "weight_unit": "kg"},
        asks=("card_field_missing",),
        quotes=(
            (_to("ES", "28001", "5"), "2026-05-04", "7.50", ()),
            (_to("ES", "07012", "3"), "2026-05-04", "9.90", ()),
            (_to("PT", "1000-001", "20"), "2026-05-04", "10.20", ()),
        ),
    ),
    ChargeCard(
        "express-guide-uk",
        {
            "Cover": """
Kestrel Worldwide Express Ltd
Rate guide 2026 – United Kingdom export
Account: 88213004
Effective 1 January 2026 to 31 December 2026
Rates in GBP excluding VAT. Volumetric weight = L x W x H (cm) / 5000""",
            "Zone chart": """
Country|Code|Zone
Ireland|IE|1
Germany|DE|2
France|FR|2
United States|US|4
Japan|JP|5""",
            "Export": """
Express parcels – zone
Weight (kg)|1|2|4|5
0.5|16.1|19.4|26.2|31.5
1|17.3|21.2|29.9|36.1
2|19.8|25|37.4|45.4
5|27.2|36.3|60|73.2
10|38.9|54.6|97.5|119.8
Each additional 0.5 kg above 10 kg|0.9|1.45|2.8|3.4""",
            "Extras": """
Surcharge|Amount|When
Fuel|22.5%|of transport charges
Remote area|£22.00 per shipment or £0.50 per kg if higher|
Saturday delivery|£12.00 per shipment|on request
Over-length piece (>120 cm)|£18.00 per piece|""",
        },
        rates=24,
        zones=5,
        asks=("figure_not_understood",),
        quotes=(
            # 25 + 22.5% = 5.63 (5.625)
            (_to("FR", "75001", "1.4", origin={"country": "GB"}), "2026-03-02", "30.63", ()),
            # 12.2 kg: 97.5 + 5 × 2.8 = 111.5; 22.5% = 25.09 (25.0875)
            (_to("US", "10001", "12.2", origin={"country": "GB"}), "2026-03-02", "136.59", ()),
        ),
    ),
    ChargeCard(
        "ltl-class-tariff-c",
        {
            "Agreement": """
Sierra Basin Freight Systems Inc.
SCAC SBFS
Pricing schedule SB-104
Effective Date: 06/01/2026    Expiration Date: 05/31/2027
Shipments are rated on tariff SBFS 500 less 70%.
Minimum net charge per shipment: $98.75
All classes from 50 to 100 will be rated as class 65.
Fuel surcharge applies per FSC table on net linehaul.""",
            "Tariff": """
Origin|Destination|Class|Min|<500|500|1000|2000|5000|10000
NV 891|CA 900|65|150|61.1|50.2|41.9|35.8|29.9|25.1
NV 891|CA 900|125|150|98.8|81.2|67.8|57.9|48.3|40.6
NV 891|UT 841|65|138|48.3|39.6|33.1|28.2|23.6|19.8
NV 891|UT 841|125|138|78.1|64.2|53.5|45.7|38.2|32.1
Rates in dollars per hundred pounds""",
            "FSC": """
EIA national average diesel ($/gal)|Surcharge
3.00 - 3.10|20.0%
3.10 - 3.20|20.5%
3.20 - 3.30|21.0%""",
        },
        rates=24,
        fuel=3,
        quotes=(
            # class 85→65: 1200 × 41.9/cwt=502.80 ; as 2000×35.8=716; ×.3=150.84; 20.5 % = 30.92
            (
                {
                    **_lane("89101", "90012", "1200", "US"),
                    "weight_unit": "lb",
                    "freight_class": "85",
                    "fuel_index": "3.15",
                },
                "2026-07-06",
                "181.76",
                (),
            ),
            # 125: 300 × 78.1 = 234.3 ×.3 = 70.29 → 98.75; 20% = 19.75
            (
                {
                    **_lane("89101", "84101", "300", "US"),
                    "weight_unit": "lb",
                    "freight_class": "125",
                    "fuel_index": "3.00",
                },
                "2026-07-06",
                "118.50",
                (),
            ),
        ),
    ),
    ChargeCard(
        "ocean-fcl-charges-de",
        {
            "Raten": """
Nordhafen Reederei Beispiel GmbH
Seefrachtraten FCL, gültig 01.07.2026 – 30.09.2026
Ladehafen|Löschhafen|Container|Seefracht USD|BAF USD|THC Ladehafen EUR|Laufzeit Tage
Hamburg|Shanghai|20'DV|780|190|255|34
Hamburg|Shanghai|40'HC|1320|380|255|34
Bremerhaven|Busan|20'DV|810|190|250|36
Bremerhaven|Busan|40'HC|1385|380|250|36
B/L-Gebühr: EUR 45,00 je B/L, immer"""
        },
        rates=4,
        charge_rows=8,
        asks=("mixed_currency",),
        quotes=(
            (
                {
                    "origin": {"name": "Hamburg"},
                    "destination": {"name": "Shanghai"},
                    "equipment": "40'HC",
                    "pieces": [{"weight": "9000"}],
                },
                "2026-08-01",
                "1700.00",
                (),
            ),
        ),
    ),
    ChargeCard(
        "ocean-lcl-it",
        {
            "": """
Consolidatore Esempio S.p.A.
Tariffa LCL export da Genova (ITGOA) - validità 01/06/2026 - 31/08/2026
Porto di sbarco|Nolo USD per W/M|Minimo|Transito gg
New York (USNYC)|68,00|68,00|19
Singapore (SGSIN)|35,00|70,00|26
Jebel Ali (AEJEA)|41,00|82,00|21

Diritto fisso: 50,00 USD per B/L (sempre)
Minimo tassabile 1 W/M"""
        },
        separator=";",
        rates=3,
        quotes=(
            (
                {
                    "origin": {"code": "ITGOA"},
                    "destination": {"code": "USNYC"},
                    "pieces": [{"weight": "2600"}],
                    "volume_m3": "1.9",
                },
                "2026-07-01",
                "226.80",
                (),
            ),
            (
                {
                    "origin": {"code": "ITGOA"},
                    "destination": {"code": "SGSIN"},
                    "pieces": [{"weight": "300"}],
                    "volume_m3": "0.4",
                },
                "2026-07-01",
                "120.00",
                (),
            ),
        ),
    ),
    ChargeCard(
        "air-freight-nl",
        {
            "Rates": """
Luchtvracht Voorbeeld B.V.
Netto tarieven per kg in EUR ex AMS, geldig 01-04-2026 t/m 30-09-2026
Volume 1:6 (1 m³ = 166,67 kg)
Bestemming|Min|<45|45|100|300|500|1000
JNB|'85,00|'4,10|'3,40|'2,75|'2,50|'2,35|'2,20
DXB|'70,00|'3,20|'2,60|'2,05|'1,85|'1,70|'1,60

Brandstoftoeslag EUR 0,95 per kg werkelijk gewicht
Security EUR 0,14 per kg, minimum EUR 15,00
AWB fee EUR 30,00 per AWB"""
        },
        rates=12,
        quotes=(
            # 220 kg × 2.05 = 451; as 300×1.85=555; fuel 209; security 30.80; AWB 30
            (
                {"origin": {"code": "AMS"}, "destination": {"code": "DXB"}, "pieces": [{"weight": "220"}]},
                "2026-05-04",
                "720.80",
                (),
            ),
        ),
    ),
    ChargeCard(
        "groupage-distance-de",
        {
            "Tarif": """
Spedition Muster & Söhne GmbH & Co. KG
Kundentarif Nr. 2216 für Beispiel Möbel AG
gültig ab 01.01.2026
Preise netto in EUR, zzgl. Maut und Dieselzuschlag

||Entfernung bis km|||
Gewicht bis kg|Mindestfracht|100|200|400|800
100|'32,00|'32,00|'38,50|'46,20|'58,90
300|'32,00|'49,80|'61,00|'74,30|'96,70
500|'32,00|'68,40|'84,20|'103,50|'135,80
1000|'32,00|'102,60|'128,40|'160,20|'212,00
1 cbm = 300 kg, 1 LDM = 1.650 kg, 1 Stellplatz = 660 kg
Dieselzuschlag: 6,0 % auf die Fracht
Maut: 7,5 % auf die Fracht
Avisgebühr: 8,00 EUR je Sendung"""
        },
        rates=16,
        fuel=1,
        quotes=(
            # 260 kg, 310 km: 74.30; toll 5.57 (5.5725); diesel 4.46 (4.458)
            ({**_lane("20095", "10115", "260"), "distance": "310"}, "2026-02-02", "84.33", ()),
        ),
    ),
    ChargeCard(
        "tabela-excedente",
        {
            "": """
TransAurora Logística S.A.
TABELA DE FRETE - CARGA FRACIONADA
Vigência 01/06/2026 a 31/05/2027||||||||
Origem: Joinville (SC) - valores em R$
|||Faixa de peso (kg)|||||
Destino|CEP inicial|CEP final|0 a 10|10 a 30|30 a 60|60 a 100|kg excedente acima de 100|Ad Valorem sobre NF
Florianópolis|88000-000|88099-999|21,50|27,80|36,40|48,90|0,42|0,25%
Curitiba|80000-000|82999-999|23,10|29,90|39,20|52,70|0,46|0,30%
Porto Alegre|90000-000|91999-999|28,40|37,10|49,80|68,30|0,61|0,35%

Pedágio: R$ 3,90 por fração de 100 kg
GRIS: 0,20% sobre o valor da NF, mínimo R$ 4,00
Despacho: R$ 6,00 por CT-e
Cubagem: 300 kg por m³
ICMS não incluso: 12% por dentro"""
        },
        separator=";",
        rates=15,
        charge_rows=3,
        quotes=(
            # 25 kg Curitiba 29.90; ad valorem .30% of 2000 = 6; pedágio 3.90; gris 4.00; despacho 6
            # 49.80 / .88 = 56.59
            (
                {
                    "origin": {"country": "BR", "name": "Joinville"},
                    "destination": {"country": "BR", "postal": "80010-000"},
                    "pieces": [{"weight": "25"}],
                    "declared_value": "2000",
                },
                "2026-07-01",
                "56.59",
                (),
            ),
            # 130 kg POA: 68.30 + 30×.61=86.60; ad valorem .35% 5000=17.5; ped 2×3.9=7.8; gris 10; desp 6
            # 127.90 / .88 = 145.34
            (
                {
                    "origin": {"country": "BR", "name": "Joinville"},
                    "destination": {"country": "BR", "postal": "90010-000"},
                    "pieces": [{"weight": "130"}],
                    "declared_value": "5000",
                },
                "2026-07-01",
                "145.34",
                (),
            ),
        ),
    ),
    ChargeCard(
        "pallet-areas-uk",
        {
            "Sheet1": """
Severn Vale Pallets Limited
Pallet rates ex Bristol from 06/04/2026 to 05/04/2027 (GBP, ex VAT)
Postcode|Zone|Quarter|Half|Full
BS, BA, GL|A|32.5|38|47
CF, NP, SN|B|36|43.5|54
B, CV, WR|C|38.5|46|58
AB10-16, AB21-25|H|81|99|132
Fuel surcharge 10.0% on all rates
Tail lift £8.50 per consignment"""
        },
        rates=12,
        fuel=1,
        quotes=(
            (
                {
                    "destination": {"country": "GB", "postal": "B1 1AA"},
                    "origin": {"country": "GB", "postal": "BS1 1AA"},
                    "pieces": [{"weight": "400"}],
                    "pallets": 1,
                    "equipment": "Full",
                },
                "2026-05-05",
                "63.80",
                (),
            ),
            (
                {
                    "destination": {"country": "GB", "postal": "AB25 1AA"},
                    "origin": {"country": "GB", "postal": "BS1 1AA"},
                    "pieces": [{"weight": "400"}],
                    "pallets": 1,
                    "equipment": "Half",
                },
                "2026-05-05",
                "108.90",
                (),
            ),
            (
                {
                    "destination": {"country": "GB", "postal": "BH1 1AA"},
                    "origin": {"country": "GB", "postal": "BS1 1AA"},
                    "pieces": [{"weight": "400"}],
                    "pallets": 1,
                    "equipment": "Half",
                },
                "2026-05-05",
                "",
                (),
            ),
        ),
    ),
    ChargeCard(
        "lanes-by-carrier-de",
        {
            "": """
Spediteur|Von Land|Von PLZ|Nach Land|Nach PLZ|Fahrzeug|Preis EUR|Laufzeit (Tage)
Alpha Cargo GmbH|DE|44|FR|69|Tautliner 24 t|1390,00|2
Beta Trans s.r.o.|DE|44|FR|69|Tautliner 24 t|1275,00|3
Beta Trans s.r.o.|DE|44|CZ|11|Tautliner 24 t|1020,00|2
Gamma Logistics BV|DE|44|NL|30|Tautliner 24 t|540,00|1
Alpha Cargo GmbH|DE|44|NL|30|Tautliner 24 t|585,00|1"""
        },
        separator=";",
        rates=5,
        carriers=3,
        asks=("validity_missing",),
        quotes=(
            (
                {
                    "origin": {"country": "DE", "postal": "44137"},
                    "destination": {"country": "FR", "postal": "69003"},
                    "pieces": [{"weight": "20000"}],
                },
                "2026-05-05",
                "1275.00",
                (),
            ),
            (
                {
                    "origin": {"country": "DE", "postal": "44137"},
                    "destination": {"country": "NL", "postal": "3011"},
                    "pieces": [{"weight": "20000"}],
                },
                "2026-05-05",
                "540.00",
                (),
            ),
        ),
    ),
    ChargeCard(
        "mileage-minimum-us",
        {
            "": """
Redwood Regional Transport LLC
Contract mileage rates, effective 04/01/2026
Miles|Van rate per mile|Reefer rate per mile|Minimum
0-100|4.10|4.60|300.00
101-300|3.15|3.55|410.00
301-9999|2.45|2.80|945.00
Fuel surcharge: $0.42 per mile
Layover: $250.00 per day"""
        },
        separator=",",
        rates=6,
        answers={"currency": "USD"},
        asks=(),
        quotes=(
            (
                {"destination": {"country": "US"}, "distance": "180", "distance_unit": "mile", "equipment": "Van"},
                "2026-05-04",
                "642.60",
                (),
            ),
        ),
    ),
    ChargeCard(
        "letters-headerless",
        {
            "": """
Standardbrief|bis 20 g|0,95
Kompaktbrief|bis 50 g|1,10
Grossbrief|bis 500 g|1,80
Maxibrief|bis 1000 g|2,90"""
        },
        separator=";",
        asks=("mapping_doubtful",),
    ),
    ChargeCard(
        "pallet-zones-fr",
        {
            "Tarifs": """
Transports Loire Modèle SARL
Barème de prix au 01/02/2026 (valable jusqu'au 31/01/2027), EUR HT par expédition
Palettes|Zone 1 (44, 49)|Zone 2 (35, 53, 72)|Zone 3 (14, 50, 61)
1|58|66|81
2|97|112|139
3|131|152|190
4|161|188|236
Surcharge carburant : 8,4 %
Livraison sur rendez-vous : 9,50 €"""
        },
        rates=12,
        fuel=1,
        quotes=(
            # 3 pallets zone 2 152 + 8.4% 12.77 (12.768)
            ({**_lane("44000", "35000", "1200", "FR"), "pallets": 3}, "2026-04-01", "164.77", ()),
        ),
    ),
)
