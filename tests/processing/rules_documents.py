"""Invoices in many languages and layouts as plain text, with what must be read from them. All parties are made up."""

from __future__ import annotations

GERMAN_LETTER = """\
Holzwerk Brandner GmbH
Sägeweg 4 · 83278 Traunstein

Holzwerk Brandner GmbH, Sägeweg 4, 83278 Traunstein
Tischlerei Oberhuber                                      Rechnungsnummer:   2024-0815
Am Anger 12                                               Rechnungsdatum:    14.03.2024
83209 Prien am Chiemsee                                   Kundennummer:      10077
                                                          Lieferdatum:       11.03.2024

Rechnung

Pos   Bezeichnung                     Menge    Einheit    Einzelpreis    Gesamt
1     Eichenbohle 50 mm               12,5     m          48,00          600,00
2     Fichte Kantholz 8x8             40       m          6,25           250,00

                                               Nettobetrag               850,00 €
                                               zzgl. 19 % MwSt.          161,50 €
                                               Gesamtbetrag            1.011,50 €

Zahlbar innerhalb von 14 Tagen ohne Abzug.

Bankverbindung: Volksbank Chiemgau   IBAN: DE89 3704 0044 0532 0130 00   BIC: COBADEFFXXX
USt-IdNr.: DE136695976   Geschäftsführer: Anton Brandner   Amtsgericht Traunstein HRB 4711
"""

FRENCH = """\
ATELIER DES VIGNES SARL
15 rue des Tonneliers
33000 Bordeaux
SIRET 404 833 048 00022
N° TVA intracommunautaire : FR83404833048

FACTURE N° FA-2023-117

Date de facture : 5 février 2023
Date d'échéance : 7 mars 2023
Votre commande : BC 4471

Facturé à :
Domaine Lafargue SAS
8 chemin du Moulin
33330 Saint-Émilion

Désignation                          Quantité    Prix unitaire HT    Total HT
Barrique chêne 225 l                 4           610,00              2 440,00
Réparation fût                       2           85,50               171,00

                                                 Total HT            2 611,00 €
                                                 TVA 20 %              522,20 €
                                                 Total TTC           3 133,20 €
                                                 Net à payer         3 133,20 €
"""

SPANISH = """\
Cerámicas del Turia S.L.
C/ Alfareros 22, 46940 Manises
CIF: B58378431

FACTURA
Nº de factura: 2022/00345
Fecha de emisión: 09/11/2022
Fecha de vencimiento: 09/12/2022

Cliente:
Reformas Ibáñez S.A.
Avda. del Puerto 101
46023 Valencia

Concepto                     Cantidad     Precio      Importe
Azulejo 20x20 blanco         1.200        0,85        1.020,00
Adhesivo saco 25 kg          30           9,40        282,00

Base imponible               1.302,00 €
IVA 21%                        273,42 €
Total factura                1.575,42 €
"""

ITALIAN = """\
Officine Bellandi S.r.l.
Via delle Forge 7
25121 Brescia
P.IVA 00743110157

Spett.le
Carpenteria Monti S.p.A.
Via Roma 3
20121 Milano

Fattura n. 88/2024 del 31/01/2024
Scadenza: 01/03/2024

Descrizione                  Q.tà      Prezzo unitario     Importe
Staffa zincata               250       1,20                300,00
Bullone M12                  1000      0,35                350,00

Imponibile                   650,00
IVA 22%                      143,00
Totale documento         EUR 793,00
"""

DUTCH = """\
Fietsatelier Noord B.V.
Havenstraat 19
1021 KA Amsterdam
BTW-nummer: NL810433941B01
IBAN: NL91ABNA0417164300

Factuur aan:
Gemeente Waterdijk
Postbus 10
1140 AA Monnickendam

Factuurnummer     Factuurdatum     Vervaldatum
F2023-0098        03-04-2023       03-05-2023

Omschrijving                Aantal    Prijs      Totaal
Onderhoudsbeurt             6         € 75,00    € 450,00
Binnenband 28 inch          10        € 8,50     € 85,00

Totaal excl. btw                                 € 535,00
21% btw                                          € 112,35
Totaal incl. btw                                 € 647,35
"""

