"""Labels of columns that are zones: with their places beside them, or one word with a running mark behind it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from processing.ratecards.labels import parse_break
from processing.ratecards.vocabulary import CLASS_LABEL, ZONE_LABEL, is_equipment

_MARKED = re.compile(r"^(?P<word>[^\W\d_][^\W\d_.-]{1,19})\.?[\s-]*(?P<mark>[A-Z]?\d{1,2}[A-Z]?|[A-Z]|[IVX]{1,4})$")
_ZONE_AND_PLACES = re.compile(
    r"^(?P<zone>(?:zone|zona|zonen|strefa|tarifzone|region)\.?\s*[-:]?\s*[A-Za-z]{0,2}\d{0,3}[A-Za-z]?)\s*[\s(:,–-]\s*"
    r"(?:PLZ|D[ée]p(?:ts?|artements?)?\.?|CP|C\.P\.|CAP|CEP|ZIP|postcodes?|postal codes?|codes? postaux?|kod|"
    r"PC)\s*:?\s*"
    r"(?P<places>[\dA-Z][\dA-Z\s,;–—-]*?)\)?$|"
    r"^(?P<zone2>(?:zone|zona|zonen|strefa|tarifzone|region)\.?\s*[-:]?\s*[A-Za-z]{0,2}\d{0,3}[A-Za-z]?)\s*"
    r"[(\[](?P<places2>\d{2}[\d\s,;–—-]*)[)\]]$", re.I
)  # fmt: skip
# "32-33, 44-47", "01*", "AB10-25, DD".
_POSTCODES = re.compile(
    r"^(?:(?:PLZ|ZIP|CP|CAP|CEP|PC)\.?:?\s*)?(?:[A-Z]{1,2}\d{0,2}|\d{2,5})\*?(?:\s*[-–]\s*(?:[A-Z]{0,2}\d{1,5}))?"
    r"(?:\s*[,;/+]\s*(?:[A-Z]{1,2}\d{0,2}|\d{2,5})\*?(?:\s*[-–]\s*(?:[A-Z]{0,2}\d{1,5}))?)*$"
)
# Words whose running marks tell something else than areas apart.
_NO_AREAS = re.compile(
    r"^(?:class|klasse|clase|classe|class[ei]|carrier|option|service|product|level|tier|niveau|version|lot|lane|route|"
    r"year|jahr|day|tag|express|tarif|tarifa|tariff|rate|type|typ|tipo|pal\w*|col[li]\w*|box|size|bag|kg|lb)$",
    re.I,
)


def marks_of(labels: Sequence[str]) -> list[str]:
    """The marks of labels that repeat one word ("Gebiet 1", "Gebiet 2"); empty where they are no such labels."""
    found = [_MARKED.match(" ".join(label.split())) for label in labels]
    matches = [match for match in found if match is not None]
    words = {match["word"].casefold() for match in matches}
    marks = [match["mark"] for match in matches]
    if len(labels) < 2 or len(matches) < len(labels) or len(words) != 1 or len(set(marks)) < len(marks):
        return []
    if _NO_AREAS.match(next(iter(words))):
        return []
    known = any(parse_break(label) is not None or CLASS_LABEL.match(label) or is_equipment(label) for label in labels)
    return [] if known else marks


def zone_and_places(*texts: str) -> tuple[str, str]:
    """ "Zone 2 PLZ 20 – 25, 29 – 31" is zone 2 with these postcodes, as "Zone 2" above or below "20-25, 29-31" is;
    ("", "") where a header is nothing of the kind."""
    text = texts[-1]
    for zone, places in (texts[-2:], texts[:-3:-1]) if len(texts) > 1 else ():
        label = ZONE_LABEL.match(zone.strip())
        if label and (label[1].isupper() or any(map(str.isdigit, label[1]))) and _POSTCODES.match(places.strip()):
            return label[1], places.strip()
    match = _ZONE_AND_PLACES.match(" ".join(text.split()))
    if match is None:
        return "", ""
    zone, places = (match["zone"] or match["zone2"]).strip(), match["places"] or match["places2"]
    label = ZONE_LABEL.match(zone)
    return (label[1] if label and label[1] else zone), places.strip(" ,;")
