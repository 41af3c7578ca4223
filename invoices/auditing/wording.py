"""What a line of a carrier's invoice is for, by its words; and which surcharge of a card it names. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from common.text import fold, spelled_out
from invoices.rate_records import SurchargeData
from invoices.rate_records.charges import meaning_of
from invoices.records import ChargeKind, LineData

_FUEL = re.compile(
    r"\b(fuel|fsc|bunker|baf|diesel\w*|treibstoff\w*|kraftstoff\w*|dieselfloater|combustible|carburants?|gazole"
    r"|carburante|gasolio|brandstof\w*|pali[vw]\w*|polttoaine\w*|uezemanyag\w*|yakit|combustibil|goriv\w*)\b"
)
_ACCESSORIAL = re.compile(
    r"\b(\w*surcharges?|\w*zuschlag|\w*zuschlaege|\w*gebuehr(en)?|fees?|residential|lift ?gate|tail ?lift|hebebuehne"
    r"|\w*versicherung|insurance|detention|demurrage|waiting|standgeld|storage|lagergeld|customs|\w*verzollung|zoll"
    r"|tolls?|maut|peak|handling|documentation|saturday|samstag\w*|remote|oversi[sz]e|adress\w*|address|cod|cash"
    r"|nachnahme|redelivery|appointment|avis\w*|recargos?|suplementos?|supplements?|surtaxes?|supplementi?|sovrapprezzo"
    r"|toeslag(en)?|doplata|thc|isps|security|congestion|ams|inside|pallet exchange|palettentausch|peajes?|peages?"
    r"|seguro|assurance|assicurazione)\b"
)
_FREIGHT = re.compile(
    r"\b(\w*freight|line ?haul|haulage|transport\w*|carriage|cartage|shipping|parcels?|packages?|pakete?|\w*fracht"
    r"|fretes?|fletes?|portes?|trasporto|nolo|vracht|fret|base (charge|rate)|basic (charge|rate)|grundpreis"
    r"|befoerderung|ltl|ftl)\b"
)
_DISCOUNT = re.compile(r"\b(discounts?|rabatt|nachlass|remise|descuento|sconto|korting|rebate)\b")
_SEASON = frozenset(["peak", "demand", "surge", "seasonal", "hochsaison", "saisonzuschlag", "temporada"])
# Meanings of which a carrier has one charge; of documents, customs or handling it may have several.
_ONE_CHARGE = frozenset(
    ["toll", "insurance", "tail_lift", "dangerous_goods", "notification", "residential", "cash_on_delivery",
     "pallet_exchange", "saturday", "redelivery", "address_correction", "waiting", "storage", "remote_area", "return"]
)  # fmt: skip
# Words that name no charge by themselves.
_EMPTY = frozenset(
    ["surcharge", "surcharges", "fee", "fees", "charge", "charges", "zuschlag", "gebuehr", "recargo", "suplemento",
     "supplement", "supplemento", "toeslag", "per", "pro", "je", "por", "par", "a", "the", "der", "die", "das", "for",
     "of", "fuer", "de", "du", "del", "la", "le", "shipment", "sendung", "delivery", "envio", "expedition", "and",
     "und", "y", "et", "e", "service", "services"]
)  # fmt: skip


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """As it is compared: without case, accents and punctuation; ä is ae."""
    return " ".join(re.sub(r"[^\w%]+", " ", fold(spelled_out(text))).split())


def names_accessorial(text: str) -> bool:
    """Whether the words are those of an additional service or a surcharge."""
    return bool(_ACCESSORIAL.search(folded(text)))


def kind_of(line: LineData) -> ChargeKind | None:
    """None for a line that is no charge of a shipment."""
    text = folded(" ".join(filter(None, (line.description, line.charge_code, line.item_code))))
    if _FUEL.search(text):
        return "fuel"
    if _ACCESSORIAL.search(text):
        return "accessorial"
    facts = (line.zone, line.origin, line.destination, line.billed_weight, line.service, line.tracking_number)
    if any(fact not in (None, "") for fact in facts) or _FREIGHT.search(text) or _DISCOUNT.search(text):
        return "freight"
    return None


def has_route(line: LineData) -> bool:
    """Whether the line itself says what is moved, so that it begins a shipment."""
    return any(fact not in (None, "") for fact in (line.zone, line.origin, line.destination, line.billed_weight))


def charge_key(line: LineData) -> str:
    """What a line is for, as it is compared with the lines of other invoices."""
    return folded(line.charge_code or line.description or line.service or "")


def named_surcharge(line: LineData, surcharges: Sequence[SurchargeData]) -> SurchargeData | None:
    """The surcharge of a card that a line bills: by its code, else by its words, the most in common first."""
    found = matching_surcharges(line, surcharges)
    return found[0] if found else None


def matching_surcharges(line: LineData, surcharges: Sequence[SurchargeData]) -> list[SurchargeData]:
    """The surcharges of a card that a line may bill: that of its code, else those that have most words in common with
    it, which may be several ("Delivery area surcharge", commercial and residential)."""
    codes = {folded(text) for text in (line.charge_code, line.item_code) if text}
    for surcharge in surcharges:
        if surcharge.code and folded(surcharge.code) in codes:
            return [surcharge]
    said = _words(line.description or line.charge_code or "")
    # What is asked for in a season is another charge than the one that its name goes on with ("Peak - Residential").
    surcharges = [each for each in surcharges if bool(_SEASON & _words(each.name)) == bool(_SEASON & said)]
    best: list[SurchargeData] = []
    most = 0.0
    for surcharge in surcharges:
        own = _words(surcharge.name)
        in_said = sum(any(_same(word, other) for other in said) for word in own)
        in_own = sum(any(_same(word, other) for other in own) for word in said)
        if not own or not said or (in_said < len(own) and in_own < len(said)):
            continue
        score = (in_said + in_own) / (len(own) + len(said))
        if score > most:
            most, best = score, []
        if score == most:
            best.append(surcharge)
    return best or _of_same_meaning(line, surcharges)


def _of_same_meaning(line: LineData, surcharges: Sequence[SurchargeData]) -> list[SurchargeData]:
    """What the trade calls so in other words: "Mautzuschlag" is the Maut of a card, "Ladebordwand" its Hebebühne."""
    meaning = meaning_of(line.description or "")
    if meaning not in _ONE_CHARGE:
        return []
    return [each for each in surcharges if meaning == (each.meaning or meaning_of(each.name))]


def money(amount: Decimal, currency: str) -> str:
    """An amount as a sentence says it: two places, more only where they are not zero."""
    places = max(2, -int(amount.normalize().as_tuple().exponent))
    return f"{amount:.{places}f} {currency}".strip()


def is_fuel(surcharge: SurchargeData) -> bool:
    return bool(_FUEL.search(folded(f"{surcharge.code} {surcharge.name}")))


def _same(word: str, other: str) -> bool:
    """The same word, or the beginning of a compound ("Hebebühne", "Hebebühnenzuschlag")."""
    short, long = sorted((word, other), key=len)
    return short == long or (len(short) > 4 and long.startswith(short))


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    words = frozenset(word for word in folded(text).split() if not re.fullmatch(r"[\d%.]+", word))
    return words - _EMPTY or words
