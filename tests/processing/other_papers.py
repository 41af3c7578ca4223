"""Papers that come with the invoices and are none."""

from __future__ import annotations

VENDOR = "Hollin Park Supplies Ltd\n12 Canal Street, Leeds LS1 4AB\nVAT GB811442075\n"
BUYER = "Brixworth Ceramics Ltd\nThe Old Kiln, Station Lane\nBrixworth NN6 9DG\n"


def _paper(title: str, *body: str) -> bytes:
    return "\n\n".join([VENDOR, BUYER, title, *body]).encode()


REMINDERS = {
    "English": _paper(
        "PAYMENT REMINDER",
        "Date: 14 April 2026\nCustomer no: 10442",
        "Dear Sir or Madam, our records show that the following invoice is still unpaid.",
        "Invoice number: HP-20418\nInvoice date: 3 March 2026\nAmount outstanding: GBP 180.00",
        "Please pay within 7 days.",
    ),
    "second, in a table": _paper(
        "2nd Reminder",
        "Date: 14.04.2026",
        "Invoice no      Date          Due           Amount\nHP-20418        03.03.2026    02.04.2026    180.00",
        "Total due GBP                               180.00",
    ),
    "German": _paper(
        "1. Mahnung",
        "Datum: 14.04.2026\nKundennummer: 10442",
        "Sehr geehrte Damen und Herren, zu folgender Rechnung haben wir keinen Zahlungseingang festgestellt.",
        "Rechnungsnummer: HP-20418\nRechnungsdatum: 03.03.2026\nOffener Betrag: 180,00 EUR\nMahngebühr: 5,00 EUR",
        "Gesamtbetrag: 185,00 EUR",
    ),
    "German, kind": _paper("Zahlungserinnerung", "Rechnungsnr. HP-20418 vom 03.03.2026 über 180,00 EUR ist offen."),
    "French": _paper(
        "LETTRE DE RELANCE",
        "Le 14/04/2026",
        "Sauf erreur de notre part, la facture suivante reste impayée.",
        "Numéro de facture : HP-20418\nDate de facture : 03/03/2026\nMontant : 180,00 EUR",
    ),
    "Spanish": _paper("Recordatorio de pago", "Número de factura: HP-20418\nFecha: 03/03/2026\nTotal: 180,00 EUR"),
    "Italian": _paper("Sollecito di pagamento", "Numero fattura: HP-20418\nData: 03/03/2026\nTotale: 180,00 EUR"),
    "Dutch": _paper("Tweede herinnering", "Factuurnummer: HP-20418\nFactuurdatum: 03-03-2026\nTotaal: EUR 180,00"),
    "Polish": _paper("Wezwanie do zapłaty", "Numer faktury: HP-20418\nData: 03.03.2026\nRazem: 180,00 PLN"),
    "Swedish": _paper("BETALNINGSPÅMINNELSE", "Fakturanummer: HP-20418\nFakturadatum: 2026-03-03\nSumma: 180,00 SEK"),
    "Danish": _paper("Rykkerskrivelse", "Fakturanummer: HP-20418\nFakturadato: 03.03.2026\nTotal: 180,00 DKK"),
    "Finnish": _paper("Maksumuistutus", "Laskun numero: HP-20418\nPäiväys: 3.3.2026\nYhteensä: 180,00 EUR"),
}
OTHERS = {
    "statement": _paper(
        "STATEMENT OF ACCOUNT",
        "Date: 30 April 2026\nAccount: BRX014",
        "Date          Invoice      Debit       Credit      Balance\n"
        "03/03/2026    HP-20418     180.00                  180.00\n"
        "09/03/2026    HP-20433     240.00                  420.00\n"
        "31/03/2026    Payment                  180.00      240.00",
        "Total due GBP                                      240.00",
    ),
    "German statement": _paper(
        "Kontoauszug", "Datum   Beleg   Betrag\n03.03.2026  HP-20418  180,00\n09.03.2026  HP-20433  240,00"
    ),
    "French statement": _paper(
        "RELEVÉ DE COMPTE", "Date   Facture   Montant\n03/03/2026  HP-20418  180,00\n09/03/2026  HP-20433  240,00"
    ),
    "delivery note": _paper(
        "DELIVERY NOTE", "Delivery note no: 88112\nDate: 2 March 2026\nYour order: PO-77",
        "Description            Qty\nBolt M10               40\nSealing ring           12", "Received in good order:",
    ),
    "German delivery note": _paper(
        "Lieferschein Nr. 88112", "Datum: 02.03.2026", "Bezeichnung       Menge\nSchraube M10      40"
    ),
    "order confirmation": _paper(
        "ORDER CONFIRMATION", "Order no: 55120\nDate: 1 March 2026",
        "Description     Qty    Unit price    Amount\nBolt M10        40     2.00          80.00", "Total GBP  80.00",
    ),
    "German order confirmation": _paper(
        "Auftragsbestätigung", "Auftrag Nr. 55120\nDatum: 01.03.2026", "Gesamtbetrag 80,00 EUR"
    ),
    "quote": _paper("Quotation", "Quote number: Q-9\nValid until: 31 March 2026", "Total GBP  80.00"),
    "French quote": _paper("DEVIS", "N° D-9\nDate : 01/03/2026", "Total TTC   80,00 EUR"),
    "terms": _paper("General Terms and Conditions", *(f"{n}. Goods stay ours until paid for." for n in range(1, 9))),
    "remittance": _paper("REMITTANCE ADVICE", "We have paid:\nHP-20418   180.00\nHP-20433   240.00"),
    "letter": _paper("Our new opening hours", "Dear customers, from May on we are open from 7 to 18."),
    "advert": _paper("Spring offers!", "Ten per cent off all bolts until Friday. Come and see us, and bring a friend."),
}  # fmt: skip

_ITEMS = "Description     Qty    Unit price    Amount\nBolt M10        40     2.00          80.00"
_SUMS = "Subtotal 80.00\nVAT 20% 16.00\nTotal GBP 96.00"
INVOICES = {
    "with the number of its delivery note": _paper(
        "INVOICE", "Invoice no: HP-1\nInvoice date: 3 March 2026\nDelivery note: 88112\nOrder confirmation: 55120",
        _ITEMS, _SUMS
    ),
    "whose delivery note stands first": _paper(
        "Delivery note 88112", "Invoice no: HP-1\nInvoice date: 3 March 2026", _ITEMS, _SUMS
    ),
    "with a reminder of terms": _paper(
        "INVOICE", "Invoice no: HP-1\nInvoice date: 3 March 2026", _ITEMS, _SUMS,
        "A reminder fee of 10.00 is charged. Our general terms and conditions apply.\nTerms and conditions",
    ),
    "titled as a statement": _paper(
        "STATEMENT", "Invoice no: HP-1\nInvoice date: 3 March 2026", _ITEMS, _SUMS
    ),
    "of an order": _paper("INVOICE", "Order: 55120\nInvoice no: HP-1\nInvoice date: 3 March 2026", _ITEMS, _SUMS),
    "with a remittance slip": _paper(
        "INVOICE", "Invoice no: HP-1\nInvoice date: 3 March 2026", _ITEMS, _SUMS, "REMITTANCE ADVICE\nInvoice no: HP-1",
    ),
}  # fmt: skip
