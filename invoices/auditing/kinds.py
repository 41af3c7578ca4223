"""What a charge of a carrier is for, by its code and words. Pure.

Words of the trade in the languages of bills; the codes are those of X12 (element 150), of air waybills (IATA) and of
carriers' data files.
"""

from __future__ import annotations

import re
from functools import lru_cache

from invoices.auditing.wording import folded
from invoices.records import ChargeKind

_CODES: dict[str, ChargeKind] = {
    "frt": "freight", "lhs": "freight", "lh": "freight", "400": "freight", "car": "freight", "fsc": "fuel",
    "ff": "fuel", "fue": "fuel", "fus": "fuel", "baf": "fuel", "dsc": "discount", "dis": "discount", "disc": "discount",
    "amc": "adjustment", "min": "adjustment", "prv": "adjustment", "tax": "tax", "vat": "tax", "gst": "tax",
    "hst": "tax", "pst": "tax", "dut": "duty", "myc": "fuel", "mya": "fuel",
}  # fmt: skip
_WORDS: tuple[tuple[ChargeKind, re.Pattern[str]], ...] = (
    ("credit", re.compile(r"\b(credit|refund|service failure|gutschrift|erstattung|avoir|abono|nota di credito)\b")),
    ("adjustment", re.compile(
        r"\b(minimum charge( adjustment)?|min(imum)?( charge| freight)? adj(ustment)?|previously (billed|paid)"
        r"|prior (billing|payment)|balance due|less paid|bereits berechnet|deja facture|mindestfracht\w*"
        r"|mindestfrachtausgleich|absolute minimum)\b")),
    ("discount", re.compile(
        r"\b(discounts?|\w*rabatt|nachlass|remise|ristourne|descuento|sconto|korting|rebate|incentive"
        r"|performance pricing|desconto|zlizka|znizka)\b")),
    ("fuel", re.compile(
        r"\b(fuel|fsc|bunker|baf|diesel\w*|treibstoff\w*|kraftstoff\w*|energiezuschlag|combustible|combustivel|carburants?"
        r"|gazole|gasoil|carburante|gasolio|brandstof\w*|pali[vw]\w*|drivmedel\w*|braendstof\w*|drivstoff\w*"
        r"|polttoaine\w*|uezemanyag\w*|yakit|combustibil|goriv\w*|degviel\w*|kuetuse\w*)\b")),
    ("duty", re.compile(r"\b(duty|duties|einfuhrabgaben|zollabgaben|droits de douane|aranceles?|dazi)\b(?! tax paid)")),
    ("tax", re.compile(
        r"\b(vat|gst|hst|pst|sales tax|iva|tva|mwst|ust|mehrwertsteuer|umsatzsteuer|btw|moms|icms|impuesto"
        r"|alv|afa|kdv|dph|pdv|ddv)\b")),
)  # fmt: skip
_FREIGHT = re.compile(
    r"\b(\w*freight|line ?haul|haulage|transport(ation)?( charges?)?|carriage|cartage|\w*fracht|fretes?|fletes?|portes?"
    r"|trasporto|nolo|vracht|vervoer|fret|frakt|fragt|doprava|prepravne|(base|basic|weight) (charge|rate)"
    r"|grundpreis|befoerderung|przewoz|rahti|fuvardij|szallitasi dij|navlun|nakliye|prijevoz|prevoz)\b"
)
_SURCHARGE = re.compile(r"\b(surcharge|fee|levy|zuschlag|gebuehr|handling|delivery|pickup|supplement|recargo|taxa)\b")


@lru_cache(maxsize=8192)
def charge_kind(description: str, code: str = "", *, lowers: bool = False, alone: bool = False) -> ChargeKind | None:
    """The kind of a charge; None where neither its words nor its code tell. ``lowers``: its amount is negative, so
    that it is a discount, or a credit where it stands ``alone`` without freight."""
    text = folded(description)
    for kind, pattern in _WORDS:
        if pattern.search(text):
            if kind in ("discount", "credit") and not lowers:
                continue  # "Credit card fee" raises the bill
            return kind
    by_code = _CODES.get(folded(code)) or _CODES.get(text)
    if by_code is not None and not (lowers and by_code in ("freight", "fuel")):
        return by_code
    if lowers:
        return "credit" if alone else "discount"
    if _FREIGHT.search(text) and not _SURCHARGE.search(text):
        return "freight"
    return None
