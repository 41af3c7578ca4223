"""The samples of continental makers: who invoices whom for what, and in which layout."""

from __future__ import annotations

from samples import companies as who
from samples.books import Sample, goods, line, make_invoice


def german_and_austrian() -> list[Sample]:
    fixtures = make_invoice(
        who.WERKZEUG,
        who.BUYER_DE,
        number="RE-2024-01873",
        issued="2024-09-16",
        due="2024-10-16",
        delivered="2024-09-12",
        lines=[
            line("Spannzange ER32, 12 mm", "8", "27.45", "19", unit="Stk", code="SZ-3212"),
            line(
                "Vollhartmetallfräser vierschneidig, lange Ausführung, Schaft 10 mm",
                "5",
                "64.90",
                "19",
                unit="Stk",
                code="VHM-410",
            ),
            line("Kühlschmierstoff Konzentrat", "40", "6.15", "19", unit="Ltr", code="KSS-20"),
            line("Einrichten der Vorrichtung", "2.5", "78.00", "19", unit="Std", code="DL-01"),
        ],
    )
    mixed = make_invoice(
        who.HOFLADEN,
        who.BUYER_DE2,
        number="240711-B",
        issued="2024-07-11",
        due="2024-07-25",
        shipping="9.50",
        shipping_rate="19",
        discount="12.40",
        lines=[
            line("Kopierpapier A4 80 g, Karton", "12", "22.90", "19"),
            line("Kaffee ganze Bohne 1 kg", "10", "14.80", "7"),
            line("Fachbuch Hygiene in der Praxis", "2", "39.00", "7"),
            line("Aktenordner breit, blau", "25", "2.35", "19"),
        ],
    )
    factur_x = make_invoice(
        who.AT_SENN,
        who.BUYER_DE2,
        number="SM-55120",
        issued="2024-05-03",
        due="2024-05-17",
        lines=[
            line("Bergkäse 6 Monate", "14", "18.20", "10", unit="kg"),
            line("Versandkiste isoliert", "2", "11.50", "20", unit="Stk"),
        ],
    )
    hosting = make_invoice(
        who.HOSTING,
        who.BUYER_DE2,
        number="EW-240088",
        issued="2024-02-01",
        due="2024-02-15",
        lines=[
            line("Webhosting Paket M, Februar 2024", "1", "24.90", "19"),
            line("Domain .de", "3", "1.20", "19"),
            line("Zusätzlicher Speicher 50 GB", "2", "7.50", "19"),
        ],
    )
    return [
        Sample("01_werkzeugbau.pdf", "window_envelope", who.WERKZEUG, who.BUYER_DE, fixtures, "de"),
        Sample(
            "02_buero_mixed_vat.pdf",
            "zebra",
            who.HOFLADEN,
            who.BUYER_DE2,
            mixed,
            "de",
            alternatives={"subtotal": [str(goods(mixed))]},
        ),
        Sample("03_facturx.pdf", "hybrid", who.AT_SENN, who.BUYER_DE2, factur_x, "de"),
        Sample("04_hosting.txt", "plain_de", who.HOSTING, who.BUYER_DE2, hosting, "de"),
    ]


