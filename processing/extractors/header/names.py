"""What a line of an address block is: a company's name, a street, a town, contact data, or nothing of these."""

from __future__ import annotations

import re
from functools import lru_cache

from common.text import fold
from invoices import values
from processing.extractors.header.grid import Piece
from processing.extractors.words.labels import title_at
from processing.extractors.words.languages import either, languages

# Legal forms; the short ones that are also words need their capitals and the end of the name.
# Chinese and Japanese forms stand within the name, without a blank.
_HAN = "\u3040-\u30ff\u3400-\u9fff"
_SUFFIX = re.compile(
    rf"(?<![^\W{_HAN}])(?:{either('legal_forms')}(?![^\W{_HAN}])\.?"
    rf"|{either('last_forms')}(?![^\W{_HAN}])\.?(?=\s*(?:$|[,(&|–·-])))"
)
_SUFFIX_ANY_CASE = re.compile(
    rf"(?<!\w){either('any_case_forms')}\s*\.?(?:\s*\d{{0,4}}|\s*\(.*)$",
    re.I,
)
_REGISTRATION = re.compile(r"\s*\(?\b(?:Co\.?\s*(?:Reg\.?)?\s*No\.?:?\s*)?\d{4,}\s?-\s?[A-Z]\b\)?[\s,]*$")
_DIVISION = re.compile(r"\(?\s*(?:an? )?(?:division|trading name|business unit) of\s+(?=\w)", re.I)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(
    r"(?:https?://|www\.)[^\s,;|]+|\b[a-z0-9-]{3,}\.(?:com|de|net|org|eu|fr|es|it|nl|be|at|ch|pl|pt|co\.uk|io|biz|info|com\.my|sg)\b",
    re.I,
)
_PHONE = re.compile(r"\+?\(?\d[\d\s()/.\-]{6,}\d")
_STREET = re.compile(
    rf"{either('street_ends')}\.?\s*\d|(?<!\w){either('streets')}(?!\w)\.?",
    re.I,
)
_TOWN = re.compile(
    r"\b(?:[A-Z]{1,2}[- ])?\d{4,6}\s+[A-ZÄÖÜÉÈ][\w'.-]{2,}|\b\d{4}\s?[A-Z]{2}\s+[A-Z]|\b[A-Z]{2},?\s+\d{5}(?:-\d{4})?\b"
    r"|\b\d{3} \d{2}\s+[A-ZÅÄÖÆØŠČŘŽ]\w{2,}"
    r"|\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b"
    r"|^[A-Z][\w .',-]+\s\d{6}$|(?:^|[a-z,] )[AC-FHKNPRTV-Y]\d[\dW] [\dAC-FHKNPRTV-Y]{4}\b"
    r"|〒\s?\d{3}-\d{4}|\b\d{2}-\d{3}\s+\w+"
    r"|\b\d{4}-\d{3}\s+\w+|\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b|^[A-Z][\w .'-]+,?\s+\d{4,6}\b"
)
_SALUTATION = re.compile(rf"^{either('addressed')}\.?:?$", re.I)
# Only a recipient is addressed like this: "z. Hd. Frau …", "T.a.v.", "… 御中".
_ADDRESSED_AFTER = re.compile(r"\s*(?:御中|様|殿)\s*$")
_ATTENTION = re.compile(rf"^\W*{either('attention')}|{_ADDRESSED_AFTER.pattern}", re.I)
_EARLY = re.compile(rf"{either('early')}", re.I)
_DEBIT = re.compile(rf"{either('debit')}", re.I)
# Registers of companies, as footers and letterheads name them.
_REGISTER = re.compile(
    r"\b(?:HR[AB]\s?\d|FN\s?\d{5}|RCS\b|SIRET\b|KvK\b|KVK\b|CVR\b|REA\b|Org\.?\s?nr|Y-tunnus|KRS\b|REGON\b|MBS\b"
    r"|ABN\b|Reg(?:istered)?\.? (?:No|in)\b|Company (?:No|Reg)|Companies House|Reg\. ?Com|J\d+/\d+/\d+|MERSİS"
    r"|EIN\b|CNPJ\b|NIF\b|Registro Mercantil|Reg\. Merc|Handelsregister|Amtsgericht|zapsaná|zapísaná|Cégjegyzék)",
)
_MEASURE = re.compile(r"\d[\d.,' ]*\s[^\W\d]{1,4}[²³]?")  # "9.218 kWh"
_CODE = re.compile(r"[A-Z0-9]+(?:[/.\-][A-Z0-9]+)*")  # "HJ/0332"
# Figures, also with the sign of a number before them ("Nr. 12").
_NUMBERISH = re.compile(r"^(?:(?:nr|no|n[°ºo]|num|núm|čís|č|br)\b\.?)?[\W\d]*$", re.I)
_BOILERPLATE = frozenset(fold(word) for language in languages() for word in language.headings.split())


