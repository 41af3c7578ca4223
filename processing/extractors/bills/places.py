"""Places of a shipment put together from their parts. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from processing.content.records import Cell

_COUNTRY_LENGTH = 2
_CODE_OF_PLACE = re.compile(r"[A-Z]{3}(?:[A-Z2-9]{2})?")


def place_of(parts: Mapping[str, Cell | None]) -> tuple[str, Cell | None]:
    """A place as one text and the cell that it begins in: "Portland, OR 97201, US". ``parts``: "" (town), "_postal",
    "_region", "_country"."""
    texts = {name: cell.text.strip() for name, cell in parts.items() if cell is not None and cell.text.strip()}
    first = next((cell for cell in parts.values() if cell is not None and cell.text.strip()), None)
    postal = texts.get("_postal", "")
    if len(postal) == 9 and postal.isdigit():
        postal = f"{postal[:5]}-{postal[5:]}"  # ZIP+4
    town, region, country = texts.get("", ""), texts.get("_region", ""), texts.get("_country", "")
    if region:
        country = "" if country in ("US", "USA", "CA") else country  # the state says it
        text = ", ".join(filter(None, (town, " ".join(filter(None, (region, postal))))))
    elif len(country) == _COUNTRY_LENGTH and postal:
        return f"{country}-{postal} {town}".strip(), first
    else:
        text = " ".join(filter(None, (postal, town)))
    return ", ".join(filter(None, (text, country))), first


def is_place(text: str) -> bool:
    """A postcode with its town, or the code of a port or an airport."""
    return any(c.isdigit() for c in text) or _CODE_OF_PLACE.fullmatch(text.strip()) is not None


def town_of(text: str) -> str:
    """The place behind a name: "Acme Parts, PLANO TX 75024" is PLANO TX 75024."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > 1 and any(c.isdigit() for c in parts[-1]):
        return parts[-1]
    if len(parts) > 2 and any(c.isdigit() for c in parts[-2]):
        return ", ".join(parts[-2:])
    return text.strip()
