"""Made-up cards of many kinds, drawn after the rules of the ninth set."""

from __future__ import annotations

from samples.charge_cards.records import ChargeCard
from samples.charge_cards.shipments import lane, ports, to


def _town(country: str, name: str, weight: str, **more: object) -> dict[str, object]:
    return {"destination": {"country": country, "name": name}, "pieces": [{"weight": weight}], **more}


CARDS = (
    ChargeCard(
        "paqueteria-ambitos-es",
        {
            "Tarifas": """
Mensajería Alcaraván Ejemplo S.L.
Tarifas de paquetería 2026, vigentes del 01/03/2026 al 28/02/2027, importes en EUR sin IVA
Peso hasta (kg)|Provincial|Regional|Peninsular|Insular
2|'4,10|'4,85|'5,60|'9,90
5|'4,75|'5,70|'6,85|'13,40
10|'5,90|'7,20|'8,95|'21,70
20|'8,40|'10,30|'12,80|'38,50
Recargo por combustible: 7,5 % sobre el porte
Reembolso: 3 % del importe, mínimo 3,00 EUR""",
            "Destinos": """
Provincia|Ámbito
Toledo|Provincial
Madrid|Regional
Cuenca|Regional
Sevilla|Peninsular
Mallorca|Insular""",
        },
        rates=16, fuel=1, zones=5,
        quotes=(
            # Cuenca is Regional, 8 kg: 7.20; 0.54
            (_town("ES", "Cuenca", "8"), "2026-05-04", "7.74", ()),
            # Mallorca is Insular, 15 kg: 38.50; 2.89 (2.8875)
            (_town("ES", "Mallorca", "15"), "2026-05-04", "41.39", ()),
            (_town("ES", "Toledo", "25"), "2026-05-04", "", ()),
        ),
    ),
    ChargeCard(
        "messagerie-departements",
        {"Tarif": """
Messageries du Causse Exemple SARL
Tarif messagerie 2026 au départ du 46, applicable du 01/01/2026 au 31/12/2026, EUR HT
Département|Forfait jusqu'à 50 kg|Forfait jusqu'à 100 kg|Les 100 kg de 101 à 300 kg|Les 100 kg de 301 à 1000 kg
31|19.8|27.5|23.1|18.4
33|23.4|32.2|27|21.7
75|29.9|41|34.6|28.2
69|28.5|39.3|33.1|26.8
Participation gazole : 9 %
Frais de gestion : 1,20 EUR par expédition"""},
        rates=16, fuel=1,
        asks=("figure_not_understood",),
        quotes=(
            # 40 kg to 31: 19.80; 1.78 (1.782)
            (lane("FR", "46000", "31000", "40"), "2026-03-02", "21.58", ()),
            # 250 kg to 75: 2.5 × 34.60 = 86.50; as 300 × 28.20 = 84.60; 7.61 (7.614)
            (lane("FR", "46000", "75011", "250"), "2026-03-02", "92.21", ()),
            (lane("FR", "46000", "69003", "1200"), "2026-03-02", "", ()),
        ),
    ),
    ChargeCard(
        "air-long-list",
        {"": """
Airline,Org,Dst,Min,Wt Break,Rate/kg,Curr,Start,End
Plover Air Example Ltd,LHR,BOM,60.00,0,3.20,GBP,2026-04-01,2026-09-30
Plover Air Example Ltd,LHR,BOM,60.00,45,2.60,GBP,2026-04-01,2026-09-30
Plover Air Example Ltd,LHR,BOM,60.00,100,2.15,GBP,2026-04-01,2026-09-30
Plover Air Example Ltd,LHR,BOM,60.00,500,1.85,GBP,2026-04-01,2026-09-30
Plover Air Example Ltd,LHR,NBO,75.00,0,4.10,GBP,2026-04-01,2026-09-30
Plover Air Example Ltd,LHR,NBO,75.00,45,3.35,GBP,2026-04-01,2026-09-30
Plover Air Example Ltd,LHR,NBO,75.00,100,2.80,GBP,2026-04-01,2026-09-30
Plover Air Example Ltd,LHR,NBO,75.00,500,2.40,GBP,2026-04-01,2026-09-30""".replace(",", "|")},
        separator=",", rates=8,
        quotes=(
            # 60 × 2.60
            (ports("LHR", "BOM", "60"), "2026-05-04", "156.00", ()),
            # 10 × 4.10 = 41 → 75
            (ports("LHR", "NBO", "10"), "2026-05-04", "75.00", ()),
            # 600 × 2.40
            (ports("LHR", "NBO", "600"), "2026-05-04", "1440.00", ()),
        ),
    ),
    ChargeCard(
        "lcl-sammelcontainer-de",
        {"Raten": """
Kormoran Seefracht Beispiel GmbH
Sammelcontainer Export ab Hamburg (DEHAM), gültig 01.05.2026 - 31.07.2026
Entladehafen|UN/LOCODE|Seefracht je W/M|Minimum|Laufzeit Tage
Shanghai|CNSHA|USD 38|USD 38|34
Mumbai|INBOM|USD 52|USD 104|28
Santos|BRSSZ|USD 61|USD 61|26
EFS (Bunkerzuschlag): USD 14 je W/M
Verschiffungsspesen: USD 32 je W/M, mindestens USD 45, für alle Sendungen
Dokumentenpauschale: USD 55 je B/L, für alle Sendungen"""},
        rates=3, header={"currency": "USD"},
        quotes=(
            # 2.5 m³: 95; 35; 80; 55
            (ports("DEHAM", "CNSHA", "1200", volume_m3="2.5"), "2026-06-01", "265.00", ()),
            # 1 m³ Mumbai: 52 → 104; 14; 32 → 45; 55
            (ports("DEHAM", "INBOM", "300", volume_m3="1"), "2026-06-01", "218.00", ()),
        ),
    ),
    ChargeCard(
        "pallets-areas-down",
        {"Tariff": """
Fenland Pallet Haulage Example Ltd
Pallet tariff from 6 April 2026 to 5 April 2027, GBP, price each
Postcode areas|Qtr pallet|Half pallet|Full pallet|Transit
CB, PE, IP|21.5|26|34.5|Next day
NR, LE, NN|23|28.5|38|Next day
AB, IV|44|59|86|72 hours
Fuel surcharge 11%
Tail lift delivery £7.00 per consignment
Re-delivery £25.00"""},
        rates=9, fuel=1,
        quotes=(
            # two half pallets to NR: 57; 6.27
            (to("GB", "NR1 1AA", "500", pallets=2, equipment="Half pallet"), "2026-05-05", "63.27", ()),
            # one full to AB: 86; 9.46; 7
            (to("GB", "AB10 1AA", "700", pallets=1, equipment="Full pallet",
                accessorials=frozenset({"Tail lift delivery"})), "2026-05-05", "102.46", ()),
            (to("GB", "S1 1AA", "700", pallets=1, equipment="Full pallet"), "2026-05-05", "", ()),
        ),
    ),
    ChargeCard(
        "parcel-us-zone-sheet",
        {
            "Zone locator": """
ZIP prefix|Zone
100-119|2
120-149|3
300-319|5
900-961|8""",
            "Ground rates": """
Sandpiper Parcel Example Inc
2026 ground rates in USD, effective 01/05/2026, expires 12/31/2026
Lbs|2|3|5|8
1|7.1|7.45|8.2|9.6
2|7.55|8.05|9.1|11.2
5|8.4|9.3|11.25|15.1
10|9.9|11.2|14.6|21.3
Residential surcharge $4.25 per package
Fuel surcharge 14.5%
Dimensional divisor 139""",
        },
        rates=16, fuel=1, zones=4,
        quotes=(
            # 30309 is 5, 4 lb → 5: 11.25; 1.63 (1.63125)
            (to("US", "30309", "4", weight_unit="lb"), "2026-05-04", "12.88", ()),
            # 90210 is 8, 9 lb → 10: 21.30; 4.25; fuel on freight 3.09 (3.0885)
            (to("US", "90210", "9", weight_unit="lb", accessorials=frozenset({"Residential surcharge"})),
             "2026-05-04", "28.64", ()),
            (to("US", "60601", "9", weight_unit="lb"), "2026-05-04", "", ()),
        ),
    ),
    ChargeCard(
        "kilometrique-fr",
        {"Barème": """
Transports de la Brenne Exemple SAS
Barème kilométrique lots complets, du 01/02/2026 au 31/01/2027, en EUR HT par km
Tranche kilométrique|Fourgon|Porteur|Ensemble articulé
1 à 100 km|1.25|1.85|2.4
101 à 300 km|0.98|1.42|1.86
301 à 600 km|0.86|1.21|1.58
Minimum : 180,00 EUR par voyage
Gazole : 8,2 %
Attente : 45,00 EUR par heure après 2 heures"""},
        rates=9, fuel=1,
        quotes=(
            # 250 km: 250 × 1.42 = 355; 29.11
            (to("FR", "", "5000", distance="250", equipment="Porteur"), "2026-05-04", "384.11", ()),
            # 50 km: 62.50 → 180; 14.76
            (to("FR", "", "500", distance="50", equipment="Fourgon"), "2026-05-04", "194.76", ()),
            (to("FR", "", "5000", distance="750", equipment="Porteur"), "2026-05-04", "", ()),
        ),
    ),
    ChargeCard(
        "ausschreibung-relationen",
        {"Relationen": """
Nr.|Beladeland|Beladeort|Entladeland|Entladeort|Fahrzeugtyp|Frachtführer|Festpreis EUR|Gültig von|Gültig bis
1|DE|Kassel|PL|Poznań|Planensattel|Wiesel Logistik Muster GmbH|890|01.01.2026|31.12.2026
2|DE|Kassel|PL|Poznań|Planensattel|Borsuk Transport Przykład Sp. z o.o.|835|01.01.2026|31.12.2026
3|DE|Ulm|FR|Nancy|Kühlsattel|Wiesel Logistik Muster GmbH|1120|01.01.2026|30.06.2026
4|AT|Linz|DE|Ulm|Planensattel|Borsuk Transport Przykład Sp. z o.o.|640|01.01.2026|31.12.2026"""},
        rates=4, carriers=2,
        quotes=(
            ({"origin": {"country": "DE", "name": "Kassel"}, "destination": {"country": "PL", "name": "Poznań"},
              "pieces": [{"weight": "20000"}], "equipment": "Planensattel"}, "2026-05-04", "835.00", ()),
            ({"origin": {"country": "DE", "name": "Ulm"}, "destination": {"country": "FR", "name": "Nancy"},
              "pieces": [{"weight": "20000"}], "equipment": "Kühlsattel"}, "2026-05-04", "1120.00", ()),
            ({"origin": {"country": "DE", "name": "Ulm"}, "destination": {"country": "FR", "name": "Nancy"},
              "pieces": [{"weight": "20000"}], "equipment": "Kühlsattel"}, "2026-08-03", "", ()),
        ),
    ),
)  # fmt: skip
