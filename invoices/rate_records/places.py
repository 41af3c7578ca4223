"""Places as a card writes them: country, region, postcode exact, by prefix, range or pattern, code and name. Pure.

The grammar of ``origin`` and ``destination`` of a rate, of ``ZoneData.first`` and of conditions:

==========================  =====================================================================================
(empty)                     anywhere
``*``                       everywhere else: whatever no narrower row holds
``DE``                      a country, ISO 3166-1 alpha-2
``US-AK``, ``BR-SP``        a region of it, as ISO 3166-2 or the card has it
``DE 27498``                a postcode, exact; leading zeros belong to it
``DE 27*``, ``GB BT*``      a prefix; ``GB AB1?`` any one character. Letters alone are a postcode area: S is not SA
``GB AB10``                 an outward code of the UK: not AB1, not AB101
``DE 26–28``                a range, each bound compared by as many characters as it has
``GB AB10–25``              a range of districts of one area of letters
``DE 20–25, 29–31``         several
``DEHAM``, ``HAM``          UN/LOCODE, IATA code
``Hamburg (DEHAM)``         a code with its name: one place under both
``São Paulo (SP)``          a name with its region
``Hamburg``                 a name, or a zone of the card
==========================  =====================================================================================

Source of postcode forms: UPU addressing S42; districts and areas: Royal Mail, Programmers' Guide to PAF.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Kind = Literal["any", "else", "country", "region", "exact", "prefix", "pattern", "range", "districts", "name"]

# Which row wins where several hold a place: the narrower one.
_LEVEL: dict[Kind, int] = {
    "any": 0, "else": 0, "country": 1, "region": 2, "range": 3, "districts": 3, "prefix": 3, "pattern": 3, "name": 4,
    "exact": 4,
}  # fmt: skip
_COUNTRY = re.compile(r"^[A-Z]{2}$")
_REGION = re.compile(r"^([A-Z]{2})-([^\W\d][^,;–]*)$")
_OUTWARD = re.compile(r"^([A-Z]{1,2})(\d{1,2})([A-Z]?)$")
_DISTRICTS = re.compile(r"^([A-Z]{1,2})(\d{1,2})[–-](?:([A-Z]{1,2}))?(\d{1,2})$")
_RANGE = re.compile(r"^(.+?)\s*–\s*(.+)$")
_HYPHEN_RANGE = re.compile(r"^(\d+)\s*-\s*(\d+)$")
_CODE_AND_NAME = re.compile(r"^(.+?)\s*\(([A-Z]{3}|[A-Z]{2} ?[A-Z2-9]{3})\)$|^([A-Z]{2} ?[A-Z2-9]{3})\s*[-–/,]\s*(.+)$")
_NAME_AND_REGION = re.compile(r"^(.+?)\s*\(([A-Z]{2})\)$")
_POSTAL = re.compile(r"^(?=.*\d)[A-Z0-9][A-Z0-9 .*?-]*$|^[A-Z]{1,4}\*$")
_OUTWARD_COUNTRIES = ("GB", "UK", "")


@dataclass(frozen=True, slots=True)
class Location:
    """An end of a shipment. ``country`` is ISO 3166, ``region`` a state or province, ``code`` a UN/LOCODE or IATA code,
    ``name`` a city, port or airport as the card writes it."""

    country: str = ""
    postal: str = ""
    name: str = ""
    region: str = ""
    code: str = ""

    @property
    def words(self) -> frozenset[str]:
        """What a card may call this place by itself."""
        found = {place_key(text) for text in (self.country, self.postal, self.name, self.code) if text}
        if self.region:
            found.add(place_key(self.region))
            if self.country and not self.region.startswith(f"{self.country}-"):
                found.add(place_key(f"{self.country}-{self.region}"))
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One alternative of a place: its postcode parts are without spaces, dots and hyphens."""

    kind: Kind
    country: str = ""
    first: str = ""
    last: str = ""
    names: frozenset[str] = frozenset()
    written: Kind = "name"  # of a name that is also the code of a country or region: as narrow as that is

    @property
    def specificity(self) -> int:
        """How narrow it is: a higher one wins over a lower one that holds the same place."""
        level = _LEVEL[self.written if self.kind == "name" else self.kind] * 1_000
        if self.kind in ("range", "prefix", "pattern"):
            level += 20 * len(self.first.rstrip("*"))
        if self.kind == "range" and self.first.isdecimal() and self.last.isdecimal():
            level -= min(int(self.last) - int(self.first), 19)
        if self.kind == "districts":
            level += 20 * (len(self.first) + 1)
        return level

    def holds(self, place: Location) -> bool:
        """Whether a location lies in it."""
        if self.country and place.country and self.country != place.country:
            return False
        match self.kind:
            case "any" | "else":
                return True
            case "country":
                return self.country == place.country
            case "region":
                return bool(place.region) and place_key(place.region.removeprefix(f"{self.country}-")) == self.first
            case "name":
                own = place_key(place.region.removeprefix(f"{place.country}-"))
                return bool(self.names & place.words) and self.first in ("", own or self.first)
        postal = postal_key(place.postal)
        return bool(postal) and _postal_holds(self, postal, place)


