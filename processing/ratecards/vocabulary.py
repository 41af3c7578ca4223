"""What the headers of rate tables say, in the languages of carriers. Pure.

Meanings: keys (who and where a price is for), attributes (what else a row says) and values (what is charged).
"""

from __future__ import annotations

import re
from functools import lru_cache

from invoices.values.currencies import CODES
from processing.extractors.items.headers import fold
from processing.ratecards.composed_headers import composed_meaning
from processing.ratecards.vocabulary_north import NORTH_AND_EAST
from processing.ratecards.vocabulary_words import VOCABULARY

KEYS = frozenset(
    [
        "carrier",
        "service",
        "service_code",
        "origin",
        "origin_from",
        "origin_to",
        "destination",
        "destination_from",
        "destination_to",
        "zone",
        "lane",
        "equipment",
        "freight_class",
        "break",
        "weight_from",
        "weight_to",
        "break_upto",
        "break_from",
        "distance",
        "distance_from",
        "distance_to",
    ]
)  # fmt: skip
WEIGHTS = frozenset({"break", "weight_from", "weight_to"})
DISTANCES = frozenset({"distance", "distance_from", "distance_to"})
PLACES = frozenset(["origin", "origin_from", "origin_to", "destination", "destination_from", "destination_to", "lane"])
BOUND_WORDS_FROM = frozenset(["from", "von", "ab", "desde", "de", "min", "over", "start", "lower", "da", "van", "low"])
BOUND_WORDS = BOUND_WORDS_FROM | frozenset(
    ["to", "bis", "hasta", "a", "max", "up to", "upto", "end", "upper", "tot", "high", "jusqu a", "bis zu"]
)

_FILLERS = frozenset(
    [
        "in",
        "of",
        "the",
        "a",
        "per",
        "pro",
        "je",
        "por",
        "par",
        "al",
        "net",
        "netto",
        "excl",
        "incl",
        "vat",
        "mwst",
        "iva",
        "ht",
        "kg",
        "kgs",
        "kilo",
        "kilos",
        "lb",
        "lbs",
        "pound",
        "pounds",
        "cwt",
        "100",
        "cm",
        "in",
        "m3",
        "cbm",
        "km",
        "mile",
        "miles",
        "stk",
        "piece",
        "shipment",
        "container",
        "eur",
        "usd",
        "each",
        "max",
        "working",
        "business",
        "und",
        "and",
        "der",
        "die",
        "das",
        "en",
        "del",
        "la",
        "de",
        "p",
        "pr",
        "value",
        "(",
    ]
) | {code.casefold() for code in CODES}  # fmt: skip
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=1)
def _phrases() -> dict[str, str]:
    table: dict[str, str] = {}
    for words in (VOCABULARY, NORTH_AND_EAST):
        for meaning, names in words.items():
            for name in names.split("|"):
                folded = fold(name)
                if folded:
                    table.setdefault(folded, meaning)
    return table


@lru_cache(maxsize=4_096)
def folded(text: str) -> str:
    """Lower case words without accents; ``WeightNotToExceed`` and ``weight_not_to_exceed`` are words, too."""
    return fold(_CAMEL.sub(" ", text))


_AND_ABOVE = re.compile(
    r"\b(?:and (?:above|up|over|more)|or more|und (?:h[öo]her|mehr|dar[üu]ber)|et plus|y (?:m[áa]s|superior)|e oltre|"
    r"et au[- ](?:dessus|del[àa])|y superior(?:es)?|e superior[ei]s?|ed oltre|ou mais|e acima|en meer|en hoger|"
    r"i wi[ęe]cej|och (?:mer|[öo]ver)|og over)\b", re.I
)  # fmt: skip


@lru_cache(maxsize=4_096)
def meaning_of(text: str) -> str | None:
    """What a header says, or None; a weight "and above" is where its break begins."""
    found = _meaning_of(text)
    return "weight_from" if found == "break" and _AND_ABOVE.search(text) else found