PORTUGUESE = """\
Têxteis Ribeira Lda
Rua da Fábrica 12
4050-246 Porto
NIF: 501964843

Fatura n.º FT 2024/77
Data de emissão: 22/05/2024
Data de vencimento: 21/06/2024

Exmo(s) Sr(s).
Cliente: Hotel Miradouro SA
Avenida da Liberdade 200
1250-147 Lisboa

Descrição              Qtd     Preço     Valor
Lençol king            40      22,00     880,00
Toalha banho           60      7,50      450,00

Total ilíquido         1.330,00
Total IVA              305,90
Total a pagar          1.635,90 EUR
"""

BRITISH = """\
Northgate Signs Ltd                                            INVOICE
Unit 4 Riverside Park
Leeds LS10 1JR
VAT Reg No: GB 980 7806 84

Invoice to:                            Invoice No:     NS-10442
Harbour Cafe Limited                   Invoice Date:   28/02/2023
12 Quay Street                         Due Date:       30/03/2023
Hull HU1 2AB                           Your Order No:  PO-7781

Description                      Qty      Unit Price      Amount
Fascia sign, aluminium           1        £1,250.00       £1,250.00
Fitting                          6        £45.00          £270.00

                                          Subtotal        £1,520.00
                                          VAT @ 20%         £304.00
                                          Total           £1,824.00
                                          Amount paid       £500.00
                                          Balance due     £1,324.00
"""

AMERICAN = """\
Prairie Sound & Light, Inc.
4410 Commerce Blvd, Suite 200
Omaha, NE 68106
billing@prairiesound.com
                                        Invoice #: 20931
                                        Date: 11/06/2023
                                        Terms: Net 30

Bill To:                                Ship To:
Lakeview High School                    Lakeview High School
500 School Rd                           Gym entrance
Lincoln, NE 68508                       Lincoln, NE 68508

Item                     Qty     Rate        Amount
PA rental                2       350.00      700.00
Technician hours         5       60.00       300.00

Subtotal                                     1,000.00
Sales Tax (7.25%)                               72.50
Total                                       $1,072.50
"""

SWISS = """\
Alpentech AG
Bahnhofstrasse 8
8001 Zürich
CHE-107.787.577 MWST

Muster Bau GmbH
Kiesweg 3
3011 Bern

Zürich, 12. August 2023

Rechnung Nr. 55012

Artikel                 Anzahl     Preis CHF      Betrag CHF
Seilwinde               1          4'200.00       4'200.00
Montage Std.            8          130.00         1'040.00

Zwischensumme                                     5'240.00
MWST 7.7 %                                          403.48
Total CHF                                         5'643.48

Zahlbar bis 11. September 2023
"""

INDIAN = """\
Shakti Tools Private Limited
Plot 21, MIDC Industrial Area, Pune 411019
GSTIN: 27AAPFU0939F1ZV

TAX INVOICE
Invoice No. : ST/23-24/0456        Dated : 15-Jul-2023
Buyer :
Om Engineering Works
Nashik 422007

Description               Qty      Rate        Amount
Drill bit set             100      450.00      45,000.00
Hand grinder              20       2,300.00    46,000.00

Taxable Value                                  91,000.00
CGST 9%                                         8,190.00
SGST 9%                                         8,190.00
Grand Total                               Rs. 1,07,380.00
"""

SWEDISH_STYLE = """\
Verkstad Lindqvist AB
Industrigatan 5
582 77 Linköping
Momsreg.nr: SE556188840401

FAKTURA
Fakturanummer: 30118
Fakturadatum: 2023-10-02
Förfallodatum: 2023-11-01

Kund:
Bygg & Plåt Syd AB
Malmövägen 2
222 25 Lund

Beskrivning             Antal     À-pris      Belopp
Svetsning               10        650,00      6 500,00

Summa exkl. moms                              6 500,00
Moms 25 %                                     1 625,00
Att betala                                SEK 8 125,00
"""