def has_suffix(text: str) -> bool:
    """Whether a text carries the legal form of a company."""
    return bool(_SUFFIX.search(text) or _SUFFIX_ANY_CASE.search(text))


def suffix_end(text: str) -> int | None:
    """Where the legal form ends: what follows it in the same line is not the name."""
    ends = [m.end() for m in _SUFFIX.finditer(text)]
    return max(ends) if ends else None


def is_only_suffix(text: str) -> bool:
    return sum(c.isalpha() for c in _SUFFIX.sub("", text)) < 2


def without_registration(text: str) -> str:
    """A name without the registration number that follows it: "ABC Sdn Bhd (123456-X)"."""
    return _REGISTRATION.sub("", text) or text


def division_end(text: str) -> int:
    """Where the name begins behind "a division of"; 0 in other texts."""
    match = _DIVISION.match(text)
    return match.end() if match else 0


def emails(text: str) -> list[tuple[str, int, int]]:
    return [(m[0].rstrip("."), m.start(), m.start() + len(m[0].rstrip("."))) for m in _EMAIL.finditer(text)]


def urls(text: str) -> list[str]:
    return [m[0] for m in _URL.finditer(_EMAIL.sub(" ", text))]


def phone(text: str) -> tuple[str, int, int] | None:
    for match in _PHONE.finditer(text):
        if 7 <= sum(c.isdigit() for c in match[0]) <= 15 and not values.find_dates(match[0]):
            return match[0].strip(), match.start(), match.end()
    return None


def is_town(text: str) -> bool:
    return bool(_TOWN.search(text))


def is_one_line_address(text: str) -> bool:
    """Street and town in one line, as in a letterhead's or a sender's line."""
    parts = [p for p in re.split(r"[·•●|,–]|\s-\s|\s{2,}", text) if p.strip()]
    if len(parts) < 2 or not is_town(text):
        return False
    return any(is_address(p) and not is_town(p) for p in map(str.strip, parts)) or (
        len(parts) > 2 and has_suffix(parts[0])
    )


def is_sender_line(text: str) -> bool:
    """A whole address in one line with the name before it, as it stands above a recipient's address."""
    if not is_one_line_address(text):
        return False
    first = re.split(r"[·•●|,–]|\s-\s|\s{2,}", text)[0].strip()
    return has_suffix(first) or not is_address(first)


def name_end(text: str) -> int | None:
    """Where the name ends in a sender's line: before the first part that is a street or a town; None in other texts."""
    if not is_one_line_address(text):
        return None
    for match in re.finditer(r"\s*(?:[·•●|,]|\s[–-]\s|\s{2,})\s*", text):
        following = re.split(r"[·•●|,]|\s[–-]\s|\s{2,}", text[match.end() :], maxsplit=1)[0].strip()
        if match.start() > 2 and is_address(following):
            return match.start()
    return None