def _postal_holds(pattern: Pattern, postal: str, place: Location) -> bool:
    first, last = pattern.first, pattern.last
    if pattern.kind == "exact":
        if postal == first:
            return True
        outward = outward_code(place)
        return outward is not None and _OUTWARD.match(first) is not None and _same_district(first, outward)
    if pattern.kind == "prefix":
        rest = postal[len(first) :]
        # An area of letters ends where the digits begin: S* is Sheffield and not SA, Swansea.
        return postal.startswith(first) and not (first.isalpha() and rest[:1].isalpha())
    if pattern.kind == "pattern":
        return _wildcard(first).fullmatch(postal) is not None
    if pattern.kind == "districts":
        outward = outward_code(place)
        match = _OUTWARD.match(outward) if outward else None
        if match is None:
            return False
        low = _OUTWARD.match(first)
        return low is not None and match[1] == low[1] and int(low[2]) <= int(match[2]) <= int(last)
    return first <= postal[: len(first)] and postal[: len(last)] <= last


def _same_district(written: str, outward: str) -> bool:
    """EC1 holds EC1A; EC1A is only itself; AB4 is not AB43."""
    a, b = _OUTWARD.match(written), _OUTWARD.match(outward)
    return bool(a and b) and a[1] == b[1] and a[2] == b[2] and (not a[3] or a[3] == b[3])  # type: ignore[index]


def outward_code(place: Location) -> str | None:
    """The part of a UK postcode before the space (its inward part is always a digit and two letters)."""
    if place.country not in _OUTWARD_COUNTRIES:
        return None
    postal = postal_key(place.postal)
    if re.fullmatch(r"[A-Z]{1,2}\d[A-Z0-9]?\d[A-Z]{2}", postal):
        return postal[:-3]
    return postal if _OUTWARD.match(postal) else None


@lru_cache(maxsize=4096)
def _wildcard(text: str) -> re.Pattern[str]:
    return re.compile("".join({"*": ".*", "?": "."}.get(c, re.escape(c)) for c in text))


@lru_cache(maxsize=16_384)
def place_key(text: str) -> str:
    """A place's name or code as it is compared."""
    return " ".join(text.casefold().split())


@lru_cache(maxsize=16_384)
def postal_key(text: str) -> str:
    """A postcode as it is compared: upper case, without spaces, dots and hyphens."""
    return text.upper().replace(" ", "").replace("-", "").replace(".", "")


