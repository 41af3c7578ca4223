"""Made-up cards of many kinds, drawn after the rules of the sixth set."""

from __future__ import annotations

from samples.charge_cards.records import ChargeCard
from samples.charge_cards.shipments import lane, ports, to

CARDS = (
    ChargeCard(
        "ocean-fcl-and-lcl",
        {
            "FCL": """
Fulmar Container Example Ltd
Quotation FCE-26-3391 valid from 1 September 2026 to 30 November 2026
Currency: USD unless stated otherwise

Origin port|Destination port|20'DV|40'DV|40'HC|Transit (days)|Free time (days)
Antwerp (BEANR)|Durban (ZADUR)|1325|2150|2200|24|7
Antwerp (BEANR)|Cape Town (ZACPT)|1375|2230|2280|22|7
Rotterdam (NLRTM)|Durban (ZADUR)|1340|2170|2220|25|7
BAF: USD 165 per TEU
THC Antwerp / Rotterdam: USD 240 per container
ISPS: USD 14 per container
B/L fee: USD 60 per B/L""",
            "LCL": """
LCL rates per W/M, minimum 1 W/M
Origin port|Destination port|Rate USD per W/M|Minimum USD
Antwerp (BEANR)|Durban (ZADUR)|78|78
Antwerp (BEANR)|Cape Town (ZACPT)|82|82""",
        },
        rates=11,
        asks=("figure_not_understood",),
        quotes=(
            # 40'HC: 2,200 + 2 × 165 + 240 + 14 + 60
            (ports("BEANR", "ZADUR", "18000", equipment="40'HC"), "2026-10-05", "2844.00", ()),
            # two of 20'DV: 2 × (1,375 + 165 + 240 + 14) + 60
            (ports("BEANR", "ZACPT", "30000", equipment="20'DV", containers=2), "2026-10-05", "3648.00", ()),
            (ports("NLRTM", "ZACPT", "18000", equipment="40'HC"), "2026-10-05", "", ()),
        ),
    ),
    ChargeCard(
        "air-tact-style",
        {"": """
Kittiwake Air Cargo Example B.V.
Export rates ex AMS per kg in EUR, valid 01-OCT-2026 to 31-MAR-2027
Chargeable weight: volume 6000 cm3 = 1 kg
DEST|M|N|45|100|300|500|1000
ATL|90.00|4.95|4.10|3.35|3.10|2.95|2.80
LOS|110.00|6.20|5.30|4.60|4.25|4.05|3.90
ICN|85.00|4.40|3.60|2.85|2.60|2.45|2.30
MYC (fuel) EUR 1.05 per kg chargeable weight
SCC (security) EUR 0.18 per kg chargeable weight, minimum EUR 20.00
Handling EUR 35.00 per AWB
AWB fee EUR 22.50"""},
        separator=",", rates=18,
        quotes=(
            # 130 × 3.35 = 435.50; 136.50; 23.40; 35; 22.50
            (ports("AMS", "ATL", "130"), "2026-11-02", "652.90", ()),
            # 8 × 6.20 = 49.60 → 110; 8.40; 20 (1.44); 35; 22.50
            (ports("AMS", "LOS", "8"), "2026-11-02", "195.90", ()),
            # 270 × 2.85 = 769.50; as 300 × 2.60 = 780; 283.50; 48.60; 35; 22.50
            (ports("AMS", "ICN", "270"), "2026-11-02", "1159.10", ()),
        ),
    ),
    ChargeCard(
        "pallet-network-districts",
        {
            "Postcodes": """
Zone|Postcodes
A|LU, MK, NN, SG
B|B1-B48, CV, LE, PE
C|M, OL, SK, WA, WN
D|AB10-AB25, DD, EH, G
H|AB31-AB56, IV, KW, PH15-PH50""",
            "Tariff": """
Ouse Valley Pallet Network Example Ltd
Effective 1 April 2026 until 31 March 2027. All rates GBP per pallet, VAT excluded
|Standard (48h)||||Next Day (24h)|||
Zone|Mini quarter|Quarter|Half|Full|Mini quarter|Quarter|Half|Full
A|22|25.5|30|38|26|30|36|45
B|24.5|28|34|43|28.5|33|40|51
C|26|30.5|37|47|31|36|44|56
D|41|47|58|77|49|57|70|92
H|58|68|84|112|70|82|101|134
Fuel surcharge 12.4% applies to all rates
Tail-lift delivery £6.50 per consignment
Booked-in delivery £4.00 per consignment
Saturday am £45.00 per consignment""",
        },
        rates=40, fuel=1,
        quotes=(
            # AB11: zone D, next day full 92; 11.41 (11.408)
            (to("GB", "AB11 5RG", "700", pallets=1, equipment="Full", service="Next Day (24h)"), "2026-05-05",
             "103.41", ()),
            # AB43: zone H, standard half 84 × 2 = 168; 20.83 (20.832)
            (to("GB", "AB43 8TD", "600", pallets=2, equipment="Half", service="Standard (48h)"), "2026-05-05",
             "188.83", ()),
            # B12: zone B, standard quarter 28; 3.47 (3.472); 6.50
            (to("GB", "B12 0XX", "200", pallets=1, equipment="Quarter", service="Standard (48h)",
                accessorials=frozenset({"Tail-lift delivery"})), "2026-05-05", "37.97", ()),
            (to("GB", "SA1 1AA", "200", pallets=1, equipment="Quarter", service="Standard (48h)"), "2026-05-05", "",
             ()),
        ),
    ),
    ChargeCard(
        "tender-of-carriers",
        {"": """
lane_id|carrier_name|scac|origin_city|origin_country|dest_city|dest_country|equipment|base_rate|currency|fuel_included|\
transit_days|valid_from|valid_to
1001|Alder Haulage Ltd|ALDH|Leeds|GB|Lyon|FR|Curtainsider|1890.00|EUR|yes|3|2026-04-01|2026-09-30
1001|Birk Spedition GmbH|BIRK|Leeds|GB|Lyon|FR|Curtainsider|1845.00|EUR|yes|3|2026-04-01|2026-09-30
1001|Cedre Transports SAS|CEDR|Leeds|GB|Lyon|FR|Curtainsider|1910.00|EUR|yes|2|2026-04-01|2026-09-30
1002|Birk Spedition GmbH|BIRK|Hamburg|DE|Milano|IT|Curtainsider|1560.00|EUR|yes|3|2026-04-01|2026-09-30
1002|Cedre Transports SAS|CEDR|Hamburg|DE|Milano|IT|Reefer|1990.00|EUR|yes|3|2026-04-01|2026-09-30
1003|Alder Haulage Ltd|ALDH|Leeds|GB|Dublin|IE|Curtainsider|780.00|EUR|yes|1|2026-04-01|2026-06-30"""},
        separator=",", rates=6, carriers=3,
        quotes=(
            ({"origin": {"country": "GB", "name": "Leeds"}, "destination": {"country": "FR", "name": "Lyon"},
              "pieces": [{"weight": "20000"}], "equipment": "Curtainsider"}, "2026-05-04", "1845.00", ()),
            ({"origin": {"country": "DE", "name": "Hamburg"}, "destination": {"country": "IT", "name": "Milano"},
              "pieces": [{"weight": "20000"}], "equipment": "Reefer"}, "2026-05-04", "1990.00", ()),
            ({"origin": {"country": "GB", "name": "Leeds"}, "destination": {"country": "IE", "name": "Dublin"},
              "pieces": [{"weight": "20000"}], "equipment": "Curtainsider"}, "2026-07-15", "", ()),
        ),
    ),
    ChargeCard(
        "mileage-tariff-pdf",
        {"Tariff": """
Dry Fork Carriers Example, Inc. - MC 000000
Mileage rate tariff DFC-100, effective May 1, 2026, expires April 30, 2027
Rates in U.S. dollars per mile. Mileage by PC*MILER practical.
Miles|Dry Van|Temp Control|Flatbed
1 - 100|4.10|4.75|4.60
101 - 300|3.20|3.70|3.55
301 - 600|2.65|3.05|2.95
601 and over|2.35|2.70|2.60
Minimum charge per load: $450.00
Fuel surcharge: $0.48 per mile
Stop-off: $80.00 per stop"""},
        form="pdf", rates=12,
        quotes=(
            # 420 miles van: 1,113; fuel 201.60
            (to("US", "", "20000", distance="420", distance_unit="mile", equipment="Dry Van"), "2026-06-01", "1314.60",
             ()),
            # 75 miles flatbed 345 → 450; 36
            (to("US", "", "20000", distance="75", distance_unit="mile", equipment="Flatbed"), "2026-06-01", "486.00",
             ()),
            # 900 miles temp: 2,430; 432; one stop 80
            (to("US", "", "20000", distance="900", distance_unit="mile", equipment="Temp Control",
                counts=(("stop", 1),), accessorials=frozenset({"Stop-off"})), "2026-06-01", "2942.00", ()),
        ),
    ),
    ChargeCard(
        "post-zones-no-header",
        {"": """
1|up to 0.5 kg|9.80
1|up to 1 kg|11.40
1|up to 2 kg|14.20
1|up to 5 kg|19.90
2|up to 0.5 kg|12.60
2|up to 1 kg|14.90
2|up to 2 kg|18.80
2|up to 5 kg|27.50"""},
        separator=";", rates=8, answers={"carrier_name": "Example Post", "currency": "GBP"},
        quotes=(
            (to("GB", "", "0.8", zone="1"), "2026-05-04", "11.40", ()),
            (to("GB", "", "5", zone="2"), "2026-05-04", "27.50", ()),
            (to("GB", "", "6", zone="2"), "2026-05-04", "", ()),
        ),
    ),
    ChargeCard(
        "drayage-zones-la",
        {"Rates": """
Pelican Point Drayage Example Inc
Los Angeles / Long Beach drayage rates, effective 05/01/2026 - 04/30/2027
Zone|Cities|Round trip base rate (USD)
1|Carson, Compton, Torrance|385
2|Vernon, Commerce, City of Industry|465
3|Ontario, Fontana, Rialto|640
FSC: 32% of base rate
Chassis: $40.00 per day, minimum 2 days
Chassis split: $100.00
Pier pass / TMF: $38.50 per TEU
Waiting time: $90 per hour after 1 hour free"""},
        rates=3, fuel=1, zones=9,
        asks=("figure_not_understood",),
        quotes=(
            # Commerce 465; 148.80
            ({"destination": {"country": "US", "name": "Commerce"}, "pieces": [{"weight": "20000"}],
              "equipment": "40HC"}, "2026-06-01", "613.80", ()),
            # Fontana 640; 204.80; split 100
            ({"destination": {"country": "US", "name": "Fontana"}, "pieces": [{"weight": "20000"}],
              "equipment": "20DV", "accessorials": frozenset({"Chassis split"})}, "2026-06-01", "944.80", ()),
            # Torrance 385; 123.20; three hours of waiting 2 × 90
            ({"destination": {"country": "US", "name": "Torrance"}, "pieces": [{"weight": "20000"}],
              "equipment": "20DV", "accessorials": frozenset({"Waiting time"}), "counts": (("hour", 3),)},
             "2026-06-01", "688.20", ()),
        ),
    ),
    ChargeCard(
        "ldm-preis-je-meter",
        {"Tarif": """
Havelland Ladungsverkehre Muster GmbH
Preise je Lademeter in EUR, gültig 01.05.2026 - 30.04.2027, inkl. Maut, zzgl. Dieselzuschlag
Von|Nach PLZ|1-3 LDM|3,1-6 LDM|6,1-10 LDM|10,1-13,6 LDM|Minimum je Sendung
DE 14|40-47|98|86|74|66|120
DE 14|70-79|124|109|95|84|150
DE 14|80-86|118|104|90|80|145
Dieselzuschlag 5,5 %
Zustellavis 8,00 EUR je Sendung
1 LDM = 1.850 kg"""},
        rates=12, fuel=1,
        quotes=(
            # 2.4 ldm × 98 = 235.20; 12.94 (12.936)
            (lane("DE", "14482", "40210", "2000", loading_metres="2.4"), "2026-06-01", "248.14", ()),
            # 1 ldm × 118 = 118 → 145; 7.98 (7.975)
            (lane("DE", "14482", "80331", "600", loading_metres="1"), "2026-06-01", "152.98", ()),
            # 12 ldm × 84 = 1,008; 55.44; 8
            (lane("DE", "14482", "70173", "15000", loading_metres="12", accessorials=frozenset({"Zustellavis"})),
             "2026-06-01", "1071.44", ()),
        ),
    ),
)  # fmt: skip