@lru_cache(maxsize=2048)
def is_address(text: str) -> bool:
    """Whether a line reads like a part of an address: a street with a number, a town with its code, a country."""
    if _TOWN.search(text):
        return True
    if any(c.isdigit() for c in text) and (_STREET.search(text) or re.match(r"^\d{1,5}[A-Za-z]?[,\s]+[A-Za-z]", text)):
        return True
    if re.match(r"^[^\W\d][\w'’.\- ]{2,30}(?<!No\.)(?<!Nr\.)\s\d{1,4}\s?[a-zA-Z]?$", text):
        return True  # "Pappelallee 15", and not "School District No. 7"
    return is_country(text)


@lru_cache(maxsize=2048)
def is_country(text: str) -> bool:
    return len(text) > 3 and len(text) < 40 and values.parse_country(text.split("/")[0]) is not None


def is_contact(text: str) -> bool:
    return bool(_EMAIL.search(text) or (_URL.search(text) and not has_suffix(text)))


@lru_cache(maxsize=2048)
def is_name(text: str, *, strict: bool = True) -> bool:
    """Whether a text can be the name of a company or person; ``strict`` also refuses what reads like an address."""
    text = text.strip(" ,;:|•●-")
    letters = sum(c.isalpha() for c in text)
    if (
        text.startswith(("(", "*", "#"))
        or letters < 2
        or len(text) > 90
        or _NUMBERISH.match(text)
        or is_contact(text)
        or _SALUTATION.match(text)
    ):
        return False
    digits = sum(c.isdigit() for c in text)
    if _MEASURE.fullmatch(text):
        return False
    if digits > max(4, letters // 2) or values.find_dates(text) or (digits >= letters and _CODE.fullmatch(text)):
        return False
    words = re.findall(r"[^\W\d_]+", text)
    long = sum(len(word) > 1 for word in words)  # the letters of "E.M." are no words of a sentence
    if len(words) > 10 or (long > 5 and text.endswith(".") and not has_suffix(text)):
        return False
    if any(fold(w) in _BOILERPLATE for w in words[:2]) and not has_suffix(text):
        return False
    if has_suffix(text):
        return True
    return not (strict and is_address(text))


def is_salutation(text: str) -> bool:
    return bool(_SALUTATION.match(text.strip()))


def is_attention(text: str) -> bool:
    """Whether a line names the person or department that a letter is for: only a recipient's address has one."""
    return bool(_ATTENTION.search(text.strip()))


def without_address_word(text: str) -> str:
    """A recipient's name without the word that follows it in Japanese ("… 御中")."""
    return _ADDRESSED_AFTER.sub("", text)


def speaks_of_discount(text: str) -> bool:
    """Whether a sentence speaks of a discount for early payment or of a late fee."""
    return bool(_EARLY.search(text))


def speaks_of_debit(text: str) -> bool:
    """Whether a sentence speaks of the payer's account (direct debit, refund): its IBAN is not the seller's."""
    return bool(_DEBIT.search(text))


def speaks_of_register(text: str) -> bool:
    """Whether a line names the register that a company stands in, with its number there."""
    return bool(_REGISTER.search(text))


def is_title(piece: Piece) -> bool:
    return bool(piece.tokens) and any(title_at(piece.tokens, 0, kind) for kind in ("invoice", "credit"))


def same_words(name: str, other: str) -> bool:
    """Whether an e-mail or web address speaks of a name: enough of the name's words stand in it."""
    core = re.sub(r"^(?:https?://)?(?:www\.)?", "", fold(other))
    local, _, domain = core.rpartition("@")
    domain = domain.split("/")[0].rsplit(".", 1)[0]
    free = re.match(
        r"(?:gmail|yahoo|hotmail|outlook|gmx|web|icloud|aol|live|t-online|orange|free|libero|mail)\b",
        domain,
    )
    core = re.sub(r"[^a-z0-9]", "", local if free and local else domain)
    words = [fold(w) for w in re.findall(r"[^\W_]+", name)]
    long_words = [w for w in words if len(w) >= 4]
    joined = "".join(words)
    if len(core) < 3:
        return False
    return any(w in core for w in long_words) or (len(core) >= 4 and core in joined)
