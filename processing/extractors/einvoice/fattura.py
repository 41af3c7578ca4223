"""FatturaPA 1.2 (Italy): where each EN 16931 term stands. One file may hold several invoices; the first one is read.

Source: https://www.fatturapa.gov.it/it/norme-e-regole/documentazione-fattura-elettronica/formato-fatturapa/.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from invoices.rules.catalogue import reason
from processing.content.extraction import Extraction, FieldValue
from processing.extractors.einvoice.paths import Every, Grammar, Joined, Rule, Source, Sum, Table

_SELLER = "FatturaElettronicaHeader/CedentePrestatore"
_BUYER = "FatturaElettronicaHeader/CessionarioCommittente"
_BODY = "FatturaElettronicaBody[1]"
_GENERAL = f"{_BODY}/DatiGenerali"
_DOCUMENT = f"{_GENERAL}/DatiGeneraliDocumento"
_GOODS = f"{_BODY}/DatiBeniServizi"
_SUMMARY = f"{_GOODS}/DatiRiepilogo"
_PAYMENT = f"{_BODY}/DatiPagamento/DettaglioPagamento"
_ADDRESS = (("Indirizzo", "NumeroCivico"), ("CAP", "Comune", "Provincia"), ("Nazione",))
# Natura says why no VAT is charged; the EN 16931 category (BT-118) of those that have one.
_CATEGORIES = {"N1": "O", "N2": "O", "N3.1": "G", "N3.2": "K", "N4": "E", "N6": "AE"}


def _name(party: str) -> tuple[Rule, ...]:
    person = f"{party}/DatiAnagrafici/Anagrafica"
    return f"{person}/Denominazione", Joined(person, (("Nome", "Cognome"),))


def _tax_id(party: str) -> tuple[Rule, ...]:
    return (
        Joined(f"{party}/DatiAnagrafici/IdFiscaleIVA", (("IdPaese", "IdCodice"),), glue=""),
        f"{party}/DatiAnagrafici/CodiceFiscale",
    )


HEADER: Table = {
    "invoice_number": (f"{_DOCUMENT}/Numero",),
    "invoice_date": (f"{_DOCUMENT}/Data",),
    "due_date": (f"{_PAYMENT}/DataScadenzaPagamento",),
    "delivery_date": (f"{_GENERAL}/DatiTrasporto/DataOraConsegna", f"{_GENERAL}/DatiDDT/DataDDT"),
    "currency": (f"{_DOCUMENT}/Divisa",),
    "purchase_order": (f"{_GENERAL}/DatiOrdineAcquisto/IdDocumento",),
    "contract_reference": (f"{_GENERAL}/DatiContratto/IdDocumento",),
    "preceding_invoice": (f"{_GENERAL}/DatiFattureCollegate/IdDocumento",),
    "buyer_reference": (f"{_SELLER}/RiferimentoAmministrazione",),
    "vendor_name": _name(_SELLER),
    "vendor_tax_id": _tax_id(_SELLER),
    "vendor_address": (Joined(f"{_SELLER}/Sede", _ADDRESS),),
    "vendor_country": (f"{_SELLER}/Sede/Nazione",),
    "vendor_email": (f"{_SELLER}/Contatti/Email",),
    "vendor_phone": (f"{_SELLER}/Contatti/Telefono",),
    "buyer_name": _name(_BUYER),
    "buyer_tax_id": _tax_id(_BUYER),
    "buyer_address": (Joined(f"{_BUYER}/Sede", _ADDRESS),),
    "ship_to_address": (Joined(f"{_GENERAL}/DatiTrasporto/IndirizzoResa", _ADDRESS),),
    "subtotal": (Sum(f"{_SUMMARY}/ImponibileImporto"),),
    "discount_total": (Sum(f"{_DOCUMENT}/ScontoMaggiorazione[Tipo='SC']/Importo"),),
    # All of these are in the taxable amount besides the lines.
    "charge_total": (
        Sum(
            f"{_DOCUMENT}/ScontoMaggiorazione[Tipo='MG']/Importo | {_SUMMARY}/SpeseAccessorie"
            f" | {_DOCUMENT}/DatiCassaPrevidenziale/ImportoContributoCassa"
        ),
    ),
    "tax_amount": (Sum(f"{_SUMMARY}/Imposta"),),
    # The total may be left out (it is optional by the standard): then it is what the summary adds up to.
    "total_amount": (
        f"{_DOCUMENT}/ImportoTotaleDocumento",
        Sum(f"{_SUMMARY}/ImponibileImporto | {_SUMMARY}/Imposta"),
    ),
    "rounding": (f"{_DOCUMENT}/Arrotondamento",),
    "amount_due": (f"{_PAYMENT}/ImportoPagamento",),
    "payment_reference": (f"{_PAYMENT}/CodicePagamento",),
    "iban": (f"{_PAYMENT}/IBAN",),
    "bic": (f"{_PAYMENT}/BIC",),
    "notes": (Every(f"{_DOCUMENT}/Causale", separator=" "),),
}

LINE: Table = {
    "line_number": ("NumeroLinea",),
    "description": ("Descrizione",),
    "item_code": ("CodiceArticolo/CodiceValore",),
    "quantity": ("Quantita",),
    "unit": ("UnitaMisura",),
    "unit_price": ("PrezzoUnitario",),
    "amount": ("PrezzoTotale",),
    "tax_rate": ("AliquotaIVA",),
}

TAX: Table = {
    "category": ("Natura",),
    "rate": ("AliquotaIVA",),
    "base": ("ImponibileImporto",),
    "amount": ("Imposta",),
}

FATTURA = Grammar(
    header=HEADER,
    type_code=f"{_DOCUMENT}/TipoDocumento",
    lines=f"{_GOODS}/DettaglioLinee",
    line=LINE,
    taxes=_SUMMARY,
    tax=TAX,
)


def adjust_fattura(source: Source, extraction: Extraction) -> None:
    """Instalments added up, what is withheld, line discounts (given per unit or in percent) as amounts, VAT categories
    in their EN 16931 form, and a reason where the file holds more invoices than the one that was read."""
    bodies = len(source.elements(source.root, "FatturaElettronicaBody"))
    if bodies > 1:
        message = f"The file contains {bodies} invoices; only the first was read."
        extraction.reasons.append(reason("several_invoices", "", message))
    _add_up_instalments(source, extraction)
    _read_withheld(source, extraction)
    for element, line in zip(source.elements(source.root, FATTURA.lines), extraction.lines, strict=True):
        discounts = source.elements(element, "ScontoMaggiorazione")
        quantity, price, amount = (line.get(name) for name in ("quantity", "unit_price", "amount"))
        if discounts and price and amount and isinstance(price.value, Decimal) and isinstance(amount.value, Decimal):
            count = quantity.value if quantity and isinstance(quantity.value, Decimal) else Decimal(1)
            value = count * price.value - amount.value
            place = source.place(discounts[0])
            line["discount"] = FieldValue(value, str(value), "xml", place, "quantity, unit_price, amount")
    for row in extraction.taxes:
        nature = row.get("category")
        if nature is None and "rate" in row:
            row["category"] = FieldValue("S", row["rate"].raw, "xml", row["rate"].place, "rate")
        elif nature is not None and isinstance(nature.value, str):
            short = nature.value.split(".")[0]
            row["category"] = replace(
                nature, value=_CATEGORIES.get(nature.value) or _CATEGORIES.get(short, nature.value)
            )


def _add_up_instalments(source: Source, extraction: Extraction) -> None:
    """TP01 is payment by instalments (their sum is due); otherwise several rows are ways to pay the same amount."""
    rule = Sum(f"{_BODY}/DatiPagamento[CondizioniPagamento='TP01']/DettaglioPagamento/ImportoPagamento")
    extraction.fields.update(source.read(source.root, {"amount_due": (rule,)}))


def _read_withheld(source: Source, extraction: Extraction) -> None:
    """What the buyer pays to the state and not to the seller (withholding tax, and VAT under split payment), where the
    amount due leaves it out."""
    rule = Sum(f"{_DOCUMENT}/DatiRitenuta/ImportoRitenuta | {_SUMMARY}[EsigibilitaIVA='S']/Imposta")
    withheld = source.read(source.root, {"withholding_amount": (rule,)})
    total, due = (extraction.fields.get(name) for name in ("total_amount", "amount_due"))
    if not withheld or total is None or due is None:
        return
    if not (isinstance(total.value, Decimal) and isinstance(due.value, Decimal)):
        return
    if total.value - due.value == withheld["withholding_amount"].value:
        extraction.fields.update(withheld)