def _meaning_of(text: str) -> str | None:
    """What a header says, or None: the whole of it, what is left without units and currencies, or all but its
    parentheses."""
    if len(text) > 60:
        return None
    if _BREAK_LABEL.match(text.strip()) or CLASS_LABEL.match(text.strip()):
        return None  # "bis 100 kg" is one of the breaks, "bis kg" heads their column
    text = text.replace("# of ", "number of ").replace("№", "number")
    if text.count("/") == 1 and (bound := _PART_AND_BOUND.match(folded(text))):
        return "destination_from" if bound["low"] else "destination_to"  # "Zip/Postal Code From"
    variants = (text, re.sub(r"[(\[].*?[)\]]", " ", text), text.partition("/")[0])
    whole = next((found for variant in variants if (found := _phrases().get(folded(variant)))), None)
    if whole:
        return whole
    for variant in variants:
        words = folded(variant)
        label = ZONE_LABEL.match(variant.strip())
        if label and label[1]:
            return None  # "Zone 1" is one of the zones, "Zone" heads their column
        kept = [word for word in words.split() if word not in _FILLERS]
        found = _phrases().get(" ".join(kept)) if kept else None
        if found:
            return found
    if side := _SIDE_AND_PART.match(folded(text)):
        return "origin" if side["origin"] else "destination"
    if bound := _PART_AND_BOUND.match(folded(text)):
        return "destination_from" if bound["low"] else "destination_to"
    # "Département FR": places of a country.
    place = _phrases().get(folded(_OF_COUNTRY.sub("", text)))
    if place in PLACES:
        return place
    return "fuel_from" if _FUEL_PRICE.search(text) else composed_meaning(folded(variants[1]))


_PARTS = (
    r"(?:land|country|country code|plz|postleitzahl|ort|stadt|city|zip|zip code|zip3|postcode|postal code|state|region|"
    r"province|pays|cp|code postal|ville|departement|pais|codigo postal|ciudad|provincia|paese|cap|citta|"
    r"postcodegebied|dept|depts|dpt|departements|postnr|postnummer|kraj|zeme|kod|psc|mesto|miasto|by|"
    r"plaats|uf|cep|cidade)"
)
# "Von PLZ", "Nach Land", "Origin country": a side and the part of its place.
_SIDE_AND_PART = re.compile(
    rf"^(?:(?P<origin>(?:von|ab|from|origin|orig|absender|abgangs?|lade|versand|depart|expediteur|origen|origine|partenza|"
    rf"vertrek|van|origem|load|loading|pickup|collection)\s?{_PARTS})|(?:(?:nach|an|to|dest|destination|empfangs?|ziel|"
    rf"entlade|arrivee|vers|para|til|till|do|destinataire|destino|destinazione|naar|aankomst|bestemming|delivery|unloading|deliver)\s?{_PARTS}))$"
)
# "Postcode van", "PLZ bis": where the postcodes of a row begin and end.
_PART_AND_BOUND = re.compile(
    r"^(?:plz|postleitzahl|zip|zip code|zip postal code|postal zip code|postcode zip|"
    r"postcodes?|postal code|cp|code postal|codes postaux|codigo postal|cap|cep|"
    r"postnummer|postnr|kod pocztowy|kod|psc|postinumero)\s(?:(?P<low>from|van|vanaf|von|de|du|desde|da|dal|inicial|"
    r"od|fra|fran|start|low|first|debut)|"
    r"(?:to|through|tot|t m|tot en met|bis|a|au|hasta|al|ate|final|do|til|till|end|high|"
    r"last|fin))$"
)
# "EIA national average diesel ($/gal)" heads the bands of a fuel table.
_FUEL_PRICE = re.compile(
    r"[$€£].{0,6}(?:per|/)\s?(?:gal(?:lon)?|lit(?:re|er)|l)\b|^(?:doe|eia)\b.*(?:price|average|index|\$)|"
    r"(?:diesel|gas[óo]leo|gasoil|gazole|\bfuel)\b.*(?:price|preis|prix|precio|pre[çc]o|prezzo|prijs|[$€£]\s?/|"
    r"per (?:gal|lit)|average|index|EUR/l)|"
    r"^(?:doe|eia)\b.*\bdiesel|(?:price|preis|prix|precio|pre[çc]o|prezzo|average).*\b(?:diesel|gas[óo]leo|gasoil|gazole)\b",
    re.I,
)  # fmt: skip


