"""More made-up cards of shops, express carriers, posts, ocean and air carriers."""

from __future__ import annotations

from samples.charge_cards.records import ChargeCard


def _to(country: str, postal: str = "", weight: str = "1", **more: object) -> dict[str, object]:
    return {"destination": {"country": country, "postal": postal}, "pieces": [{"weight": weight}], **more}


CARDS = (
    ChargeCard(
        "shop-items-en",
        {
            "": """
Country|Region/State|Zip/Postal Code|# of Items (and above)|Shipping Price
GBR|*|*|1|4.95
GBR|*|*|4|7.95
GBR|*|*|10|0.00
GBR|*|IV*|1|9.50
IRL|*|*|1|12.00
IRL|*|*|4|19.00"""
        },
        separator=",",
        rates=6,
        checks=({"destination": "GB", "break_basis": "piece", "break_from": "4", "break_to": "10", "value": "7.95"},),
        answers={"carrier_name": "Example Couriers", "currency": "GBP"},
        asks=("card_field_missing",),
        quotes=(
            (
                {"destination": {"country": "GB", "postal": "LS1 4AP"}, "pieces": [{"weight": "1"}] * 5},
                "2026-05-04",
                "7.95",
                (),
            ),
            (
                {"destination": {"country": "GB", "postal": "IV2 3AB"}, "pieces": [{"weight": "1"}] * 2},
                "2026-05-04",
                "9.50",
                (),
            ),
            (
                {"destination": {"country": "IE", "postal": ""}, "pieces": [{"weight": "1"}] * 4},
                "2026-05-04",
                "19.00",
                (),
            ),
        ),
    ),
    ChargeCard(
        "shop-subtotal-de",
        {
            "": """
Land|Region|PLZ|Bestellwert (und mehr)|Versandkosten
DE|*|*|0|5,90
DE|*|*|50|3,90
DE|*|*|150|0,00
AT|*|*|0|11,90
AT|*|*|150|6,90
*|*|*|0|24,90""".replace("|", "|")
        },
        separator=";",
        rates=6,
        checks=({"destination": "DE", "break_basis": "value", "break_from": "50", "break_to": "150", "value": "3.90"},),
        answers={"carrier_name": "Musterpaket", "currency": "EUR"},
        asks=("card_field_missing",),
        quotes=(
            (_to("DE", "20095", "2", declared_value="60"), "2026-05-04", "3.90", ()),
            (_to("AT", "1010", "2", declared_value="149.99"), "2026-05-04", "11.90", ()),
            (_to("CH", "8001", "2", declared_value="10"), "2026-05-04", "24.90", ()),
        ),
    ),
    ChargeCard(
        "express-zonen-de",
        {
            "Deckblatt": """
Falkenflug Express GmbH
Preisliste International 2026
Kundennummer: 4711820
Gültig vom 01.04.2026 bis 31.03.2027
Alle Preise in EUR zzgl. USt.
Volumengewicht: L x B x H (cm) / 5000""",
            "Zonen": """
Zone|Länder
1|Belgien, Niederlande, Luxemburg
2|Frankreich, Österreich, Dänemark
3|Spanien, Italien, Polen""",
            "Preise": """
Expresspaket Export – Preis je Sendung
bis kg|Zone 1|Zone 2|Zone 3
1|'18,90|'22,40|'26,10
2|'20,30|'24,90|'29,80
5|'25,60|'31,50|'38,40
10|'33,10|'41,70|'52,60
je weitere 1 kg|'1,20|'1,65|'2,30""",
            "Zuschläge": """
Zuschlag|Betrag|Einheit|Bemerkung
Samstagszustellung|'15,00 €|je Sendung|auf Anforderung
Treibstoffzuschlag|'14,50 %|der Fracht|
Adresskorrektur|'9,80 €|je Sendung|""",
        },
        rates=15,
        zones=9,
        header={"carrier_name": "Falkenflug Express GmbH", "currency": "EUR", "dimensional_divisor": "5000"},
        surcharges=("Samstagszustellung", "Adresskorrektur", "Treibstoffzuschlag"),
        quotes=(
            # up to 5 kg, zone 2 (Austria) 31.50; 14.5 % = 4.57 (4.5675)
            (_to("AT", "1010", "3.2", origin={"country": "DE"}), "2026-05-04", "36.07", ()),
            # 12.4 kg: 52.60 + 3 × 2.30 = 59.50; 14.5 % = 8.63 (8.6275)
            (_to("ES", "28001", "12.4", origin={"country": "DE"}), "2026-05-04", "68.13", ()),
            # zone 1: 18.90 + 15.00; 14.5 % of 18.90 = 2.74
            (
                _to("NL", "1011", "0.8", origin={"country": "DE"}, accessorials=frozenset({"Samstagszustellung"})),
                "2026-05-04",
                "36.64",
                (),
            ),
        ),
    ),
    ChargeCard(
        "ocean-fcl-b",
        {
            "Rates": """
Meridian Container Line B.V.
Service contract MCL-26-0417
Effective: 2026-07-01 Expires: 2026-09-30

Port of Loading|Port of Discharge|Base ocean freight (USD per container)|||\
THC destination (EUR per container)|Transit time
||20GP|40GP|40HC||
Rotterdam (NLRTM)|Santos (BRSSZ)|1150|1840|1890|210|21
Antwerp (BEANR)|Santos (BRSSZ)|1175|1865|1915|210|23
Rotterdam (NLRTM)|Montevideo (UYMVD)|1290|2050|2100|185|25

Bunker surcharge: USD 280 per TEU, always applied
B/L fee: USD 55 per B/L, always applied""",
        },
        rates=9,
        asks=("mixed_currency",),
        charge_rows=3,
        header={"carrier_name": "Meridian Container Line B.V.", "currency": "USD"},
        checks=({"equipment": "40HC", "value": "1915"},),
        quotes=(
            (
                {
                    "origin": {"code": "NLRTM"},
                    "destination": {"code": "BRSSZ"},
                    "equipment": "40HC",
                    "pieces": [{"weight": "18000"}],
                },
                "2026-08-01",
                "2505.00",
                (),
            ),
        ),
    ),
    ChargeCard(
        "lcl-es",
        {
            "": """
Consolidados Ejemplo Marítimo, S.L.
Tarifa grupaje marítimo (LCL) válida del 01/05/2026 al 31/07/2026
Origen: Barcelona (ESBCN)
Puerto destino|Código|USD por W/M|Mínimo USD|Tránsito (días)
Veracruz|MXVER|42,00|84,00|22
Callao|PEPCO|55,50|111,00|29
Cartagena|COCTG|48,00|96,00|18

Gastos: documentación (BL) 45,00 USD por BL en todos los envíos
Recargo mercancía peligrosa: 35 % del flete"""
        },
        separator=";",
        rates=3,
        header={
            "carrier_name": "Consolidados Ejemplo Marítimo, S.L.",
            "currency": "USD",
            "valid_from": "2026-05-01",
            "valid_to": "2026-07-31",
        },
        quotes=(
            # 3.4 m³ > 2.1 t: 3.4 × 42.00 = 142.80 + 45.00
            (
                {
                    "origin": {"code": "ESBCN"},
                    "destination": {"code": "MXVER"},
                    "pieces": [{"weight": "2100"}],
                    "volume_m3": "3.4",
                },
                "2026-06-01",
                "187.80",
                (),
            ),
            # 0.9 m³ × 55.50 = 49.95 → 111.00 + 45
            (
                {
                    "origin": {"code": "ESBCN"},
                    "destination": {"code": "PEPCO"},
                    "pieces": [{"weight": "400"}],
                    "volume_m3": "0.9",
                },
                "2026-06-01",
                "156.00",
                (),
            ),
        ),
    ),
    ChargeCard(
        "air-it",
        {
            "Listino": """
Esempio Cargo Aereo S.r.l.
Listino export da MXP, valido dal 01/02/2026 al 31/07/2026
Tariffe in EUR al kg
Rapporto peso/volume 1:6 (167 kg/m³)
Aeroporto|Città|Min.|-45 kg|+45 kg|+100 kg|+300 kg|+500 kg
ORD|Chicago|'80,00|'4,20|'3,35|'2,80|'2,45|'2,20
HKG|Hong Kong|'70,00|'3,80|'2,95|'2,35|'2,05|'1,85
GRU|San Paolo|'95,00|'5,60|'4,50|'3,90|'3,40|'3,10

Fuel surcharge: EUR 0,85 al kg (sempre)
Security: EUR 0,12 al kg, min. EUR 12,00 (sempre)
AWB: EUR 35,00 per AWB (sempre)"""
        },
        rates=15,
        header={"carrier_name": "Esempio Cargo Aereo S.r.l.", "currency": "EUR", "valid_from": "2026-02-01"},
        checks=({"break_from": "45", "break_to": "100", "value": "2.95", "minimum": "70"},),
        quotes=(
            # 120 kg × 2.35 = 282.00; fuel 102.00; security 14.40; AWB 35
            (
                {"origin": {"code": "MXP"}, "destination": {"code": "HKG"}, "pieces": [{"weight": "120"}]},
                "2026-03-02",
                "433.40",
                (),
            ),
            # 90 kg × 3.35 = 301.50; as 100 kg × 2.80 = 280.00; fuel 76.50, security 12.00 (10.80), 35
            (
                {"origin": {"code": "MXP"}, "destination": {"code": "ORD"}, "pieces": [{"weight": "90"}]},
                "2026-03-02",
                "403.50",
                (),
            ),
            # 10 kg × 5.60 = 56 → 95.00; 8.50; 12; 35
            (
                {"origin": {"code": "MXP"}, "destination": {"code": "GRU"}, "pieces": [{"weight": "10"}]},
                "2026-03-02",
                "150.50",
                (),
            ),
        ),
    ),
    ChargeCard(
        "post-headerless-b",
        {
            "": """
BE|0-2|12.40
BE|2-5|15.90
BE|5-10|21.30
LU|0-2|13.20
LU|2-5|16.80
LU|5-10|22.90
FR|0-2|14.70
FR|2-5|18.90
FR|5-10|26.40"""
        },
        separator=",",
        rates=9,
        answers={"carrier_name": "Post Voorbeeld", "currency": "EUR", "weight_unit": "kg"},
        asks=("card_field_missing",),
        quotes=(
            (_to("LU", "", "4.5"), "2026-04-01", "16.80", ()),
            (_to("FR", "75001", "10"), "2026-04-01", "26.40", ()),
            (_to("DE", "", "1"), "2026-04-01", "", ()),
        ),
    ),
)
