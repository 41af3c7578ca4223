"""Labels of breaks and units: ``0-5``, ``≤ 10``, ``+45``, ``per add. kg``, ``EUR/100 kg``. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from invoices.values import parse_decimal
from invoices.values.currencies import find_currencies
from processing.ratecards.unit_words import unit_by_word
from processing.ratecards.vocabulary import PACKAGING, folded

Shape = Literal["range", "upto", "below", "from", "over", "point", "additional", "minimum", "normal"]


@dataclass(frozen=True, slots=True)
class BreakLabel:
    """``first`` and ``last`` in ``unit`` ("" where the label names none); of ``additional``, ``last`` is the step."""

    shape: Shape
    first: Decimal | None = None
    last: Decimal | None = None
    unit: str = ""


_NUM = r"(\d[\d.,' ]*\d|\d)"
_UNIT = (
    r"\s*(kgs?|kilos?|kilogram(?:m|me|mes|s|o|os)?|lbs?\.?|pounds?|#|g|gr|grams?|gramm|oz|t|to|tonnes?|tons?|"
    r"cbm|m3|m³|ldm|lm|pal(?:[a-zäöåéóę]{0,8})|bancal[ei]|plt|lav(?:a|aa)|pcs|pieces?|stk|km|miles?|mi)?\.?"
)
_UNITS = {
    "kg": "kg kgs kilo kilos kilogram kilogramm kilogramme kilogrammes kilograms kilogramo kilogramos",
    "lb": "lb lbs lb. lbs. pound pounds #",
    "g": "g gr gram grams gramm",
    "oz": "oz",
    "t": "t to ton tons tonne tonnes",
    "m3": "cbm m3 m³",
    "ldm": "ldm lm",
    "pallet": "pal pallet pallets palette paletten palettes palet palets palé palés bancale bancali plt",
    "piece": "pcs piece pieces stk",
    "km": "km",
    "mile": "mile miles mi",
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
UP_TO = (
    r"(?:up\s?to|to|until|max\.?|maximum|not (?:over|exceeding|to exceed)|bis(?: zu)?|hasta|"
    r"jusqu['’]?\s?[aà]u?|fino a|tot(?: en met)?|t/m|até|ate|a?[žz]?\s?do|til(?: og med)?|(?:upp )?till(?: och med)?|"
    r"t\.?\s?o\.?\s?m\.?|enint[äa][äa]n|first|erste[nrs]?|premiers?|primer[oi]?s?|首重|a|<=|≤|=<)"
)
_BELOW = r"(?:under|below|less than|lt|unter|weniger als|kleiner|menos de|inferior a|moins de|meno di|onder|<|-|–|−|l)"
_FROM = (
    r"(?:from|ab|at least|min\.?|starting|desde|a partir de|[aà] partir de|d[eè]s|da|vanaf|a partire da|od|fra|fr[åa]n|"
    r"fr\.?\s?o\.?\s?m\.?|>=|"
    r"≥|=>|\+|q)"
)
_OVER = (
    r"(?:over|above|more than|exceeding|über|ueber|mehr als|más de|mas de|superior a|plus de|au[- ]del[aà] de|"
    r"oltre|boven|acima de|over|[öo]ver|nad|powy[żz]ej|yli|>)"
)
_WRITTEN: tuple[tuple[Shape, str], ...] = (
    (
        "range",
        (
            rf"^(?:from|von|de|desde|da|van|between|>|≥|>=|over|über|ab)?\s*{_NUM}{_UNIT}\s*(?:-|–|—|−|to|"
            rf"bis(?: zu)?|a|à|hasta|until|t/m|tot|\.\.\.?|…|~|/|and|und|<\s*=?|≤)\s*(?:<|≤|"
            rf"<=)?\s*{_NUM}{_UNIT}$"
        ),
    ),
    ("upto", rf"^{UP_TO}\s*{_NUM}{_UNIT}(?:\s*(?:incl\.?|max\.?))?$"),
    ("upto", rf"^{_NUM}{_UNIT}-?(?:ig|asti|saakka|kadar)$"),
    ("upto", rf"^{_NUM}{_UNIT}\s*(?:or less|max\.?|and under|and below|or under|o menos|oder weniger)$"),
    ("over", rf"^{_OVER}\s*{_NUM}{_UNIT}$"),
    ("from", rf"^{_FROM}\s*{_NUM}{_UNIT}$"),
    (
        "from",
        (
            rf"^{_NUM}{_UNIT}\s*(?:\+|and (?:over|above|more|up)|or more|plus|& (?:over|above|up)|und mehr|"
            rf"o más|o mas|et plus|and heavier|>)\s*{_UNIT}$"
        ),
    ),
    ("below", rf"^{_BELOW}\s*{_NUM}{_UNIT}$"),
    ("point", rf"^{_NUM}{_UNIT}$"),
)
_PATTERNS = tuple((shape, re.compile(pattern, re.I)) for shape, pattern in _WRITTEN)
_ADDITIONAL = re.compile(
    r"\b(?:add(?:['’]?l|\.|itional|l)?|extra|each further|every further|weiter(?:e|es|er|en)|"
    r"zus[aä]tzlich\w*|adicional(?:es)?|"
    r"suppl(?:[eé]mentaires?|\.)?|aggiuntiv[oi]|extra|dodatkow\w+|jed\w+ weiter\w+|thereafter|"
    r"excedentes?|excess|exc[ée]dent|eccedenz[ae]|eccedente|kolejn\w+|"
    r"ka[żz]d\w+ (?:nast[ęe]pn\w+|dal[šs][íi])|dal[šs][íi]|"
    r"yderligere|ytterligare|p[åa]f[øo]lgende|efterf[öo]ljande|volgende|extra|ulterior[ei]|successiv[oiae]|"
    r"subsequent)\b|[续續]重|"
    r"\b(?:cada|ogni|each|every|per each|chaque|par|jede[rsn]?|je|elke|hver|varje|"
    r"ka[żz]d[yeaá]\w*)\b.{1,24}\b(?:a mais|a m[áa]s|"
    r"m[áa]s|in pi[ùu]|en plus|de plus|more|mehr|meer|mer)\b", re.I
)  # fmt: skip
_ABOVE = re.compile(
    r"(?:over|above|exceeding|from|[üu]ber|ab|m[áa]s de|a partir de|plus de|au[- ]del[aà] de|oltre|boven|acima de)\s*"
    r"(?P<n>\d[\d.,]*)", re.I
)  # fmt: skip
# "Over 150 lbs per lb": what the price of the break is by.
_PRICED_BY = re.compile(r"[,(]?\s*(?:price |rate )?(?:per|pro|je|por|par)\s+(?:lbs?|pounds?|kgs?|kilos?)\.?\)?$", re.I)
# "Per 100 kg over 500 kg", "les 100 kg de 101 à 500 kg": by what the prices of the break are.
_PRICED_FIRST = re.compile(
    r"^(?:price |preis |prix |pris |prezzo |precio )?"
    r"(?:per|pro|je|por|par|pr\.?|les|le|aux|al|za)\s+(?:100\s*)?(?:kgs?|kilos?|lbs?)"
    r"\.?\s*[,:]?\s+(?=\D{0,20}\d)", re.I
)  # fmt: skip
# "Forfait jusqu'à 50 kg": one price for all of the break.
_FLAT_FIRST = re.compile(
    r"^(?:forfait|pauschal\w*|flat(?: rate)?|lump sum|fix(?:ed|preis)?|precio fijo|tariffa fissa)\s*[,:]?\s+"
    r"(?=\D{0,12}\d)", re.I
)  # fmt: skip
_MINIMUM = re.compile(
    r"^(?:m|min|min\.|minimum|minimo|mínimo|mini|mindest\w*|min\.? ?charge|minimum charge|amc|min\.? ?rate|"
    r"tarifa m[ií]nima)$",
    re.I,
)
# The customary names of breaks in hundredweight tariffs: L5C is below 500 lb, M5C from 500, M1M from 1,000.
_TARIFF = re.compile(r"^([LM])?(\d{1,2})([CM])$")


@lru_cache(maxsize=8_192)
def parse_break(text: str, separator: str | None = None) -> BreakLabel | None:
    """What a label of a break says, or None where it is none."""
    text = " ".join(text.split())
    if not text or len(text) > 60 or PACKAGING.match(text):
        return None
    text = re.sub(r"\s*\((?!\s*\d)[^)]*\)$", "", text) or text
    if _MINIMUM.match(text):
        return BreakLabel("minimum")
    text = _FLAT_FIRST.sub("", text)
    if not _ADDITIONAL.search(text):
        text = _PRICED_FIRST.sub("", text)
        text = _PRICED_BY.sub("", text).strip(" ,") or text
    if text in ("N", "n") or text.casefold() == "normal":
        return BreakLabel("normal")
    if match := _TARIFF.match(text):
        bound = Decimal(match[2]) * (100 if match[3] == "C" else 1000)
        return BreakLabel("below", None, bound, "lb") if match[1] == "L" else BreakLabel("from", bound, None, "lb")
    if _ADDITIONAL.search(text):
        above = _ABOVE.search(text)
        start = parse_decimal(above["n"].rstrip(".,"), decimal_separator=separator) if above else None
        number = re.search(_NUM, text[: above.start()] if above else text)
        step = (number and parse_decimal(number[0], decimal_separator=separator)) or Decimal(1)
        unit = next((_UNIT_OF[w] for w in re.findall(r"[a-zA-Z³]+\d?", text.casefold()) if w in _UNIT_OF), "")
        return BreakLabel("additional", start, step, unit)
    for shape, pattern in _PATTERNS:
        match = pattern.match(text)
        if not match:
            continue
        numbers, units = [], []
        for group in match.groups():
            if group is None:
                continue
            if group[0].isdigit():
                numbers.append(parse_decimal(group, decimal_separator=separator or "."))
            else:
                word = group.casefold()
                units.append(_UNIT_OF.get(word, "pallet" if word.startswith(("pal", "lava")) else ""))
        if any(number is None for number in numbers):
            return None
        unit = units[-1] if units else ""
        if shape == "range":
            low, high = numbers
            if low is not None and high is not None and low > high and separator != ",":
                return parse_break(text, ",")  # "501 – 1.000"
            return (
                BreakLabel("range", low, high, unit) if low is not None and high is not None and low <= high else None
            )
        bound_ = numbers[0]
        return BreakLabel(shape, None if shape in ("upto", "below") else bound_,
                          bound_ if shape in ("upto", "below") else None, unit)  # fmt: skip
    return None


_PER = re.compile(
    r"(?:/|^les\b(?=\s*100)|\bper\b|\bpro\b|\bje\b|\bpor\b|\bpar\b|\bal\b|(?<!['’])\baux?\b|\bp\.|\bpr\.?|\bcada\b|\bna\b|\bza\b|"
    r"\bfor each\b|\ba(?=\s+(?:spedizione|collo|bancale|viaggio)\b))\s*"
    r"(?:(?:fra[çc][ãa]o|fracci[óo]n|frazione|fraction|tranche|started|commenced|angefangenen?|begonnen|each|every)\s+"
    r"(?:de\s+|di\s+|of\s+)?)?(?P<n>\d[\d.,]*)?\s*(?P<u>kgs?|kilos?|kilogramm?s?|lbs?|pounds?|cwt|hundredweight|100\s?wt|t|"
    r"tonn?e?s?|cbm|m3|m³|w/m|frt|rt|km|"
    r"kilometer|kilom[eè]tres?|miles?|mi|pal[a-zäöåéóęąů]{0,8}|plt|pcs|pieces?|st(?:ü|ue)ck|stk|"
    r"parcels?|pakete?|container|contenedor|conteneur|cont[êe]iner|kontener|kontejner|equipo|quintale?|q\.?li|q\.?le|mc|kbm|"
    r"ctr|cntr|teu|feu|shipment|sendung|lieferung|env[ií]o|bl|b/l|awb|unit|colli|collo|kolli|package|bulto|ldm|lademeter|"
    r"consignment|docket|order|coleta|recogida|enl[èe]vement|ritiro|abholung|zustellung|livraison|entrega|consegna|dostaw[ęya]|doru[čc]en[íi]|dod[áa]vku|"
    r"levering|leverans|toimitus|sz[áa]ll[íi]tm[áa]ny|livrare|expedi[çc][ãa]o|booking|delivery|collection|trip|load|viaggio|expedici[óo]n|s[äa]ndning|forsendelse|sending|"
    r"pakke|paczk[aęi]|przesy[łl]k[aęi]|z[áa]silk[uay]|l[äa]hetys|colis|bancale|"
    r"exp[ée]dition|spedizione|zending|ct-?e|stop|minutes?|minuten?|minutos?|hour|stunde|hora|heure|ora|uur|"
    r"hodinu|godzin[ęea]|timme|day|tag|jour|giorno|d[íi]a|dag|dzie[ńn])\b",
    re.I,
)
_REVENUE_TON = re.compile(
    r"(?<!\w)w\s?/\s?m(?!\w)|\brevenue ton|\b(?:t|to|ton|tons|tonn?e?s?|1[.,]?000 ?kgs?)\s*(?:/|or|oder|of|ou|o|eller|"
    r"lub|nebo|veya|tai)\s*(?:1\s*)?(?:m3|m³|cbm|kbm|mc)(?!\w)", re.I
)  # fmt: skip
_PRICE_UNITS = {
    "kg": "kg kgs kilo kilos kilogram kilogramm kilograms", "lb": "lb lbs pound pounds", "cwt": "cwt hundredweight",
    "t": "t ton tons tonne tonnes", "m3": "cbm m3 m³ mc kbm", "wm": "w/m wm rt frt",
    "km": "km kilometer kilometre kilometres kilomètre",
    "mile": "mile miles mi", "pallet": "pallet pallets palette paletten palet palets plt bancale palé palés pale pales",
    "piece": "pcs piece pieces stück stueck stk parcel parcels paket pakete colli collo kolli package bulto "
    "unit pakke paczka paczkę paczke colis",
    "container": "container ctr cntr feu contenedor conteneur contêiner conteiner kontener kontejner equipo",
    "teu": "teu",
    "100kg": "quintale quintal qli qle q.li q.le",
    "bill": "bl b/l awb",
    "flat": "dostawę dostawa dostawy doručení doruceni dodávku dodavku levering leverans toimitus lieferung "
    "szállítmány szallitmany livrare expedição expedicao shipment sendung envío envio expédition expedition "
    "spedizione zending cte ct-e consignment "
    "coleta recogida enlèvement enlevement ritiro abholung zustellung livraison entrega consegna sending "
    "docket order booking delivery collection trip load viaggio expedición expedicion sändning sandning forsendelse "
    "przesyłka przesyłkę przesylka zásilku zasilku zásilka lähetys",
    "minute": "minute minutes minuten minutos",
    "ldm": "ldm lademeter", "stop": "stop", "day": "day tag jour giorno día dia dag dzień dzien",
    "hour": "hour stunde hora heure ora uur hodinu godzinę godzine godzina timme",
}  # fmt: skip
_PRICE_UNIT_OF = {word: unit for unit, words in _PRICE_UNITS.items() for word in words.split()}


@lru_cache(maxsize=4_096)
def price_unit(text: str) -> str | None:
    """The unit that a header or note charges by (``kg``, ``100kg``, ``cwt``, ``container``…); None where it names
    none."""
    if _REVENUE_TON.search(text):
        return "wm"
    match = _PER.search(text)
    if match is None:
        by_word = unit_by_word(text)
        return by_word[0] if by_word else _PRICE_UNIT_OF.get(text.strip().casefold()) or _BARE.get(folded(text))
    word = match["u"].casefold()
    unit = _PRICE_UNIT_OF.get(word, "pallet" if word.startswith("pal") else None)
    number = match["n"]
    if number and unit in ("kg", "lb"):
        count = number.rstrip(".,").replace(",", "")
        return unit if count == "1" else "cwt" if (count, unit) == ("100", "lb") else f"{count}{unit}"
    return "cwt" if unit is None and "100" in match["u"] else unit


def unit_beside(text: str) -> str:
    """The unit that the header of a break charges by, where it says more than the break: "+100 kg" says none."""
    found = parse_break(text)
    if found is not None and _FLAT_FIRST.match(" ".join(text.split())):
        return "flat"
    if found is not None and found.shape != "additional" and _PER.search(text) is None:
        return ""
    return price_unit(text) or ""


def unit_named(text: str) -> bool:
    """Whether a text says "per" some unit."""
    return _PER.search(text) is not None or unit_by_word(text) is not None or bool(_REVENUE_TON.search(text))


def without_unit(text: str) -> str:
    """A text without the unit that it charges by: "R$ 3,90 por fração de 100 kg" without "por fração de 100 kg"."""
    by_word = unit_by_word(text) if _PER.search(text) is None else None
    return f"{text[: by_word[1]]} {text[by_word[2] :]}" if by_word else _PER.sub(" ", text, count=1)


_BARE = {"100 kg": "100kg", "100kg": "100kg", "100 lb": "cwt", "100 lbs": "cwt", "flat": "flat", "fix": "flat",
         "lump sum": "flat",
         "pauschal": "flat", "fijo": "flat", "forfait": "flat", "percent": "percent", "%": "percent"}  # fmt: skip
_WEIGHT_UNIT = re.compile(r"(?<![A-Za-z])(kgs?|kilos?|kilograms?|kilogramm|lbs?|pounds|oz)(?![A-Za-z])", re.I)


@lru_cache(maxsize=4_096)
def weight_unit(text: str) -> str:
    """``kg``, ``lb``, ``oz`` where a header or note names one, else ""."""
    match = _WEIGHT_UNIT.search(text)
    return _UNIT_OF.get(match[0].casefold(), "") if match else ""


@lru_cache(maxsize=4_096)
def currency_in(text: str) -> str:
    """The currency that a header names: as a sign, or as a code that stands alone or beside ``/`` or parentheses."""
    found = find_currencies(text)
    return found[0][0] if found else ""