_OF_COUNTRY = re.compile(r"\s+\(?[A-Z]{2}\)?$")
_BREAK_LABEL = re.compile(r"^(?:bis|ab|up ?to|over|above|until|hasta|desde|jusqu'?à|tot|vanaf|[<>≤≥]=?)\s*\d", re.I)
FROM_TO = re.compile(
    r"^(?:from|von|de|desde|origin|origen|origine|abgang|da|van)\W+(?:to|nach|a|hasta|destination|destino|ziel|naar)$|"
    r"^(?:origin|origen|von|from|pol|de)\s*[\\/|×x→-]+\s*(?:destination|destino|dest|nach|to|pod|a)\b.*$",
    re.I,
)
ZONE_LABEL = re.compile(
    r"^(?:zone|zona|zonen|strefa|z|zn|tarifzone|region)\.?\s*[-:]?\s*([A-Za-z]{0,2}\d{0,3}[A-Za-z]?)$", re.I
)
# "Class 70" is one of the freight classes; "Class" heads their column.
CLASS_LABEL = re.compile(r"^(?:(?:freight|nmfc)\s+)?(?:class|klasse|clase|classe)\s*(\d{2,3}(?:[.,]5)?)$", re.I)
# "From MN 551 to MO 641" above prices is the lane of all that stands below it.
LANE_LABEL = re.compile(
    r"^(?:(?:from|ex|von|ab|de|desde|du|da|van|vanuit)\s+(?P<origin>\S.{0,28}?)|(?P<bare>[A-Z]{2}\s\d{3}))\s+"
    r"(?:to|nach|bis|a|à|au|hasta|até|naar|para|vers)\s+(?P<destination>\S.{0,28})$", re.I
)  # fmt: skip
# Parts of a pallet, as pallet networks sell them.
PALLET_SIZE = re.compile(
    r"^(?:(?:mini|micro)[ -])?(?:full|half|quarter|qtr|mini|micro|double|oversize|light|ultra[- ]?light|ganze|halbe|"
    r"viertel|enti[eè]re|demi|quart|"
    r"completo|medio|cuarto|intero|mezzo|hele|halve|kwart)(?:\s+(?:pallet|palette|palet|bancale|spaces?)s?)?$",
    re.I,
)
ZONE_WORD = re.compile(r"\b(?:zones?|zonas?|zonen|strefy)\b", re.I)
EQUIPMENT = re.compile(
    r"^(?:(?:20|40|45|53)\s*['’′]\s*[a-z]{2,8}|(?:20|40|45|53)\s*['’′ft\"]*\s*(?:std|st|dc|dv|gp|hc|hq|hcdc|rf|rh|re|reefer|ot|fr|nor|standard|"
    r"dry|high\s?cube)?"
    r"|lcl|fcl|mega|tautliner|box|reefer|flatbed|dry\s?van|van|sprinter|7[.,]5\s?t|12\s?t|24\s?t|40\s?t|curtain\S*"
    r"|truck|plane|koffer|kuhler|step\s?deck|power only)$",
    re.I,
)
_VEHICLE = re.compile(
    r"\b(?:tautliner|sattel\w*|trailer|lkw|trucks?|reefer|flatbed|koffer\w*|planen\w*|sprinter|megatrailer|frigo\w*|"
    r"curtain\w*|camión|camion|furgoneta|container|contenedor|dry van|tráiler)\b|^\d+[.,]?\d*\s?t$",
    re.I,
)


def is_equipment(text: str) -> bool:
    """A container, a vehicle, or a size of one; a word in parentheses beside it does not matter."""
    plain = re.sub(r"[(\[].*?[)\]]", " ", text).strip() or text
    plain = plain.partition(" / ")[0]  # "40' Dry / HC"
    return bool(EQUIPMENT.match(plain) or (len(plain) <= 40 and _VEHICLE.search(plain)))


PACKAGING = re.compile(
    r"^(?:letters?|envelopes?|pak|paks|documents?|docs?|brief|umschlag|dokumente?|sobre|carta|documento|"
    r"enveloppe|lettre|"
    r"tube|small box|medium box|large box|flat rate envelope|box|paket|päckchen|parcel|busta|express\s?easy)s?$",
    re.I,
)
FREIGHT_CLASSES = frozenset(
    [
        "50",
        "55",
        "60",
        "65",
        "70",
        "77.5",
        "85",
        "92.5",
        "100",
        "110",
        "125",
        "150",
        "175",
        "200",
        "250",
        "300",
        "400",
        "500",
    ]
)  # fmt: skip
NOTHING = re.compile(
    r"^(?:[-–—−./*x×]+|n\.?\s?/?\s?a\.?|n\.?v\.?t\.?|k\.?\s?a\.?|nil|none|null|p\.?o\.?a\.?|por|tb[adc]|t\.b\.[adc]\.?|"
    r"(?:price |rate )?on (?:request|application|demand)|auf anfrage|a\.\s?a\.|sur demande|a consultar|consultar|"
    r"su richiesta|op aanvraag|sob consulta|not (?:available|applicable|served)|no service|kein service|"
    r"no disponible|nicht verfügbar|inquire|call|quote|\[\d+\]|\(\d+\)|s/c)$",
    re.I,
)
