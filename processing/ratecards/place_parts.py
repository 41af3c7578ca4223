"""Columns that together say one place (country, region, postcode), and the place that their cells say. Pure.

Composed texts follow the grammar of ``invoices.rate_records.places``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from babel.core import get_global

from invoices.rate_records.places import place_text
from invoices.values import parse_country
from processing.content.records import Row
from processing.ratecards.composed_headers import halves
from processing.ratecards.plan import ColumnPlan
from processing.ratecards.vocabulary import folded

_WORDS = {
    "country": "country countries land lander pais paises pays paese kraj staat nation",
    "region": "region state province bundesland regione provincia estado uf comunidad",
    "postcode": "postcode postal zip zip3 postleitzahl plz cap cep cp postcodes postcodegebied kod postcodegebiet dept "
    "departement departements depts",
}
_PART_OF = {word: part for part, words in _WORDS.items() for word in words.split()}
_PLACE_CODE = re.compile(r"^(?:[A-Z]{2} ?[A-Z2-9]{3}|[A-Z]{3})$")
_PORT = re.compile(r"port\b|airport|hafen|haven\b|puerto|porto\b|\bpo[ld]\b|aero|luchthaven|terminal", re.I)
_NAMED = frozenset({"service", "surcharge", "ignore", ""})
_LOCODE = re.compile(r"^[A-Z]{2} ?[A-Z2-9]{3}$")
_AREA = re.compile(r"^[A-Z]{1,2}$")
_SHORT = re.compile(r"^\d{2,3}$")
_OF_COUNTRY = re.compile(r"\s\(?([A-Z]{2})\)?$")
_LISTED = re.compile(r"\s*[,;/]\s*")
_RANGE = re.compile(r"^([A-Z]{0,2}\d[\d-]*)\s*(?:-|–|—|to|bis|a|à|hasta|até)\s*([A-Z]{0,2}\d[\d-]*)$", re.I)
US_STATES = frozenset(
    ["AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA",
     "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK",
     "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "DC", "PR"]
)  # fmt: skip
_BRAZIL = frozenset(
    ["AC", "AL", "AP", "AM", "BA", "CE", "DF", "ES", "GO", "MA", "MT", "MS", "MG", "PA", "PB", "PR", "PE", "PI",
     "RJ", "RN", "RS", "RO", "RR", "SC", "SP", "SE", "TO"]
)  # fmt: skip


def part_of(header: str) -> str:
    """What part of a place a header names: country, region, postcode, or "" for a whole place."""
    words = [part for word in folded(header).replace("/", " ").split() for part in (halves(word) or [word])]
    found = [_PART_OF[word] for word in words if word in _PART_OF]
    if "postcode" in found:
        return "postcode"
    return found[0] if found else ""


def with_parts(columns: Sequence[ColumnPlan], sample: Sequence[Row]) -> list[ColumnPlan]:
    """The columns, where several of one side say a place together each with its ``part``, and the ``label`` of those
    whose country nothing but their form tells ("US" for states and three-digit ZIP codes)."""
    out = _with_codes(columns, sample)
    columns = list(out)
    for side in ("origin", "destination"):
        own = [c for c in columns if c.meaning == side and not c.axis]
        ends = [c for c in columns if c.meaning in (f"{side}_from", f"{side}_to")]
        parts = {c.column: part_of(c.header) for c in own}
        texts = {c.column: _texts(sample, c.column) for c in own}
        for c in own:
            named = not any(map(str.isdigit, "".join(texts[c.column])))
            if named and "dep" in folded(c.header) and parts[c.column] == "postcode":
                parts[c.column] = "region"  # departments by name
        kinds = set(parts.values()) - {""}
        together = len(own) > 1 and "postcode" in kinds and bool(kinds & {"country", "region"})
        named = len(own) == 2 and "" in parts.values() and _are_names(own, parts, texts)
        together = together or (named and bool(kinds))
        together = together or (bool(ends) and bool(own) and bool(kinds & {"country", "region"}))
        alone = len(own) == 1 and not ends and bool(kinds) and _is_written_out(next(iter(parts.values())), texts)
        if len(own) == 1 and not ends and _name_countries(own[0].header, texts[own[0].column]):
            parts[own[0].column], alone = "country", True
        if any(c.part for c in own):
            continue
        if not together and not alone:
            continue
        country = _country(own, ends, parts, texts)
        for index, column in enumerate(out):
            if column.column in parts and column in own:
                out[index] = replace(column, part=parts[column.column] or "name", label=country)
    return out


def _with_codes(columns: Sequence[ColumnPlan], sample: Sequence[Row]) -> list[ColumnPlan]:
    """A column "Code" of UN/LOCODEs or IATA codes beside one of places: both say one place."""
    out = list(columns)
    for index, column in enumerate(out[1:], start=1):
        before = out[index - 1]
        texts = _texts(sample, column.column)
        if column.meaning == "code" and before.meaning in _NAMED and texts and all(map(_is_locode, texts)):
            before = replace(before, meaning="destination")  # what stands beside codes of ports is their names
            out[index - 1] = before
        same = column.meaning == before.meaning and not any(map(_PLACE_CODE.match, _texts(sample, before.column)))
        if (
            (column.meaning not in ("code", "ignore") and not same)
            or column.axis
            or before.meaning not in ("origin", "destination")
            or before.axis
        ):
            continue
        if texts and all(len(text) == 2 and country_code(text) for text in texts):
            if same:
                continue  # a country beside its town
            out[index] = replace(column, meaning=before.meaning, part="country")
            out[index - 1] = replace(before, meaning="ignore")  # their names, as this carrier writes them
            continue
        if not texts or (column.meaning != "code" and not same and not all(map(_is_locode, texts))):
            continue
        if not any(c.meaning == "price" for c in columns) or not all(_PLACE_CODE.match(text) for text in texts):
            continue
        out[index] = replace(column, meaning=before.meaning, part="code")
        out[index - 1] = replace(before, part="name")
    return out


def _is_locode(text: str) -> bool:
    return bool(_LOCODE.match(text)) and bool(country_code(text[:2]))


def _are_names(own: Sequence[ColumnPlan], parts: dict[int, str], texts: dict[int, list[str]]) -> bool:
    """Whether the column without a part holds words: cities beside their states, areas beside their postcodes."""
    cells = [text for c in own if not parts[c.column] for text in texts[c.column]]
    return bool(cells) and not any(any(map(str.isdigit, text)) or text == "*" for text in cells)


def _name_countries(header: str, texts: Sequence[str]) -> bool:
    """Whether the cells of a column are names of countries: each carrier writes them in its own language. Ports may be
    called like their countries."""
    names = [text for text in texts if text != "*"]
    return (
        len(names) > 1 and not _PORT.search(header) and any(len(text) > 3 for text in names)
        and all(country_code(text) for text in names)
    )  # fmt: skip


def _is_written_out(part: str, texts: dict[int, list[str]]) -> bool:
    """A single column whose cells are no plain names or codes: areas of letters, prefixes, three-letter countries."""
    cells = [text for column in texts.values() for text in column]
    if not cells:
        return False
    if part == "postcode":
        coded = [text for text in cells if any(map(str.isdigit, text))]  # the sample may reach into what stands below
        if len({len(text) for text in coded}) == 1 and all(_SHORT.match(text) for text in coded):
            return True  # where the postcodes of an area begin: "01", "681"
        areas = sum(all(_AREA.match(p) for p in _LISTED.split(text)) for text in cells)
        return areas * 2 > len(cells) or any(text.endswith("*") and text != "*" for text in cells)
    if part == "country":
        return all(text in ("*", "") or (len(text) == 3 and country_code(text)) for text in cells)
    return False


def _country(
    own: Sequence[ColumnPlan], ends: Sequence[ColumnPlan], parts: dict[int, str], texts: dict[int, list[str]]
) -> str:  # fmt: skip
    if "country" in parts.values():
        return ""
    words = {word for c in (*own, *ends) for word in folded(c.header).split()}
    regions = {text for c in own if parts[c.column] == "region" for text in texts[c.column]}
    if words & {"cep", "uf"} and regions <= _BRAZIL:
        return "BR"
    named = {code for c in own if (found := _OF_COUNTRY.search(c.header)) and (code := parse_country(found[1]))}
    if len(named) == 1:
        return named.pop()  # "PLZ DE"
    if words & {"departement", "departements", "dept", "depts"}:
        return "FR"
    if words & {"zip", "zip3"} or (regions and regions <= US_STATES and "postcode" in parts.values()):
        return "US"
    codes = [p for c in own if parts[c.column] == "postcode" for t in texts[c.column] for p in _LISTED.split(t)]
    if codes and sum(bool(_AREA.match(code)) for code in codes) * 2 > len(codes):
        return "GB"  # the only postcodes whose areas are letters alone
    return ""


def _texts(sample: Sequence[Row], column: int) -> list[str]:
    return [cell.text for row in sample if (cell := row.cell_at(column)) is not None]


@lru_cache(maxsize=4_096)
def country_code(text: str) -> str:
    """ISO 3166 alpha-2 of a code of two or three letters or a name; "" for what is none."""
    plain = text.strip()
    if len(plain) == 3 and plain.isupper():
        codes = get_global("territory_aliases").get(plain) or [""]
        return codes[0] if len(codes) == 1 and len(codes[0]) == 2 else ""
    return parse_country(plain) or ""


@lru_cache(maxsize=65_536)
def composed(country: str, region: str, postal: str, name: str, known: str, three_digits: bool) -> str | None:
    """The place that cells say together; ``known`` is the country where no cell says it. None where they say none."""
    wild = ("", "*")
    code = known
    if country not in wild:
        code = country_code(country)
        if not code and name in wild:
            return None
    if country in wild and region in wild and postal in wild and name in wild:
        return "*"
    if postal not in wild:
        found = _postal(postal, three_digits, code)
        return f"{code} {found}".strip()
    if region not in wild and name not in wild:
        return f"{name} ({region})" if len(region) == 2 else name
    if region not in wild:
        return f"{region}, {name}" if name not in wild else place_text(country=code, region=region)
    return name if name not in wild and not (code and country_code(name) == code) else code


# How many digits a postcode has: one that is shorter in a list is where the postcodes of an area begin.
_DIGITS = {
    **dict.fromkeys(("AT", "BE", "BG", "CH", "CY", "DK", "HU", "LU", "LV", "NL", "NO", "PT", "SI"), 4),
    **dict.fromkeys(("CZ", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "IT", "LT", "MX", "PL", "RS", "SE", "SK", "TR",
                     "UA", "US"), 5),
}  # fmt: skip


def _postal(text: str, three_digits: bool, country: str = "") -> str:
    out = []
    for part in _LISTED.split(text.strip()):
        span = _RANGE.match(part)
        if span:
            out.append(f"{span[1]}–{span[2]}")
        elif (
            _AREA.match(part)
            or re.fullmatch(r"\d{2}" if not three_digits else r"\d{2,3}", part)
            or is_short(part, country)
        ):
            out.append(f"{part}*")
        else:
            out.append(part)
    return ", ".join(out)


def is_short(code: str, country: str) -> bool:
    """Whether digits are where the postcodes of an area begin: fewer than the country's postcodes have."""
    return code.isdecimal() and 1 < len(code) < _DIGITS.get(country, 0)


def is_three_digits(headers: Iterable[str]) -> bool:
    """Whether headers speak of the first three digits of postcodes."""
    return any("zip3" in folded(header).replace(" ", "") or "3-digit" in header.casefold() for header in headers)
