"""Made-up cards of ocean and air carriers, of drayage and of warehouses, drawn after the rules of the sets before."""

from __future__ import annotations

from samples.charge_cards.records import ChargeCard
from samples.charge_cards.shipments import ports, to

CARDS = (
    ChargeCard(
        "ocean-surcharges-by-size",
        {
            "Ocean freight": """
Polaris Sample Lines Ltd
FCL export rates – quotation PSL/26/118
Validity: 01 Jul 2026 – 30 Sep 2026, all amounts in USD
Port of loading|Port of discharge|20' GP|40' GP|40' HC
Felixstowe (GBFXT)|Nhava Sheva (INNSA)|640|905|905
Felixstowe (GBFXT)|Colombo (LKCMB)|710|1020|1020
Southampton (GBSOU)|Nhava Sheva (INNSA)|660|940|940""",
            "Surcharges": """
Charge|20' GP|40' GP|40' HC|Basis
Bunker adjustment factor (BAF)|145|290|290|per container
Terminal handling origin (OTHC)|180|220|220|per container
ISPS|12|12|12|per container
Bill of lading fee|55|||per B/L""",
        },
        rates=9, charge_rows=10,
        quotes=(
            # 905 + 290 + 220 + 12 + 55
            (ports("GBFXT", "INNSA", "18000", equipment="40' HC"), "2026-08-03", "1482.00", ()),
            (ports("GBFXT", "LKCMB", "9000", equipment="20' GP"), "2026-08-03", "1102.00", ()),  # 710+145+180+12+55
            # two of 40' GP: 2 × (940 + 290 + 220 + 12) + 55
            (ports("GBSOU", "INNSA", "30000", equipment="40' GP", containers=2), "2026-08-03", "2979.00", ()),
        ),
    ),
    ChargeCard(
        "lcl-nl-brackets",
        {"LCL": """
Stormvogel Groupage B.V.
LCL-tarieven ex Rotterdam (NLRTM), geldig 01-07-2026 t/m 31-12-2026, bedragen in USD
Bestemming|Code|tot 5 m³ (per w/m)|vanaf 5 m³ (per w/m)|Minimum
Durban|ZADUR|62|57|62
Santos|BRSSZ|74|69|148
Documentatie: USD 40,00 per B/L
Gevaarlijke stoffen: toeslag 30% op de vracht"""},
        rates=4,
        quotes=(
            # 3.2 m³ > 1.5 t: 3.2 × 62 = 198.40 + 40
            (ports("NLRTM", "ZADUR", "1500", volume_m3="3.2"), "2026-08-03", "238.40", ()),
            # 6 m³ × 69 = 414 + 40
            (ports("NLRTM", "BRSSZ", "2000", volume_m3="6"), "2026-08-03", "454.00", ()),
            # 1 m³ × 74 → 148.00 + 40
            (ports("NLRTM", "BRSSZ", "300", volume_m3="1"), "2026-08-03", "188.00", ()),
        ),
    ),
    ChargeCard(
        "air-fsc-ssc-columns",
        {"Tarifas": """
Carga Aérea Ejemplo, S.A.
Tarifas netas de exportación desde MAD, válidas del 01/04/2026 al 30/09/2026
Importes en EUR por kg, mínimo en EUR por AWB
Destino|M|N|+45|+100|+300|+500|FSC por kg|SSC por kg
BOG|75,00|4,10|3,20|2,60|2,30|2,15|0,95|0,12
MEX|70,00|3,90|3,05|2,45|2,20|2,00|0,90|0,12
EZE|90,00|4,90|3,95|3,30|3,00|2,85|1,05|0,12
Documentación AWB: 28,00 EUR por AWB
Peso/volumen 1:6. FSC y SSC sobre peso tasable."""},
        form="pdf", rates=15, charge_rows=6,
        quotes=(
            # 120 × 2.60 = 312; 120 × 0.95 = 114; 14.40; 28
            (ports("MAD", "BOG", "120"), "2026-05-04", "468.40", ()),
            # 12 × 3.90 = 46.80 → 70; 10.80; 1.44; 28
            (ports("MAD", "MEX", "12"), "2026-05-04", "110.24", ()),
            # 280 kg: 280 × 3.30 = 924; as 300 × 3.00 = 900; FSC 280 × 1.05 = 294; 33.60; 28
            (ports("MAD", "EZE", "280"), "2026-05-04", "1255.60", ()),
        ),
    ),
    ChargeCard(
        "air-by-carrier-rows",
        {"Air": """
Skylark Forwarding Example Ltd
Air freight ex LHR, valid 1 May 2026 to 31 October 2026, GBP per kg
Airport|Min|<45kg|45kg|100kg|500kg|1000kg|Transit
JFK|55|3.1|2.4|1.85|1.6|1.45|1-2 days
DXB|60|3.4|2.7|2.05|1.8|1.65|2-3 days
SIN|65|3.9|3.1|2.5|2.2|2.05|3 days
Fuel surcharge: GBP 0.72 per kg on actual weight
Security surcharge: GBP 0.15 per kg, min GBP 15.00
Handling: GBP 45.00 per consignment
Volumetric ratio 1:6 (6000 cm3 per kg)"""},
        rates=15,
        quotes=(
            # 60 × 2.40 = 144; as 100 × 1.85 = 185; fuel 43.20; security 9.00 → 15.00; handling 45
            (ports("LHR", "JFK", "60"), "2026-06-01", "247.20", ()),
            # 420 kg: 420 × 2.05 = 861; as 500 × 1.80 = 900; fuel 302.40; 63.00; 45
            (ports("LHR", "DXB", "420"), "2026-06-01", "1271.40", ()),
            # 10 × 3.90 = 39 → 65; 7.20; 15; 45
            (ports("LHR", "SIN", "10"), "2026-06-01", "132.20", ()),
        ),
    ),
    ChargeCard(
        "drayage-us",
        {"Drayage": """
Harborline Drayage LLC
Port of Savannah container drayage, effective 06/01/2026, USD
Destination City|State|ZIP|Miles|20'/40' Base Rate|Chassis (per day)|Tolls
Macon|GA|31201|165|785|35|0
Atlanta|GA|30336|250|1010|35|0
Charlotte|NC|28273|255|1095|38|6.5
Fuel surcharge: 28% of base rate
Pre-pull: $150.00 per container
Detention: $85.00 per hour after 2 hours free"""},
        rates=3, charge_rows=6, fuel=1,
        quotes=(
            # 1,010 + 282.80; one day of chassis
            (to("US", "30336", "20000", counts=(("day", 1),)), "2026-07-06", "1327.80", ()),
            # 1,095 + 306.60 + 6.50 + 2 × 38
            (to("US", "28273", "20000", counts=(("day", 2),)), "2026-07-06", "1484.10", ()),
            # 785 + 219.80 + 35 + 150 pre-pull
            (to("US", "31201", "20000", counts=(("day", 1),), accessorials=frozenset({"Pre-pull"})), "2026-07-06",
             "1189.80", ()),
        ),
    ),
    ChargeCard(
        "warehouse-handling",
        {"Tariff": """
Example Quay Warehousing Ltd
Storage and handling tariff valid from 01/04/2026, GBP excl. VAT
Service|Rate|Unit
Inbound handling, palletised|4.25|per pallet
Outbound handling, palletised|4.25|per pallet
Storage, ambient|2.1|per pallet per week
Container devanning 40'|385|per container
Labelling|0.18|per label
Order processing|3.5|per order"""},
        rates=0, form="pdf",
        surcharges=("Inbound handling, palletised", "Container devanning 40'", "Order processing"),
        quotes=(
            (to("GB", "LS1 4AP", "100"), "2026-05-04", "", ()),  # no freight: nothing is priced
            (to("GB", "LS1 4AP", "100", pallets=3), "2026-05-04", "", ()),
            (to("GB", "LS1 4AP", "100", accessorials=frozenset({"Order processing"})), "2026-05-04", "", ()),
        ),
    ),
)  # fmt: skip
