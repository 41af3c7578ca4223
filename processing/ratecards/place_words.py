"""Places of prose in the grammar of places: "PLZ 28", "Bremen (28)", "Germany". Pure."""

from __future__ import annotations

import re

from invoices.rate_records import CardData
from invoices.rate_records.places import place_text
from processing.ratecards.place_parts import country_code

ORIGIN = re.compile(
    r"\b(?:abgangs-?\s?plz|versand-?\s?plz|ab plz|origin (?:zip|postcode|postal code)|cp (?:de )?(?:départ|origen)|"
    r"cep de origem|cap di partenza)\s*:?\s*(?P<a>\d{2,5})\b|"
    r"\b(?:au départ d[ue]|départ(?: du)?)\s+(?:départements?\s+)?(?P<c>\d{2})\b(?!\s*/)|"
    r"\b(?:ab|von|from|ex|desde|da|od|fr[åa]n|fra|vanaf|dal)\s+(?P<d>\d{2,5})\s*\((?=[^\W\d])[^()\d]{3,30}\)|"
    r"\b(?:au départ de|départ)\s+(?P<name>[A-ZÉ][\w' -]{2,30}?)\s*\((?P<b>\d{2,5})\)", re.I
)  # fmt: skip
# "ex AMS", "ab Hamburg (DEHAM)", "export Rotterdam (NLRTM)".
PORT_OF_ORIGIN = re.compile(
    r"\b(?i:ab|ex|from|desde|da|od|fr[åa]n|fra|vanaf|vanuit|depuis|au d[ée]part d[eu'’]|d[ée]part|partenza da|salida|"
    r"origin|origem|origen|"
    r"export\w*|eksport|exporta[çc][ãa]o)\b[\s:]*(?:(?i:from|ab|ex|vanaf|vanuit|desde|da)\s+)?"
    r"(?:(?P<bare>[A-Z]{3}|[A-Z]{5})\b|[^\W\d_][\w' .-]{2,30}?\s*\((?P<code>[A-Z]{3}|[A-Z]{5})\))"
)
_CODE_WORDS = re.compile(r"\b(?:PLZ|ZIP ?3?|postcode|postal code|CEP|CP|CAP|C\.P\.|dept|d[ée]p)\b\.?:?", re.I)
_IN_COUNTRY = re.compile(r"^[A-Z]{2} \S")
_BARE_CODE = re.compile(r"^\d{2,5}\*$")
_COUNTRY_OF_WORD = {"zip": "US", "cep": "BR"}  # words that one country alone uses
_LABELLED = re.compile(r"^[^:]{2,30}:\s*")


def place_in_words(text: str, code: str = "") -> str:
    """A place of prose in the grammar of places: "PLZ 28" and "Bremen (28)" are where postcodes begin, "Germany" is a
    country; ``code`` is a postcode that stands beside it."""
    plain = " ".join(_LABELLED.sub("", text).split()).strip(" .,;")
    bare = _CODE_WORDS.sub("", plain).strip()
    word = _CODE_WORDS.search(plain)
    country = _COUNTRY_OF_WORD.get(word[0].casefold().rstrip(".: 3"), "") if word else ""
    span = re.fullmatch(r"(\d{2,5})\s*(?:-|–|to|bis|a)\s*(\d{2,5})", bare)
    if span:
        return place_text(country=country, first=span[1], last=span[2])
    found = re.fullmatch(r"(?:[^\d(]*\()?(\d{2,5})\)?", bare)
    code = code or (found[1] if found else "")
    if code:
        return f"{country} {code}*".strip()
    return (country_code(plain) if len(plain) > 3 else "") or plain


def is_town_in_prose(text: str, cell: str) -> bool:
    """Whether a place is only the name of a town or an area within a sentence ("Collection from Leicester"), neither
    labelled ("Origin: Joinville") nor with a code, a postcode or the name of a country."""
    if any(map(str.isdigit, text)) or re.search(r"\b[A-Z]{3}\b|\b[A-Z]{5}\b|\([A-Z]{2}\)", text):
        return False
    if len(text) == 2 and not country_code(cell):
        return True
    plain = " ".join(cell.split())
    labelled = re.match(rf"^[^:]{{2,30}}:\s*{re.escape(text)}\b", plain, re.I)
    return not country_code(text) and plain.casefold() != text.casefold() and labelled is None


def origin_code(text: str) -> str:
    """The postcode, or its beginning, that a text says shipments come from; "" where it says none."""
    match = ORIGIN.search(text)
    return (match["a"] or match["b"] or match["c"] or match["d"]) if match else ""


def complete_origins(card: CardData) -> None:
    """Give origins that are beginnings of postcodes alone ("28*") the one country in which all destinations are."""
    countries = {zone.country for zone in card.zones if zone.side == "destination"}
    countries |= {rate.destination[:2] for rate in card.rates if _IN_COUNTRY.match(rate.destination)}
    countries -= {""}
    if len(countries) != 1:
        return
    country = countries.pop()
    for rate in card.rates:
        if _BARE_CODE.match(rate.origin):
            rate.origin = f"{country} {rate.origin}"