def romance() -> list[Sample]:
    lighting = make_invoice(
        who.FR_LUMIERE,
        who.BUYER_FR,
        number="F2024-0612",
        issued="2024-06-18",
        due="2024-07-18",
        lines=[
            line("Applique murale laiton", "18", "86.40", "20", code="AP-LA"),
            line("Suspension verre soufflé, diamètre 30 cm, câble textile", "6", "142.00", "20", code="SU-30"),
            line("Ampoule LED E27 8 W", "60", "4.95", "20", code="LED-8"),
            line("Pose et raccordement", "14", "48.00", "10", code="POSE"),
        ],
    )
    joinery = make_invoice(
        who.FR_ATELIER,
        who.BUYER_FR,
        number="2024/047",
        issued="2024-03-27",
        due="2024-04-26",
        paid="1500.00",
        lines=[
            line("Comptoir de réception en chêne massif", "1", "3850.00", "20"),
            line("Étagères sur mesure", "4", "215.00", "20"),
        ],
    )
    oil = make_invoice(
        who.ES_OLIVAR,
        who.BUYER_ES,
        number="A-24/00519",
        issued="2024-01-22",
        due="2024-02-21",
        lines=[
            line("Aceite de oliva virgen extra, garrafa 5 l", "36", "38.75", "10"),
            line("Aceituna manzanilla, cubo 10 kg", "4", "29.90", "10"),
            line("Palé retornable", "1", "15.00", "21"),
        ],
    )
    paper = make_invoice(
        who.IT_CARTIERA,
        who.BUYER_IT,
        number="318/2024",
        issued="2024-05-20",
        due="2024-06-19",
        lines=[
            line("Carta avorio 120 g, risma A4", "45", "11.80", "22", unit="PZ", code="AV120"),
            line("Buste commerciali 11x23", "2000", "0.095", "22", unit="PZ", code="BU1123"),
            line("Agenda rilegata in tela", "30", "8.40", "22", unit="PZ", code="AGT"),
            line("Libretto illustrato per ragazzi", "16", "6.25", "4", unit="PZ", code="LIB"),
        ],
    )
    cork = make_invoice(
        who.PT_CORTICA,
        who.BUYER_PT,
        number="FT 2024/1836",
        issued="2024-09-30",
        due="2024-10-30",
        lines=[
            line("Rolhas naturais 45x24 mm (milheiro)", "12", "186.00", "23"),
            line("Caixa expositora em cortiça", "20", "17.35", "23"),
        ],
    )
    return [
        Sample("12_luminaires.pdf", "grid", who.FR_LUMIERE, who.BUYER_FR, lighting, "fr"),
        Sample("13_atelier_acompte.pdf", "centred", who.FR_ATELIER, who.BUYER_FR, joinery, "fr", "fr"),
        Sample("14_olivar.pdf", "airy", who.ES_OLIVAR, who.BUYER_ES, oil, "es"),
        Sample("15_cartiera.pdf", "boxes", who.IT_CARTIERA, who.BUYER_IT, paper, "it"),
        Sample("16_cortica.pdf", "signature", who.PT_CORTICA, who.BUYER_PT, cork, "pt"),
    ]


def dutch_and_swiss() -> list[Sample]:
    bikes = make_invoice(
        who.NL_FIETS,
        who.BUYER_NL,
        number="20240391",
        issued="2024-04-12",
        due="2024-05-12",
        lines=[
            line("Stadsfiets 7 versnellingen", "8", "469.00", "21"),
            line("Kinderzitje achter", "3", "84.50", "21"),
            line("Onderhoudsbeurt verhuurfietsen", "15", "32.75", "21"),
        ],
    )
    gears = make_invoice(
        who.CH_UHREN,
        who.BUYER_CH,
        number="R-104882",
        issued="2024-08-19",
        due="2024-09-18",
        currency="CHF",
        lines=[
            line("Getriebeeinheit Typ K, geprüft", "3", "1240.00", "8.1"),
            line("Dichtungssatz", "6", "38.50", "8.1"),
            line("Montage vor Ort", "7.5", "145.00", "8.1"),
        ],
    )
    flyers = make_invoice(
        who.BE_BRUYN,
        who.BUYER_NL,
        number="VF24-2207",
        issued="2024-06-05",
        due="2024-07-05",
        order="ZW-118",
        lines=[
            line("Folder A5, dubbelzijdig", "2500", "0.084", "21"),
            line("Affiche A2", "40", "3.10", "21"),
        ],
    )
    return [
        Sample(
            "17_fietsen.pdf",
            "sidebar",
            who.NL_FIETS,
            who.BUYER_NL,
            bikes,
            "nl",
            alternatives={"vendor_name": ["Rijnstroom Fietsen"]},
        ),
        Sample(
            "18_feinmechanik.pdf",
            "payment_part",
            who.CH_UHREN,
            who.BUYER_CH,
            gears,
            "de",
            "ch",
            alternatives={"vendor_tax_id": ["CHE-696.533.967", "CHE696533967", "CHE696533967MWST"]},
        ),
        Sample("19_drukkerij_ubl.xml", "ubl", who.BE_BRUYN, who.BUYER_NL, flyers, "nl"),
    ]
