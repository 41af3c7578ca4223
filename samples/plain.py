"""Invoices as plain text: what a hosting, an accounting and a mail program write."""

from __future__ import annotations

from samples.books import Sample


def plain_de(sample: Sample) -> str:
    """A German invoice with columns lined up by spaces."""
    s, b, inv = sample.seller, sample.buyer, sample.invoice
    rows = [
        f"{n:<5}{text:<42}{quantity:>6}{price:>12}{amount:>13}"
        for n, (text, quantity, price, amount) in enumerate(_cells(sample), 1)
    ]
    return "\n".join(
        [
            s.name,
            s.street,
            s.city,
            f"Tel. {s.phone}   {s.email}",
            "",
            b.name,
            b.street,
            b.city,
            "",
            "",
            "RECHNUNG",
            "",
            f"Rechnungsnummer:   {inv.invoice_number}",
            f"Rechnungsdatum:    {sample.day(inv.invoice_date)}",
            f"Zahlbar bis:       {sample.day(inv.due_date)}",
            "Kundennummer:      20077",
            "",
            f"{'Pos.':<5}{'Beschreibung':<42}{'Menge':>6}{'Einzelpreis':>12}{'Gesamt':>13}",
            "-" * 78,
            *rows,
            "-" * 78,
            f"{'Nettobetrag':<60}{sample.money(inv.subtotal):>14} EUR",
            f"{'zzgl. 19 % MwSt.':<60}{sample.money(inv.tax_amount):>14} EUR",
            f"{'Rechnungsbetrag':<60}{sample.money(inv.total_amount):>14} EUR",
            "",
            "Der Betrag wird nicht abgebucht. Bitte überweisen Sie auf das Konto:",
            f"{s.bank}, IBAN {s.spaced_iban}, BIC {s.bic}",
            f"USt-IdNr. {s.tax_id}",
            "",
        ]
    )


def plain_us(sample: Sample) -> str:
    """An American invoice as an accounting program mails it."""
    s, b, inv = sample.seller, sample.buyer, sample.invoice
    rows = [
        f"{text:<40}{quantity:>8}{price:>14}{amount:>14}" for text, quantity, price, amount in _cells(sample, sign=True)
    ]
    return "\n".join(
        [
            f"{s.name:<52}{'INVOICE':>24}",
            s.street,
            s.city,
            f"Phone: {s.phone}",
            "",
            f"{'Bill To:':<46}Invoice Number: {inv.invoice_number}",
            f"{b.name:<46}Invoice Date:   {sample.day(inv.invoice_date)}",
            f"{b.street:<46}Due Date:       {sample.day(inv.due_date)}",
            b.city,
            "",
            f"{'Item':<40}{'Quantity':>8}{'Unit Price':>14}{'Amount':>14}",
            "=" * 76,
            *rows,
            "=" * 76,
            f"{'Subtotal':>62}{sample.money(inv.subtotal, sign=True):>14}",
            f"{'Sales Tax (7.5%)':>62}{sample.money(inv.tax_amount, sign=True):>14}",
            f"{'Total':>62}{sample.money(inv.total_amount, sign=True):>14}",
            "",
            f"Please send questions about this invoice to {s.email}.",
            "",
        ]
    )


def plain_gb(sample: Sample) -> str:
    """A British consultant's invoice, written by hand in a mail."""
    s, b, inv = sample.seller, sample.buyer, sample.invoice
    rows = [f"{text:<34}  {quantity:>4}  {price:>8}  {amount:>10}" for text, quantity, price, amount in _cells(sample)]
    return "\n".join(
        [
            s.name,
            f"{s.street}, {s.city}",
            f"VAT registration number: {s.tax_id}",
            "",
            f"To: {b.name}",
            f"    {b.street}, {b.city}",
            "",
            f"Invoice no: {inv.invoice_number}",
            f"Invoice date: {sample.day(inv.invoice_date)}",
            f"Payment due by: {sample.day(inv.due_date)}",
            "",
            f"{'Description':<34}  {'Qty':>4}  {'Price':>8}  {'Amount':>10}",
            *rows,
            "",
            f"Subtotal:        GBP {sample.money(inv.subtotal)}",
            f"VAT at 20%:      GBP {sample.money(inv.tax_amount)}",
            f"Total:           GBP {sample.money(inv.total_amount)}",
            "",
            f"Bank transfer to {s.bank}, IBAN {s.iban}, BIC {s.bic}.",
            "",
        ]
    )


def _cells(sample: Sample, *, sign: bool = False) -> list[tuple[str, str, str, str]]:
    return [
        (
            item.description or "",
            sample.quantity(item.quantity),
            sample.money(item.unit_price, sign=sign),
            sample.money(item.amount, sign=sign),
        )
        for item in sample.invoice.line_items
    ]
