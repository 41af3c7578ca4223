"""What stands around the tables: who the card is from, for how long it holds, in which units. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from invoices.rate_records import CardData
from invoices.values import find_dates, parse_decimal
from invoices.values.identifiers import parse_country
from processing.content.records import Row
from processing.ratecards.labels import currency_in, weight_unit
from processing.ratecards.sheets import source_of

_LABELS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"^\W*(?:{words})\W*?(?:name|no|nr|number|id|#)?\.?\s*[:：]\s*(?P<value>.+)$", re.I))
    for name, words in (
        ("carrier_name",
         (r"carrier|carrier company|haulier|shipping line|ocean carrier|airline|transport company|courier|"
         r"spediteur|spedition|speditionsunternehmen|reederei|frachtf[üu]hrer|transportunternehmen|transporteur|"
         r"luftfahrtgesellschaft|transportista|empresa de transportes?|compa[ñn][ií]a(?: de transportes?)?|"
         r"(?:l[ií]nea )?naviera|mensajer[ií]a|l[ií]nea a[ée]rea|compagnie(?: maritime)?|armateur|"
         r"transporter|vervoerder|rederij|vettore|corriere|spedizioniere|transportadora|armador|przewo[źz]nik|"
         r"anbieter|provider")),
        ("carrier_code",
         (r"(?:standard carrier alpha code\W*)?scac(?: code)?|standard carrier alpha code|carrier code|"
         r"iata(?: code)?")),
        ("customer", r"customer|client|shipper|kunde|cliente|auftraggeber|account|klant|prepared for|for customer"),
        ("contract",
         (r"contract|contract ref(?:erence)?|agreement|quote|quotation|vertrag|vertragsnummer|contrato|"
         r"contrat|contratto|tariff|offer|angebot|oferta|service contract")),
        ("service", r"service|service level|product|produkt|servicio|leistung"),
        ("mode", r"mode|transport mode|verkehrstr[äa]ger|modo"),
    )
)  # fmt: skip
LEGAL_FORM = re.compile(
    r"(?<!\d\s)(?<!\d)\b(?:GmbH|mbH|AG|KG|SE|e\.K\.|Ltd|Limited|PLC|plc|Inc|LLC|Corp|Corporation|SAS|SARL|B\.?V|N\.?V|Oy|AB|A/S|ApS)\b"
    r"|\bS\.\s?(?:A|L|r\.l)\.|\bS\.?r\.?l\.?(?!\w)|\bS[AL]\b|\bS\.p\.A\b|Sp\. z o|\bL(?:tda|TDA|da)\b|\bS/A\b"
    r"|\b(?:INC|LTD|CORP|GMBH|LIMITED)\b|\bs\.?\s?r\.?\s?o\b\.?|\ba\.s\.|\bd\.o\.o\.|\bKft\b|\bZrt\b|\bUAB\b|\bOÜ\b|\bSIA\b"
    r"|\b(?:DAC|Pty|Pvt|Oyj|OHG|EURL|SpA)\b|\bA\.Ş\.|\b(?<=[a-zæøå] )ASA?\b$"
)
_FOR_WHOM = re.compile(r"^\W*(?:for|für|fuer|para|pour|customer|client|kunde|cliente|to|an)\b", re.I)
# "Falcon Parcel – customer rates 2026"
_TITLE = re.compile(
    r"^\s*(?P<name>\w[\w&.' -]{3,60}?)\s*(?:[–—|:]|\s-\s)\s*(?:\w+ ){0,3}(?:rates?|rate ?card|tariffs?|prices?|pricing"
    r"|price list|tarife?|preise|preisliste|frachttarif|tarifs|grille tarifaire|tarifas?|tabela|listino|tariffe"
    r"|tarieven|cennik|agreement)\b",
    re.I,
)
_TRADE = re.compile(
    r"parcels?|express|freight|logistics|logistik|logistique|log[ií]stica|transports?|transportes|trasporti|transporten"
    r"|couriers?|kurier\w*|lines?|linehaul|cargo|spedition|paket\w*|shipping|haulage|trucking|carriers?|forwarding|air(?:lines?|ways)"
    r"|messageries?|colis|paqueter[ií]a|mensajer[ií]a|delivery|deliveries|reederei|fracht\w*|motor"
)
_TRADE_BEFORE = re.compile(
    r"transport(?:s|es)?|trasporti|transporten|spedition|reederei|kurier|messageries|logistica|logistique"
)
# Words of services, which name nobody.
_OF_SERVICES = re.compile(
    r"international|national|domestic|economy|standard|priority|premium|next|same|day|ground|air|road|sea|ocean|rail|europe\w*"
    r"|import|export|inbound|outbound|worldwide|global|customer|contract|general|base|basic|list|net|special|and|the|und|et|y|e|de"
    r"|of|for|by|services?|service|ltl|ftl|fcl|lcl|door|less|than|truckload|full|small|heavy|home|business|saver|select"
)
_FEWEST_WORDS_OF_COMPANY = 2
LETTERHEAD_ROWS = 4
_COVER_ROWS = 30
_LONGEST_TO = 9  # letters of "until" in any language
_VALID = re.compile(
    r"g[äæ]ld|gäll|gjeld|gyldig|giltig|voimassa|wa[żz]n|obowi[ąa]zuj|platn|plat[íi]\b|érvényes|valabil|geçerli|"
    r"applicable|valid|em vigor|en vigueur|in vigore|effective|"
    r"g[üu]ltig|vig[eê]n|v[áa]lid|valable|validit|geldig|vali|expir|"
    r"in force|from .* (?:to|until)",
    re.I,
)
_UNTIL = re.compile(
    r"\b(?:til|till|(?<!partir )do|asti|until|"
    r"to|through|thru|bis|hasta|jusqu|fino|tot|expir\w*|au|al|até|valid to|till)\b",
    re.I,
)
_FROM = re.compile(
    r"\b(?:fra|från|od|alkaen|applicable|from|ab|von|vom|desde|à partir|du|dal|vanaf|"
    r"effective|as of|since|a partir|del|valid from|starting)\b",
    re.I,
)
_DIVISOR = re.compile(
    r"(?:dim(?:ensional)?(?:[ .-]*weight)?(?:[ -]*(?:factor|divisor|weight factor))|"
    r"dim(?:ensional)?[ .-]*weight(?=\W)|volumetric\s*(?:factor|"
    r"divisor|weight|conversion)|"
    r"volumengewicht\w*|volumenfaktor|dim[- ]?faktor|factor (?:de )?(?:volum[eé]tric\w+|cubicaje|"
    r"conversi[oó]n)|peso volum[eé]trico|"
    r"poids volum[eé]trique|cubic (?:factor|conversion))", re.I
)  # fmt: skip
# "en x boy x yükseklik / 3000": three words multiplied and divided say the same in any language.
_PRODUCT = re.compile(
    r"\b[^\W\d_]{1,20}\s+[x×*]\s+[^\W\d_]{1,20}\s+[x×*]\s+[^\W\d_]{1,20}\b[^/÷:\d]{0,20}(?=[/÷:]\s*\d)", re.I
)
_DIVISOR_NUMBER = re.compile(r"(?:1\s*:\s*|/\s*|÷\s*)?\b(\d{1,2}[.,' ]?\d{3}|1\d{2}|2[0-5]\d|333)\b")
_MODES = (
    ("ocean", re.compile(r"\bocean|sea ?freight|seefracht|mar[ií]tim|\bfcl\b|\bpol\b|bill of lading|\bteu\b", re.I)),
    (
        "air",
        re.compile(r"\bair ?freight|luftfracht|flete a[ée]reo|\bawb\b|airport|carga a[ée]rea|fret a[ée]rien", re.I),
    ),
    ("ltl", re.compile(r"\bltl\b|less[- ]than[- ]truckload|freight class|st[üu]ckgut|nmfc|groupage|grupaje", re.I)),
    ("ftl", re.compile(r"\bftl\b|full truck|truckload|komplettladung|carga completa|tautliner|per mile|je km", re.I)),
    ("courier", re.compile(r"\bcourier|express|kurier|mensajer[ií]a", re.I)),
    ("parcel", re.compile(r"\bparcel|paket|\bpak\b|paqueter[ií]a|colis|ground|letter", re.I)),
)


def read_notes(
    card: CardData, texts: Iterable[Row], separator: str | None, *, letterheads: Sequence[Row],
    day_first: bool | None = None,
) -> None:  # fmt: skip
    """Fill header values that are not known yet from rows outside of the tables. ``letterheads`` are the first rows of
    each sheet; ``day_first``: how the card writes 01/03/2026."""
    rows = list(texts)
    for row in rows[:LETTERHEAD_ROWS]:
        _company(card, row)
    for row in rows[LETTERHEAD_ROWS:_COVER_ROWS]:
        _imprint(card, row)
    for row in letterheads:
        _company(card, row)
    for row in rows:
        text = row.text
        if len(text) > 400:
            continue
        for name, pattern in _LABELS:
            match = (
                pattern.match(row.cells[0].text) or pattern.match(text.replace("  ", ": ", 1)) if row.cells else None
            )
            if match and not getattr(card, name):
                _set(card, name, match["value"].strip(" :;,")[:200], row)
        if _VALID.search(text):
            _validity(card, row, day_first)
        elif card.valid_from is None and card.valid_to is None:
            _range_of_dates(card, row, day_first)
        if card.dimensional_divisor is None and (found := _DIVISOR.search(text) or _PRODUCT.search(text)):
            number = _DIVISOR_NUMBER.search(text, found.end()) or _DIVISOR_NUMBER.search(text)
            value = parse_decimal(number[1], decimal_separator=separator) if number else None
            if value is not None and 100 <= value <= 10_000:
                _set(card, "dimensional_divisor", value, row)
        if not card.weight_unit and (unit := weight_unit(text)):
            _set(card, "weight_unit", unit, row)
        if not card.currency and len(text) < 200 and (currency := currency_in(text)):
            _set(card, "currency", currency, row)
    for row in letterheads:
        _titled(card, row)  # where nothing says the whole name
    joined = " ".join(row.text for row in rows[:60])
    if not card.mode:
        card.mode = next((mode for mode, pattern in _MODES if pattern.search(joined)), "")
    else:
        card.mode = next((mode for mode, pattern in _MODES if pattern.search(card.mode)), card.mode.lower()[:20])


def _company(card: CardData, row: Row) -> None:
    """A company in the first rows, named with its legal form, whom nobody calls a customer."""
    if card.carrier_name or not row.cells:
        return
    # "Bitterroot Motor Lines, Inc.   SCAC: BTML": the code in the same line is no part of the name.
    text = re.split(r"\s*[(,;–-]?\s*\bSCAC\b", row.cells[0].text)[0].strip()
    if len(text) <= 120 and LEGAL_FORM.search(text) and not _FOR_WHOM.match(text) and ":" not in text:
        name = re.split(r"\s+[-–—|]\s+|\s*[|;]\s*", text)[0].strip(" ,")
        if LEGAL_FORM.search(name):
            _set(card, "carrier_name", _until_legal_form(name)[:200], row)


def _titled(card: CardData, row: Row) -> None:
    """A company that the title of the card names without its legal form."""
    found = _TITLE.match(row.cells[0].text) if row.cells and not card.carrier_name else None
    if found is not None and _names_carrier(found["name"]):
        _set(card, "carrier_name", found["name"].strip(" ,"), row)


def _until_legal_form(name: str) -> str:
    """ "Harbour Parcels Ltd Next Day" is Harbour Parcels Ltd: what stands behind the legal form is a service."""
    end = [found.end() for found in LEGAL_FORM.finditer(name)][-1]
    behind = name[end:].lstrip(".")
    if len(name[:end].split()) < _FEWEST_WORDS_OF_COMPANY or not behind.startswith(" "):
        return name
    return name[: end + len(name[end:]) - len(behind)]


def _names_carrier(text: str) -> bool:
    """Whether a title names a carrier without its legal form: a word of the trade behind a name or, as in Romance
    languages, before it ("Falcon Parcel", "Transportes Sierra"; not "International Parcel", "Road freight Germany")."""
    words = text.casefold().split()
    trade = [word for word in words if _TRADE.fullmatch(word)]
    own = [
        word for word in words
        if not (_TRADE.fullmatch(word) or _OF_SERVICES.fullmatch(word) or parse_country(word))
    ]  # fmt: skip
    if not trade or not own or any(c.isdigit() for c in text) or _FOR_WHOM.match(text):
        return False
    return words[0] in own or _TRADE_BEFORE.fullmatch(words[0]) is not None


def _imprint(card: CardData, row: Row) -> None:
    """A company with its address in one line, as at the foot of a cover."""
    if card.carrier_name or len(row.cells) != 1:
        return
    text = row.cells[0].text
    parts = [part.strip() for part in re.split(r"\s*[·•|]\s*|\s+[–—-]\s+|,\s+(?=[A-ZÄÖÜ0-9])", text)]
    legal = LEGAL_FORM.search(parts[0]) and not _FOR_WHOM.match(text) and ":" not in parts[0]
    if legal and len(parts) > 2 and any(re.search(r"\b\d{4,5}\b", part) for part in parts[1:]):
        _set(card, "carrier_name", parts[0][:200], row)


def _set(card: CardData, name: str, value: Any, row: Row) -> None:
    setattr(card, name, value)
    card.evidence[name] = {"source": source_of(row.cells[0].place), "text": row.text[:200]}


def _validity(card: CardData, row: Row, day_first: bool | None) -> None:
    text = row.text
    dates = find_dates(text, day_first=day_first)
    if len(dates) >= 2:
        first, last = dates[0].value, dates[1].value
        if card.valid_from is None and first <= last:
            _set(card, "valid_from", first, row)
            _set(card, "valid_to", last, row)
    elif len(dates) == 1:
        before = text[: dates[0].start]
        until = list(_UNTIL.finditer(before))
        since = list(_FROM.finditer(before))
        if until and (not since or until[-1].start() > since[-1].start()):
            if card.valid_to is None and (card.valid_from is None or card.valid_from <= dates[0].value):
                _set(card, "valid_to", dates[0].value, row)
        elif card.valid_from is None and (card.valid_to is None or dates[0].value <= card.valid_to):
            _set(card, "valid_from", dates[0].value, row)


def _range_of_dates(card: CardData, row: Row, day_first: bool | None) -> None:
    """Two days in one line with nothing but a dash or one short word between them, whatever the language."""
    dates = find_dates(row.text, day_first=day_first)
    if len(dates) == 2 and dates[0].value < dates[1].value:
        between = row.text[dates[0].end : dates[1].start].strip()
        if not any(map(str.isdigit, between)) and len(between.split()) == 1 and len(between) <= _LONGEST_TO:
            _set(card, "valid_from", dates[0].value, row)
            _set(card, "valid_to", dates[1].value, row)


def mode_from(texts: Sequence[str]) -> str:
    joined = " ".join(texts)
    return next((mode for mode, pattern in _MODES if pattern.search(joined)), "")


def dimensional_divisor_in(name: str, value: Decimal) -> Decimal | None:
    """A surcharge list that states the divisor of dimensional weight among its rows."""
    return value if _DIVISOR.search(name) and 100 <= value <= 10_000 else None
