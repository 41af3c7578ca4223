"""Lines of text that list the places of a zone: "Zone 2: Germany, Spain, Italy". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from invoices.rate_records import CardData, ZoneData
from invoices.rating.lanes import zone_key
from processing.content.records import Row
from processing.ratecards.place_parts import country_code
from processing.ratecards.sheets import source_of
from processing.ratecards.values import places_of

_LINE = re.compile(
    r"^\W{0,3}(?P<zone>(?:(?:tarif)?zone|zona|zonen|strefa|zon|sone|zóna)\s*[-.]?\s*[A-Za-z]{0,2}\d{0,3}[A-Za-z]?)\s*"
    r"(?:[:=–—-]|\s{2,})\s*(?P<places>[^\d\s:].*|\d.*)$", re.I
)  # fmt: skip
_BETWEEN = re.compile(r"\s*[,;/]\s*|\s+(?:and|und|et|y|e|en|och|og|i|a)\s+")
_POSTCODE_WORDS = re.compile(
    r"^(?:PLZ|CP|CAP|CEP|ZIP|postcodes?|postal codes?|d[ée]p(?:ts?|artements?)?|postnummer|postnr)\b\.?:?\s*", re.I
)


def read_zone_notes(card: CardData, rows: Iterable[Row]) -> set[int]:
    """Add the zones that lines list to a card whose rates name them; gives the numbers of these rows. A line with a
    place that nobody knows is no list."""
    wanted = {zone_key(rate.zone or rate.destination) for rate in card.rates if rate.zone or rate.destination}
    known = {zone_key(zone.zone) for zone in card.zones}
    read: set[int] = set()
    for row in rows:
        if not row.cells or len(row.cells) > 2:
            continue
        text = "  ".join(cell.text.strip(" :") for cell in row.cells) if len(row.cells) == 2 else row.cells[0].text
        match = _LINE.match(" ".join(text.split()) if len(row.cells) == 1 else text)
        key = zone_key(match["zone"]) if match else ""
        if match is None or key not in wanted or key in known:
            continue
        places = _places(match["places"].strip(" ."))
        source = source_of(row.cells[0].place)
        for country, first, last in places:
            card.zones.append(ZoneData(key.upper(), first, last, country, source={"zone": source, "first": source}))
        if places:
            read.add(row.number)
    return read


def _places(text: str) -> list[tuple[str, str, str]]:
    plain = _POSTCODE_WORDS.sub("", text)
    parts = [part for part in _BETWEEN.split(plain) if part]
    codes = [country_code(part) for part in parts]
    if parts and all(codes):
        return [(code, "", "") for code in codes]
    # A single number may be anything, a list or range of postcodes is what it says it is.
    listed = places_of(plain)
    return list(listed) if plain != text or len(listed) > 1 or any(a != b for _, a, b in listed) else []
