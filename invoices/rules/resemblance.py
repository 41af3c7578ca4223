"""By what a vendor is known again although a name or number differs: how its name looks, its domain, address and series
of invoice numbers. Pure.

Who swaps an account takes the identity of somebody known with as little changed as possible: another letter that looks
alike, a suffix, capitals, another tax id. Looks are compared, as in Unicode Technical Standard 39, section 4.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import DamerauLevenshtein

from common.text import fold
from invoices.records import InvoiceData

TraitKind = Literal["name", "head", "tail", "domain", "address", "series"]
By = Literal["name", "domain", "address", "series"]
MAX_TRAIT = 120  # characters
# Below it, one letter is too much of a name.
SHORTEST_NAME = 6
SHORTEST_ADDRESS = 15

# Letters of other alphabets, and figures, that look like small Latin letters; from the Unicode Consortium's
# confusables table, as far as capital and small letters of Cyrillic and Greek go.
_TWINS = str.maketrans(
    "абвгдеѕзикмнопрстухѵьіјӏһԁԛԝωαβγεηικνορτυχ013568!|$",
    "abbrdeszukmhonpctyxvbijlhdqwwabyenikvoptux" + "olesbb" + "lls",
)
_GREEK_CAPITALS = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX")
_ALIKE = ((re.compile("rn"), "m"), (re.compile("vv"), "w"), (re.compile("[ij]"), "l"))
_LEGAL = re.compile(
    r"\b(gmbh|mbh|co|kg|kgaa|ag|ug|ohg|gbr|ev|ek|ltd|limited|llc|llp|inc|incorporated|corp|corporation|plc|company|sa|sas"
    r"|sarl|srl|spa|sl|slu|bv|nv|oy|oyj|ab|as|aps|kft|sro|doo|pty|pvt|pte)\b"
)
_ADDED = re.compile(
    r"\b(group|gruppe|groupe|holdings?|international|intl|global|services?|payments?|billing|accounts?|accounting|invoicing"
    r"|europe|eu|uk|usa?|deutschland|germany|france|official|online|the|und|and|et|e|y)\b"
)
_MAIL_FOR_ALL = frozenset(
    [
        "gmail",
        "googlemail",
        "outlook",
        "hotmail",
        "live",
        "msn",
        "yahoo",
        "ymail",
        "gmx",
        "web",
        "icloud",
        "me",
        "aol",
        "proton",
        "protonmail",
        "t-online",
        "freenet",
        "mail",
        "orange",
        "wanadoo",
        "free",
        "laposte",
        "libero",
        "virgilio",
        "qq",
        "163",
        "126",
        "naver",
        "yandex",
        "zoho",
        "posteo",
        "mailbox",
        "btinternet",
    ]
)
_PREFIX = re.compile(r"^([A-Za-z][A-Za-z\-/ ]{1,})[\s\-/.#]*\d")
_USUAL_PREFIXES = frozenset(
    [
        "inv",
        "invoice",
        "no",
        "nr",
        "num",
        "re",
        "rg",
        "rn",
        "rnr",
        "rech",
        "rechnung",
        "fac",
        "fact",
        "facture",
        "fa",
        "fv",
        "fatt",
        "fattura",
        "ft",
        "bill",
        "doc",
        "cn",
        "gs",
        "cr",
        "credit",
        "sinv",
        "si",
        "vf",
        "vk",
        "ar",
        "in",
        "sr",
    ]
)


@dataclass(frozen=True, slots=True)
class Resemblance:
    """A known vendor that an invoice's vendor resembles, by ``by``, and what is known of it otherwise."""

    by: By
    other_tax_id: bool
    other_account: bool


def look_of(name: str) -> str:
    """A name as the eye takes it: one case, twins of other alphabets made Latin, without blanks, marks, legal form and
    words that are added to any name."""
    plain = " ".join(re.sub(r"[^\w&]+|_", " ", _folded(name)).replace("&", " ").split())
    # "s. r. l." has become single letters
    plain = re.sub(r"\b(?:\w ){1,3}\w\b", lambda run: run[0].replace(" ", ""), plain)
    without = " ".join(_LEGAL.sub(" ", plain).split()) or plain
    bare = " ".join(_ADDED.sub(" ", without).split()) or without
    return _alike(bare)[:MAX_TRAIT]


def _folded(text: str) -> str:
    return fold(text.translate(_GREEK_CAPITALS))


def _alike(text: str) -> str:
    text = re.sub(r"[^\w]|_", "", text.translate(_TWINS))
    for pattern, look in _ALIKE:
        text = pattern.sub(look, text)
    return text


def resemble(look: str, other: str) -> bool:
    """Whether two looks are the same, or one letter was changed, added, dropped or swapped with its neighbour."""
    if look == other:
        return bool(look)
    return min(len(look), len(other)) >= SHORTEST_NAME and DamerauLevenshtein.distance(look, other, score_cutoff=1) <= 1


def traits_of(invoice: InvoiceData) -> set[tuple[TraitKind, str]]:
    """What is kept of an accepted invoice's vendor. Halves of the name are kept with its length: a change of one letter
    leaves one of them as it is."""
    traits: set[tuple[TraitKind, str]] = set()
    look = look_of(invoice.vendor_name or "")
    if look:
        traits.add(("name", look))
    if len(look) >= SHORTEST_NAME:
        half = len(look) // 2
        traits |= {("head", f"{len(look)}:{look[:half]}"), ("tail", f"{len(look)}:{look[half:]}")}
    return traits | _other_traits(invoice)


def traits_to_look_for(invoice: InvoiceData) -> set[tuple[TraitKind, str]]:
    """Under which traits vendors are kept that this invoice's vendor may resemble."""
    traits: set[tuple[TraitKind, str]] = set()
    look = look_of(invoice.vendor_name or "")
    if look:
        traits.add(("name", look))
    for length in (len(look) - 1, len(look), len(look) + 1):
        if min(length, len(look)) >= SHORTEST_NAME:
            half = length // 2
            traits |= {("head", f"{length}:{look[:half]}"), ("tail", f"{length}:{look[-(length - half) :]}")}
    return traits | _other_traits(invoice)


def own_domain(host: str) -> str:
    """The domain of a mail address or page, as it is compared; "" for one where anybody may have an address."""
    domain = host.rpartition("@")[2].strip().strip(".").casefold().removeprefix("www.")
    if "." not in domain or domain.split(".")[0] in _MAIL_FOR_ALL:
        return ""
    return _alike(_folded(domain))[:MAX_TRAIT]


def _other_traits(invoice: InvoiceData) -> set[tuple[TraitKind, str]]:
    traits: set[tuple[TraitKind, str]] = set()
    domain = own_domain((invoice.vendor_email or "").rpartition("@")[2])
    if domain:
        traits.add(("domain", domain))
    address = _alike(_folded(invoice.vendor_address or ""))
    if len(address) >= SHORTEST_ADDRESS:
        traits.add(("address", address[:MAX_TRAIT]))
    prefix = _PREFIX.match(invoice.invoice_number or "")
    if prefix:
        letters = re.sub(r"[^a-z]", "", prefix[1].casefold())
        if len(letters) >= 3 and letters not in _USUAL_PREFIXES:
            # with the shape of what follows: HT-2024-118 and HT-2024-119 are one series, HT9 is another
            shape = re.sub(r"\d+", "9", (invoice.invoice_number or "")[len(prefix[1]) :])
            traits.add(("series", f"{letters}{shape}"[:MAX_TRAIT]))
    return traits
