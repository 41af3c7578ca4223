"""Units as codes of UN/ECE Recommendation 20. Pure."""

from __future__ import annotations

import re

# What units are called on paper.
_UNITS = {
    **dict.fromkeys(("", "pc", "pcs", "pce", "piece", "pieces", "stk", "stück", "unit", "units"), "C62"),
    **dict.fromkeys(("ea", "each"), "EA"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden"), "HUR"),
    **dict.fromkeys(("d", "day", "days", "tag", "tage"), "DAY"),
    **dict.fromkeys(("month", "months", "monat", "monate"), "MON"),
    **dict.fromkeys(("kg", "kgs", "kilogram"), "KGM"),
    **dict.fromkeys(("g", "gram"), "GRM"),
    **dict.fromkeys(("t", "ton", "tonne"), "TNE"),
    **dict.fromkeys(("lb", "lbs"), "LBR"),
    **dict.fromkeys(("l", "ltr", "liter", "litre"), "LTR"),
    **dict.fromkeys(("m", "meter", "metre"), "MTR"),
    **dict.fromkeys(("m2", "m²", "qm", "sqm"), "MTK"),
    **dict.fromkeys(("m3", "m³", "cbm"), "MTQ"),
    **dict.fromkeys(("km",), "KMT"),
    **dict.fromkeys(("kwh",), "KWH"),
}  # fmt: skip
_UNIT_CODE = re.compile(r"[A-Z0-9]{2,3}")


def unit_code(unit: str) -> str | None:
    """The code of UN/ECE Recommendation 20 for a unit as it is written, ``C62`` (one) for none; None where it is not
    known. What is a usual name (``KG``, ``PCS``) is taken for it; other short words in capitals are codes already."""
    return _UNITS.get(unit.strip().rstrip(".").casefold()) or (unit if _UNIT_CODE.fullmatch(unit) else None)
