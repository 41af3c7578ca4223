"""Headings of columns on carriers' bills, and what they mean. Pure.

The vocabulary is that of the trade in seven languages; names of the public data files (UPS billing data, FedEx Billing
Online, DHL Express) are spelled as those files spell them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from invoices.auditing.kinds import charge_kind
from invoices.auditing.wording import folded
from processing.extractors.bills.heading_parts import meaning_of_words, spelled

# Regular expressions of folded headings (no case, accents or punctuation), each whole. {no} is a word for "number".
_NO = "(id|no|nos|number|num|nr|nummer|numero|n)"
_PHRASES: dict[str, tuple[str, ...]] = {
    "tracking_number": (
        "(express or ground |ground |carrier )?tracking( {no})?", "(shipment|consignment|con ?note|waybill)( {no})?",
        "(air ?waybill|awb|h ?awb|house awb|house air waybill)( {no})?", "(parcel|package|barcode|container)( {no})?",
        "(freight bill|pro|probill)( {no})?", "(sendungs|paket|frachtbrief|auftrags|speditionsauftrags) ?(nr|nummer)",
        "sendung|auftrag", "({no} )?(de )?(recepisse|expedition|suivi|lettre de voiture)", "{no} (de )?colis",
        "({no} )?(de )?(albaran|expedicion|envio|seguimiento)", "({no} )?(di )?(spedizione|ldv|lettera di vettura)",
        "zending(nummer)?|zendingsnummer", "(numer|nr) (przesylki|listu)( przewozowego)?", "cte|conhecimento",
    ),
    "lead_number": ("(lead shipment|master|master tracking)( {no})?", "tdmastertrackingid"),
    "multiweight": ("multi ?weight( shipment)? {no}|hundredweight {no}",),
    "ship_date": (
        "(ship(ment|ping)?|despatch(ed)?|dispatch|pick ?up|transaction|collection|flight|consignment|departure) date",
        "despatched|dispatched|shipped( on)?|mailing date|einlieferung|recogida",
        "(leistungs|versand|abhol|auftrags|lade)? ?datum", "date",
        "date (d )?(expedition|enlevement|ramasse|depart)", "fecha( de)?( envio| salida)?", "data( spedizione)?",
        "verzenddatum|data nadania|feladas datuma|data (expedierii|predarii)",
    ),
    "service": (
        "(mail )?service( type| name| level| description)?|mail class", "original service description",
        "product( name)?|produkt(name)?",
        "leistung|prestation|servicio|servizio|dienst|usluga|sluzba|palvelu|szolgaltatas|hizmet|serviciu|storitev",
        "tipo de servicio|service desc(ription)?",
    ),
    "service_more": ("ground service",),
    "zone": ("(rate |rated )?zone( code| no| number)?|zon", "zona|tarifzone|zonen?|strefa|vyoehyke|oevezet|boelge"),
    "actual_weight": (
        "(actual|entered|real|scale|cust scale|customer|gross|tatsaechliches|brutto) ?(weight|gewicht)( amount)?",
        "poids (reel|brut)", "peso (real|bruto|reale)", "werkelijk gewicht",
    ),
    "actual_unit": ("(actual|entered|real|scale) weight (units?|uom|unit of measure)",),
    "billed_weight": (
        "(rated|billed|bill|chargeable|charged|billable|invoiced)? ?(weight|wt)( amount)?", "chargeable",
        "kgs?|lbs?|pounds",
        "(frachtpfl|frachtpflichtiges|fracht)? ?gewicht", "poids( taxe)?", "peso( facturado| tassato)?", "fpg|waga",
    ),
    "weight_unit": ("(rated |billed |chargeable )?weight (units?|uom|unit of measure)", "gewichtseinheit"),
    "dims": ("(package )?dimensions?( l ?x ?w ?x ?h)?", "masse|abmessungen|dims"),
    "length": ("(dim |package )?length", "laenge|longueur|largo"),
    "width": ("(dim |package )?width", "breite|largeur|ancho"),
    "height": ("(dim |package )?height", "hoehe|hauteur|alto"),
    "dim_unit": ("dim(ension)? units?", "package dimension unit of measure", "dim uom"),
    "pieces": (
        "((number|no|nr) of )?(pieces|pcs|packages|parcels|pieces packages)", "package quantity",
        "colis|packstuecke|stuecke?|anzahl|colli|items|ilosc|bultos|volumes|colles|pallets|plts?|qty",
        "kollit|kpl|darab|(koli )?adedi?|(nr )?colete|broj koleta",
    ),
    "freight_class": ("(freight |rated |nmfc )?class( code)?", "detail class"),
    "references": (
        "((original|shipment|package|customer|cust|your|our) )?(customer )?ref(erence)?s?( {no})?( ?\\d)?( po number)?",
        "(order|po|purchase order)( {no})?", "(ihre |kunden)?referenz", "lieferschein|zlecenie", "reference client",
        "referencia|riferimento|viite|hivatkozas|referinta|referans",
        "b ?l( {no})?", "bol( {no})?", "bill of lading( {no})?", "mawb( {no})?",
    ),
    "payer": ("payor|payer", "bill option code", "terms of freight|freight terms|frankatur"),
    "declared_value": ("declared value", "warenwert", "valeur declaree"),
    "origin": (
        "orig name", "(orig(in)?|from|pick ?up)( city| town| location| place)?",
        "(senders?|shipper) (city|town|location|place)",
        "versandort|ladeort|beladeort|absenderort|von", "origen|depart",
    ),
    "origin_postal": (
        "(orig(in)?|senders?|shipper|pick ?up) (zip( code)?|postal( code)?|post ?code)", "plz (von|absender)",
    ),
    "origin_region": ("(orig(in)?|sender|shipper) (state|region|province)",),
    "origin_country": ("(orig(in)?|sender|shipper) country( code| territory)?",),
    "destination": (
        "dest name", "(dest(ination)?|to|delivered to|delivery)( city| town| location| place)?",
        "(recipient|receivers?|consignee) (city|town|location|place)",
        "empfangsort|zielort|entladeort|empfaengerort|ort|nach", "destino|ville|bestemming",
    ),
    "destination_postal": (
        "(dest(ination)?|recipient|receivers?|consignee|delivery) (zip( code)?|postal( code)?|post ?code)",
        "plz( nach| empfaenger)?", "cp|code postal|post ?code|zip( code)?|postal code",
    ),
    "destination_region": ("(dest(ination)?|recipient|receiver|consignee) (state|region|province)",),
    "destination_country": ("(dest(ination)?|recipient|receiver|consignee) country( code| territory)?",),
    "invoice_number": (
        "(invoice|bill|statement) {no}|invoice|statement", "rechnungs? ?(nr|nummer)",
        "({no} )?facture( {no})?", "factura",
    ),
    "buyer_name": ("(billing|bill to) account name", "bill to( name)?", "customer name|rechnungsempfaenger"),
    "invoice_date": ("(invoice|bill|statement) date", "rechnungsdatum", "date facture"),
    "due_date": ("(invoice )?due date",),
    "total_amount": ("(original )?amount due", "invoice (amount|total|value)", "total invoice( amount)?", "bill total"),
    "currency": ("(invoice |billing |transaction )?currency( code)?", "waehrung|devise|moneda|valuta",
        "valuutta|penznem|para birimi|mena"),
    "vendor_name": ("carrier( name)?", "spediteur|transporteur|frachtfuehrer"),
    "line_type": ("(line|record|row) type",),
    "charge_class": ("charge classification( code)?", "charge type"),
    "charge_group": ("charge category( code)?",),
    "charge_code": ("(charge |surcharge )?(description )?code", "cod|gebuehrencode"),
    "charge_name": (
        "(tracking id |accessorial |surcharge )?(charge|fee|accessorial|surcharge)( description| name)?", "description",
        "leistungsart|gebuehrenart|bezeichnung|libelle|concepto|descrizione|omschrijving",
        "(dijtetel )?megnevezese?|dijtetel|selite|nimike|aciklama|denumire|opis|popis|beskrivning|beskrivelse",
    ),
    "incentive": ("incentive( amount)?", "discount amount"),
    "gross": ("gross (amount|charge)", "published (charge|rate)", "basis value", "list price"),
    "amount": (
        "(net |charge |charged |billed |line |tracking id charge |surcharge )?amount", "net( charge| total)?",
        "charges",
        "betrag( netto)?|netto(betrag)?", "montant( ht)?", "importe|importo|bedrag|kwota|valor",
        "(netto )?(oesszeg|belopp|beloeb|beloep|summa)|tutar|iznos|valoare|castka",
    ),
    "row_total": (
        "net charges?( amount)?", "total( amount| charges?| net| ht| cost)?", "gesamt(betrag|preis)?|summe",
        "importe total|totale|totaal|razem", "shipment total|total excl vat|montant total",
    ),
    "ignored": (
        "total extra charges.*", "total tax.*", r".*\b(tax|vat)\b.*", "current balance", ".*exchange.*",
        "customs value.*",
        ".*variance.*", r".*\bvol(ume)? weight\b.*", "dim divisor", "estimated weight.*",
        ".*(miscellaneous|alternate).*", "multiweight.*", "oversize quantity", "invoice fee",
        "bundle number", "basis currency code",
        "charged unit quantity",
        ".*account.*", ".*(name|address|phone|contact).*",
    ),
}  # fmt: skip
_MEANINGS = tuple(
    (meaning, re.compile("|".join(f"(?:{phrase.replace('{no}', _NO)})" for phrase in phrases)))
    for meaning, phrases in _PHRASES.items()
)
_AMOUNT_WORD = re.compile("fee|charge|amount|cost|value|price|betrag|montant|importe|importo|bedrag|prix|preis")
_NAME_WORD = re.compile("type|name|description|bezeichnung|art|libelle|concepto|descrizione|omschrijving")
_UNITS = re.compile(r"\b(kgs?|lbs?|lb|pounds)\b")
_WITHOUT = re.compile(
    r"\b(without|excl\w*|ex|ohne|exkl\w*|hors|ht|sans|bez|fara|sin|senza|zonder|sem|utan|uden|uten|haric|nelkuel|veroton"
    r"|incl\w*|inkl\w*|with|mit|cu|con|met|avec|net\w*|total\w*|sum\w*|base|before)\b"
)
_BEFORE_TAX = re.compile(r"\b(excl\w*|ex|without|before|ohne|hors|sans|sin|senza|zonder|bez|uden|utan)\b")
_AMERICAN = re.compile(r"\b(zip|lbs?|pounds)\b")
_CURRENCIES = re.compile(
    r"\b(USD|EUR|GBP|CHF|CAD|AUD|PLN|SEK|NOK|DKK|CZK|MXN|BRL|JPY|SGD|HKD|CNY|INR"
    r"|HUF|RON|TRY|BGN|UAH|ISK|ZAR|NZD|COP|CLP|PEN|THB|MYR)\b"
)


@lru_cache(maxsize=4096)
def meaning_of(heading: str) -> str:
    """What a column holds; "" where its heading says nothing known. Units and currencies behind it do not matter."""
    text = _plain(heading)
    for each in dict.fromkeys((text, spelled(text))):
        found = next((meaning for meaning, pattern in _MEANINGS if pattern.fullmatch(each)), "")
        if found == "ignored" and _BEFORE_TAX.search(each):
            found = meaning_of_words(spelled(text)) or found
        if found:
            return found
    if not text and currency_of(heading):
        return "amount"  # a currency alone heads amounts
    return meaning_of_words(spelled(text))


@lru_cache(maxsize=4096)
def unit_of(heading: str) -> str:
    """The weight unit that a heading names: kg or lb."""
    found = _UNITS.search(folded(heading))
    return "" if found is None else "kg" if found[0].startswith("kg") else "lb"


def currency_of(heading: str) -> str:
    """The currency that a heading names ("Amount (USD)")."""
    found = _CURRENCIES.search(heading)
    return "" if found is None else found[0]


def is_american(headings: Iterable[str]) -> bool:
    """Whether headings speak of ZIP codes or pounds: then dates have their month first."""
    return any(_AMERICAN.search(folded(heading)) for heading in headings)


def is_tax(heading: str) -> bool:
    """Whether a column holds tax; "without VAT" is a sum."""
    return charge_kind(heading) == "tax" and _WITHOUT.search(folded(heading)) is None


@lru_cache(maxsize=4096)
def numbered(heading: str) -> tuple[str, str] | None:
    """A heading of a numbered group: ("XC# Name", "3") of "XC3 Name"; None without a number."""
    found = re.search(r"(?<!\d)(\d{1,2})(?!\d)", heading)
    if found is None:
        return None
    return f"{heading[: found.start()]}#{heading[found.end() :]}", found[0]


@lru_cache(maxsize=4096)
def role_of(heading: str) -> str:
    """The part of a group of charge columns that a heading names: name, code, amount, discount or other."""
    text = spelled(_plain(heading.replace("#", " ")))
    if re.search(r"\b(tax|vat|mwst|country|currency|date|unit|quantity)\b", text):
        return "other"
    if re.search(r"\bdiscount$|\bincentive\b", text) and "amount" not in text:
        return "discount"
    if re.search(r"\b(total)\b", text):
        return "total"
    if re.search(r"\b(amount|betrag|montant|importe|importo|net|value|price|preis)\b", text):
        return "amount"
    if re.search(r"\b(code)\b", text):
        return "code"
    if re.search(r"\b(description|name|type|bezeichnung|art|libelle|text)\b", text):
        return "name"
    if re.search(r"\b(charge|fee|cost)\b", text):
        return "amount"
    return "name"


def is_part_word(word: str) -> bool:
    """Whether a word says which part of a charge a column holds: its code, name or amount."""
    text = spelled(folded(word))
    return text == "code" or bool(_NAME_WORD.fullmatch(text)) or text in ("amount", "betrag", "montant", "importe")


def name_beside(headings: Mapping[int, str], at: int) -> int | None:
    """The column that names the charge of another one: the same words but for the last ("Surcharge Type", "Surcharge
    Amount"); None where there is none."""
    stem, _, last = _plain(headings[at]).rpartition(" ")
    if not stem or not _AMOUNT_WORD.fullmatch(last):
        return None
    for other, heading in headings.items():
        first, _, end = (text := _plain(heading)).rpartition(" ")
        if other != at and (text == stem or (first == stem and _NAME_WORD.fullmatch(end))):
            return other
    return None


def _plain(heading: str) -> str:
    text = re.sub(r"\((?:kgs?|lbs?|pounds|[A-Z]{3}|[A-Z]|cm|in|€|\$|£)\)", " ", heading)
    text = _CURRENCIES.sub(" ", text.replace("°", " ").replace("º", " "))
    text = re.sub(r"(?<=[a-z])#", " no", text)
    text = folded(text)
    return re.sub(r"(?<=\w) (kgs?|lbs?)$", "", text)