@lru_cache(maxsize=65_536)
def parse_place(text: str) -> tuple[Pattern, ...]:
    """The alternatives of a place as a card writes it; what is no country, region or postcode is a name."""
    text = text.strip()
    if not text:
        return (Pattern("any"),)
    if text in ("*", "**"):
        return (Pattern("else"),)
    if _COUNTRY.match(text):
        # Also a name: two letters may be a state or a zone of the card.
        return (Pattern("country", text), _named(text, "country"))
    country, rest = (text[:2], text[3:].strip()) if _COUNTRY.match(text[:2]) and text[2:3] == " " else ("", text)
    if country or _is_postal(text):
        parts = [part.strip() for part in rest.split(",") if part.strip()]
        if parts and all(_is_postal(part) for part in parts):
            found = tuple(postal_pattern(country, part.upper()) for part in parts)
            return found if country else (*found, _named(text))
    region = _REGION.match(text)
    if region:
        return (Pattern("region", region[1], place_key(region[2])), _named(text, "region"))
    both = _CODE_AND_NAME.match(text)
    if both:
        code, name = (both[2], both[1]) if both[2] else (both[3], both[4])
        return (Pattern("name", names=frozenset([place_key(code.replace(" ", "")), place_key(name), place_key(text)])),)
    of_region = _NAME_AND_REGION.match(text)
    if of_region:
        names = frozenset([place_key(of_region[1]), place_key(text)])
        return (Pattern("name", first=place_key(of_region[2]), names=names),)
    return (_named(text),)


def _named(text: str, written: Kind = "name") -> Pattern:
    return Pattern("name", names=frozenset([place_key(text)]), written=written)


def _is_postal(text: str) -> bool:
    sides = _RANGE.match(text)
    if sides:
        return all(_POSTAL.match(side.strip().upper()) for side in sides.groups())
    return _POSTAL.match(text.upper()) is not None and not re.search(r"[A-Z]{3}", text.upper().split()[0][:3])


def postal_pattern(country: str, text: str) -> Pattern:
    """A postcode, prefix, range or districts of a country (or of any, without one)."""
    districts = _DISTRICTS.match(text.replace(" ", ""))
    if districts and country in _OUTWARD_COUNTRIES and districts[3] in (None, districts[1]):
        return Pattern("districts", country, districts[1] + districts[2], districts[4])
    sides = _RANGE.match(text)
    if sides is None:
        hyphen = _HYPHEN_RANGE.match(text)
        # "26-28" is a range, "12345-6789" and "00-950" are codes.
        sides = hyphen if hyphen and len(hyphen[1]) == len(hyphen[2]) and hyphen[1] <= hyphen[2] else None
    if sides:
        return postal_range(country, sides[1], sides[2])
    key = postal_key(text)
    if key.endswith("*") and "*" not in key[:-1] and "?" not in key:
        return Pattern("prefix", country, key[:-1]) if key != "*" else Pattern("country", country)
    return Pattern("pattern" if "*" in key or "?" in key else "exact", country, key)


def postal_range(country: str, first: str, last: str) -> Pattern:
    """A range of postcodes; one that begins and ends with the same code holds what begins with it."""
    a, b = postal_key(first), postal_key(last)
    return Pattern("range", country, a, b)


def place_text(
    *, country: str = "", region: str = "", postal: str = "", first: str = "", last: str = "", code: str = "",
    name: str = "",
) -> str:  # fmt: skip
    """The text of a place by its parts, for readers: one of postal, first and last, region, code or name."""
    prefix = f"{country} " if country else ""
    if first or last:
        return f"{prefix}{first}–{last}"
    if postal and postal != "*":
        return f"{prefix}{postal}"
    if region and region != "*":
        return f"{country}-{region}" if country else region
    if code and name:
        return f"{name} ({code})"
    return code or name or country


def best_match(text: str, place: Location) -> int | None:
    """How narrowly a place as a card writes it holds a location; None where it does not."""
    found = [pattern.specificity for pattern in parse_place(text) if pattern.holds(place)]
    return max(found) if found else None