CREDIT_NOTE = """\
Papierhaus Lenz GmbH
Druckerstr. 9
04109 Leipzig
USt-IdNr. DE136695976

Kunde:
Kanzlei Vogt
Marktplatz 1
06108 Halle

Gutschrift Nr. G-2024-12
Datum: 02.05.2024

Artikel                 Menge     Preis     Betrag
Kopierpapier A4         10        4,20      -42,00

Summe netto                                 -42,00 EUR
MwSt. 19%                                    -7,98 EUR
Gesamtsumme                                 -49,98 EUR
"""

TILL_SLIP = """\
KEDAI BUNGA MELUR SDN BHD
(776543-K)
12 JALAN MAWAR 3
47100 PUCHONG, SELANGOR
GST REG NO: 000912345678
TAX INVOICE
RECEIPT NO: 0004411
DATE: 23/06/2018 18:22

ROSE BOUQUET            45.00
RIBBON                   3.43

SUBTOTAL                48.43
ROUNDING ADJ            -0.03
TOTAL RM                48.40
CASH                    50.00
CHANGE                   1.60
"""

ALL: dict[str, tuple[str, dict[str, str]]] = {
    "german letter": (
        GERMAN_LETTER,
        {
            "vendor_name": "Holzwerk Brandner GmbH",
            "vendor_tax_id": "DE136695976",
            "buyer_name": "Tischlerei Oberhuber",
            "invoice_number": "2024-0815",
            "invoice_date": "2024-03-14",
            "delivery_date": "2024-03-11",
            "due_date": "2024-03-28",
            "currency": "EUR",
            "subtotal": "850.00",
            "tax_amount": "161.50",
            "total_amount": "1011.50",
            "iban": "DE89370400440532013000",
            "bic": "COBADEFFXXX",
        },
    ),
    "french": (
        FRENCH,
        {
            "vendor_name": "ATELIER DES VIGNES SARL",
            "vendor_tax_id": "FR83404833048",
            "buyer_name": "Domaine Lafargue SAS",
            "invoice_number": "FA-2023-117",
            "invoice_date": "2023-02-05",
            "due_date": "2023-03-07",
            "purchase_order": "BC 4471",
            "currency": "EUR",
            "subtotal": "2611.00",
            "tax_amount": "522.20",
            "total_amount": "3133.20",
            "amount_due": "3133.20",
        },
    ),
    "spanish": (
        SPANISH,
        {
            "vendor_name": "Cerámicas del Turia S.L.",
            "vendor_tax_id": "B58378431",
            "buyer_name": "Reformas Ibáñez S.A.",
            "invoice_number": "2022/00345",
            "invoice_date": "2022-11-09",
            "due_date": "2022-12-09",
            "currency": "EUR",
            "subtotal": "1302.00",
            "tax_amount": "273.42",
            "total_amount": "1575.42",
        },
    ),
    "italian": (
        ITALIAN,
        {
            "vendor_name": "Officine Bellandi S.r.l.",
            "vendor_tax_id": "00743110157",
            "buyer_name": "Carpenteria Monti S.p.A.",
            "invoice_number": "88/2024",
            "invoice_date": "2024-01-31",
            "due_date": "2024-03-01",
            "currency": "EUR",
            "subtotal": "650.00",
            "tax_amount": "143.00",
            "total_amount": "793.00",
        },
    ),
    "dutch": (
        DUTCH,
        {
            "vendor_name": "Fietsatelier Noord B.V.",
            "vendor_tax_id": "NL810433941B01",
            "buyer_name": "Gemeente Waterdijk",
            "invoice_number": "F2023-0098",
            "invoice_date": "2023-04-03",
            "due_date": "2023-05-03",
            "currency": "EUR",
            "subtotal": "535.00",
            "tax_amount": "112.35",
            "total_amount": "647.35",
            "iban": "NL91ABNA0417164300",
        },
    ),
    "portuguese": (
        PORTUGUESE,
        {
            "vendor_name": "Têxteis Ribeira Lda",
            "vendor_tax_id": "501964843",
            "buyer_name": "Hotel Miradouro SA",
            "invoice_number": "FT 2024/77",
            "invoice_date": "2024-05-22",
            "due_date": "2024-06-21",
            "currency": "EUR",
            "subtotal": "1330.00",
            "tax_amount": "305.90",
            "total_amount": "1635.90",
        },
    ),
    "british": (
        BRITISH,
        {
            "vendor_name": "Northgate Signs Ltd",
            "vendor_tax_id": "GB980780684",
            "buyer_name": "Harbour Cafe Limited",
            "invoice_number": "NS-10442",
            "invoice_date": "2023-02-28",
            "due_date": "2023-03-30",
            "purchase_order": "PO-7781",
            "currency": "GBP",
            "subtotal": "1520.00",
            "tax_amount": "304.00",
            "total_amount": "1824.00",
            "amount_paid": "500.00",
            "amount_due": "1324.00",
        },
    ),
    "american": (
        AMERICAN,
        {
            "vendor_name": "Prairie Sound & Light, Inc.",
            "buyer_name": "Lakeview High School",
            "invoice_number": "20931",
            "invoice_date": "2023-11-06",
            "due_date": "2023-12-06",
            "payment_terms": "Net 30",
            "currency": "USD",
            "subtotal": "1000.00",
            "tax_amount": "72.50",
            "total_amount": "1072.50",
        },
    ),
    "swiss": (
        SWISS,
        {
            "vendor_name": "Alpentech AG",
            "vendor_tax_id": "CHE107787577",
            "buyer_name": "Muster Bau GmbH",
            "invoice_number": "55012",
            "invoice_date": "2023-08-12",
            "due_date": "2023-09-11",
            "currency": "CHF",
            "subtotal": "5240.00",
            "tax_amount": "403.48",
            "total_amount": "5643.48",
        },
    ),
    "indian": (
        INDIAN,
        {
            "vendor_name": "Shakti Tools Private Limited",
            "vendor_tax_id": "27AAPFU0939F1ZV",
            "buyer_name": "Om Engineering Works",
            "invoice_number": "ST/23-24/0456",
            "invoice_date": "2023-07-15",
            "currency": "INR",
            "subtotal": "91000.00",
            "tax_amount": "16380.00",
            "total_amount": "107380.00",
        },
    ),
    "swedish": (
        SWEDISH_STYLE,
        {
            "vendor_name": "Verkstad Lindqvist AB",
            "vendor_tax_id": "SE556188840401",
            "buyer_name": "Bygg & Plåt Syd AB",
            "invoice_number": "30118",
            "invoice_date": "2023-10-02",
            "due_date": "2023-11-01",
            "currency": "SEK",
            "subtotal": "6500.00",
            "tax_amount": "1625.00",
            "total_amount": "8125.00",
        },
    ),
    "credit note": (
        CREDIT_NOTE,
        {
            "document_type": "credit_note",
            "vendor_name": "Papierhaus Lenz GmbH",
            "buyer_name": "Kanzlei Vogt",
            "invoice_number": "G-2024-12",
            "invoice_date": "2024-05-02",
            "currency": "EUR",
            "subtotal": "42.00",
            "tax_amount": "7.98",
            "total_amount": "49.98",
        },
    ),
    "till slip": (
        TILL_SLIP,
        {
            "vendor_name": "KEDAI BUNGA MELUR SDN BHD",
            "invoice_number": "0004411",
            "invoice_date": "2018-06-23",
            "currency": "MYR",
            "total_amount": "48.40",
        },
    ),
}
