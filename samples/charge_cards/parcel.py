"""Made-up cards of shops, express carriers and posts."""

from __future__ import annotations

from samples.charge_cards.records import ChargeCard


def _to(country: str, postal: str = "", weight: str = "1", **more: object) -> dict[str, object]:
    return {"destination": {"country": country, "postal": postal}, "pieces": [{"weight": weight}], **more}


SPAIN = {"country": "ES"}

CARDS = (
    ChargeCard(
        "shop-rates-it",
        {"": """
Paese|Provincia|CAP|Peso (e oltre)|Costo di spedizione
ITA|*|*|0|6,90
ITA|*|*|3|8,90
ITA|*|*|10|14,50
ITA|CA|*|0|11,00
ITA|CA|*|10|21,00
ITA|*|30121|0|9,40
SMR|*|*|0|10,20
*|*|*|0|24,00
*|*|*|20|61,00"""},
        separator=";", rates=9,
        checks=(
            {"destination": "IT", "break_from": "3", "break_to": "10", "value": "8.90", "break_inclusive": "lower"},
            {"destination": "IT-CA", "break_from": "10", "break_to": "None", "value": "21.00"},
            {"destination": "IT 30121", "break_from": "0", "break_to": "None", "value": "9.40"},
            {"destination": "*", "break_from": "20", "value": "61.00"},
        ),
        answers={"carrier_name": "Corriere di prova", "currency": "EUR", "weight_unit": "kg"},
        asks=("card_field_missing",),
        quotes=(
            (_to("IT", "20121", "3"), "2026-05-04", "8.90", ()),
            (_to("IT", "30121", "12"), "2026-05-04", "9.40", ()),
            (_to("FR", "75001", "19.9"), "2026-05-04", "24.00", ()),
        ),
    ),
    ChargeCard(
        "shop-rates-nl",
        {"": """
Land|Postcode|Gewicht vanaf (kg)|Prijs EUR
NL|*|0|5.75
NL|*|10|8.25
NL|*|23|13.95
BE|*|0|7.50
BE|*|10|10.90
GB|JE*|0|29.00
GB|*|0|17.00"""},
        separator=",", rates=7,
        checks=(
            {"destination": "NL", "break_from": "10", "break_to": "23", "value": "8.25"},
            {"destination": "GB JE*", "break_from": "0", "value": "29.00"},
        ),
        answers={"carrier_name": "Voorbeeld Pakket"},
        asks=("card_field_missing",),
        quotes=(
            (_to("NL", "1011 AB", "10"), "2026-05-04", "8.25", ()),
            (_to("GB", "JE2 3AB", "1"), "2026-05-04", "29.00", ()),
            (_to("DE", "10115", "1"), "2026-05-04", "", ()),
        ),
    ),
    ChargeCard(
        "shop-rates-conflict",
        {"": """
Country|Region/State|Zip/Postal Code|Weight (and above)|Shipping Price
FRA|*|*|0|7.10
FRA|*|*|5|9.80
FRA|*|*|5|10.40"""},
        separator=",", rates=3, asks=("duplicate_rate", "mapping_doubtful"),
    ),
    ChargeCard(
        "express-guide-es",
        {
            "Portada": """
VELOX MENSAJERÍA INTERNACIONAL, S.A.
Guía de tarifas 2026
Cliente: Talleres Ejemplo, S.L.
Válido desde 01/02/2026 hasta 31/01/2027
Precios en EUR, IVA no incluido
Peso volumétrico (kg) = largo × ancho × alto (cm) / 4000. Se factura el mayor entre peso real y volumétrico.""",
            "Zonas": """
Zonas de exportación desde España

País|Código|Zona||País|Código|Zona
Francia|FR|A||Estados Unidos|US|C
Portugal|PT|A||Japón|JP|D
Alemania|DE|B||Chile|CL|D""",
            "Tarifas": """
Documentos hasta 1,5 kg
KG|Zona A|Zona B|Zona C|Zona D
0.5|14.2|17.1|22.4|27.9
1|15.9|19.2|25.3|31.6
1.5|17.6|21.3|28.2|35.3

Paquetes
KG|Zona A|Zona B|Zona C|Zona D
0.5|18.3|21.5|27.6|33.8
1|19.9|23.4|30.2|37.1
2|22.8|26.9|34.9|43
5|31.5|37.4|49|60.7
10|46|54.9|72.5|90.2
20|75|89.9|119.5|149.2

Multiplicador por kg a partir de 20,1 kg
Desde|Hasta|Zona A|Zona B|Zona C|Zona D
20.1|50|3.6|4.3|5.8|7.2
50.1|99999|3.2|3.9|5.2|6.5

A partir de 20,1 kg el multiplicador se aplica al peso total, redondeado al kilogramo superior.""",
            "Recargos": """
Recargos

Concepto|Código|Importe|Unidad|Mínimo|Observaciones
Zona remota|ZR|0.6|por kg|22|
Entrega en sábado|SA|18|por envío||a petición
Seguro|SG|0.9%|del valor declarado|9|
Combustible|CB|19.5%|del transporte||""",
        },
        rates=3 * 4 + 6 * 4 + 2 * 4, zones=6,
        header={"carrier_name": "VELOX MENSAJERÍA INTERNACIONAL, S.A.", "currency": "EUR", "valid_from": "2026-02-01",
                "valid_to": "2027-01-31", "dimensional_divisor": "4000"},
        checks=(
            {"zone": "B", "break_from": "0.5", "break_to": "1", "value": "19.2", "unit": "flat"},
            {"zone": "C", "break_from": "2", "break_to": "5", "value": "49", "unit": "flat"},
            {"zone": "D", "break_from": "20", "break_to": "50", "value": "7.2", "unit": "kg"},
            {"zone": "A", "break_from": "50", "break_to": "None", "value": "3.2", "unit": "kg"},
        ),
        surcharges=("Zona remota", "Entrega en sábado", "Seguro", "Combustible"),
        quotes=(
            (_to("DE", "10115", "4.2", service="Paquetes", origin=SPAIN), "2026-03-02", "44.69", ()),  # 37.40 + 7.29
            (_to("JP", "", "20.4", service="Paquetes", origin=SPAIN), "2026-03-02", "180.68", ()),  # 21 × 7.20 + 29.48
            (_to("MA", "", "1", origin=SPAIN), "2026-03-02", "", ()),
        ),
    ),
    ChargeCard(
        "post-headerless",
        {"": """
Beispielpost AG
Preise ab 01.01.2026 in EUR
bis 20 g|1,10|1,80|2,60
bis 50 g|1,30|2,20|3,40
bis 100 g|1,80|3,00|4,90
bis 500 g|2,90|5,40|9,80"""},
        separator=";", asks=("mapping_doubtful",),
    ),
    ChargeCard(
        "parcel-fee-list",
        {"": """
Nordsee Paket GmbH
Nebenleistungen, gültig ab 01.03.2026, Preise in EUR
Leistung|Preis|Einheit
Nachnahme|6,90|je Paket
Sperrgut|24,50|je Paket
Adresskorrektur|4,20|je Sendung
Rücksendung|100 %|der Fracht"""},
        separator=";", rates=0, surcharges=("Nachnahme", "Sperrgut", "Adresskorrektur", "Rücksendung"),
    ),
)  # fmt: skip
