"""Finding labels in text: a trie of folded words over the vocabulary, tolerant of punctuation and OCR noise."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from common.text import fold
from processing.extractors.words.languages import languages

# Chinese and Japanese set no spaces: their characters are words apart from the digits and letters beside them.
_HAN = "\u3005\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f"
_TOKEN = re.compile(rf"[{_HAN}]+|[^\W{_HAN}]+|#|№")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_CODE_GOES_ON = re.compile(r"[-/_]\d")
_OF_CODES = frozenset({"invoice_number", "purchase_order"})  # "PO-4471" is the order 4471
# One wrong character is only forgiven in words long enough that no other word is one character away.
_FUZZY_LENGTH = 5


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word and where it stands: ``text[start:end]``."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Label:
    """What a label names, and how surely (3 exactly, 2 usually, 1 perhaps)."""

    name: str
    strength: int
    language: str = ""  # where only one language says it like this


@dataclass(frozen=True, slots=True)
class Hit:
    """A label in a text: ``text[start:end]``; ``first`` where no other word stands before it."""

    label: Label
    start: int
    end: int
    first: bool
    words: int

    @property
    def name(self) -> str:
        return self.label.name


class _Node:
    __slots__ = ("children", "label")

    def __init__(self) -> None:
        self.children: dict[str, _Node] = {}
        self.label: Label | None = None


def tokens_of(text: str) -> list[Token]:
    """The words of a text, folded; letters set apart ("R E C H N U N G") are one word."""
    tokens = [Token(fold(m[0]), m.start(), m.end()) for m in _TOKEN.finditer(text) if m[0] not in "ºª"]
    if (
        len(tokens) >= 5
        and sum(len(t.word) == 1 for t in tokens) >= len(tokens) - 1
        and all(t.word.isalpha() for t in tokens)
    ):
        return [Token("".join(t.word for t in tokens), tokens[0].start, tokens[-1].end)]
    return tokens


def phrases(text: str) -> list[list[str]]:
    """The phrases of a "|"-separated vocabulary entry as folded words."""
    found = []
    for phrase in text.split("|"):
        words = [fold(m[0]) for m in _TOKEN.finditer(phrase)]
        if words:
            found.append(words)
    return found


@cache
def _trie() -> _Node:
    root = _Node()
    for language in languages():
        for name, by_strength in language.labels.items():
            for strength, text in by_strength.items():
                for words in phrases(text):
                    label = Label(name, strength, language.code)
                    _add(root, words, label)
                    if len(words) > 1 and len("".join(words)) >= 6:
                        _add(root, ["".join(words)], label)
    return root


def _add(root: _Node, words: list[str], label: Label) -> None:
    node = root
    for word in words:
        node = node.children.setdefault(word, _Node())
    known = node.label
    if known is not None and known.language != label.language:
        label = replace(label, language="")
        known = node.label = replace(known, language="")
    if known is None or label.strength > known.strength:
        node.label = label


@lru_cache(maxsize=4096)
def _near(word: str) -> str | None:
    """The first word of a label that is one character away, for OCR."""
    choice = process.extractOne(word, _long_first_words(), scorer=Levenshtein.distance, score_cutoff=1)
    return choice[0] if choice else None


@cache
def _long_first_words() -> list[str]:
    return [w for w in _trie().children if len(w) >= _FUZZY_LENGTH]


def _child(node: _Node, word: str, *, fuzzy: bool, at_root: bool) -> _Node | None:
    child = node.children.get(word)
    if child is None and len(word) > 3 and ("ae" in word or "oe" in word or "ue" in word):
        # Umlauts written as two letters: "Faelligkeit".
        child = node.children.get(word.replace("ae", "a").replace("oe", "o").replace("ue", "u"))
    if child is None and fuzzy and len(word) >= _FUZZY_LENGTH:
        if at_root:
            near = _near(word)
            child = node.children.get(near) if near else None
        else:
            child = next(
                (c for w, c in node.children.items() if len(w) >= _FUZZY_LENGTH and Levenshtein.distance(w, word) <= 1),
                None,
            )
    return child


def match_at(tokens: list[Token], at: int, *, fuzzy: bool = False) -> tuple[Label, int] | None:
    """The longest label that starts at a token, with the index behind its last token."""
    node, best = _trie(), None
    index = at
    while index < len(tokens):
        following = _child(node, tokens[index].word, fuzzy=fuzzy, at_root=index == at)
        if following is None:
            break
        node = following
        index += 1
        if node.label is not None:
            best = (node.label, index)
    return best


_WITHIN_NUMBER = re.compile(r"/\d")


def find_labels(text: str, *, fuzzy: bool = False, tokens: list[Token] | None = None) -> list[Hit]:
    """The labels in a text from left to right, each the longest at its place. Weak ones only count where they stand
    first, since "date" behind another word is some other date."""
    if tokens is None:
        tokens = tokens_of(text)
    hits: list[Hit] = []
    index = 0
    while index < len(tokens):
        matched = match_at(tokens, index, fuzzy=fuzzy)
        if matched is None:
            index += 1
            continue
        label, behind = matched
        if label.name not in _OF_CODES and _CODE_GOES_ON.match(text, tokens[behind - 1].end):
            index = behind  # "HP-4711", "REF/12": letters of a number
            continue
        first = index == 0 or _starts_anew(text, tokens, index)
        colon = text[tokens[behind - 1].end :].lstrip().startswith(":")
        if len(text[tokens[index].start : tokens[behind - 1].end]) <= 3 and label.strength == 1 and not colon:
            index = behind  # "to", "de": also words and codes
            continue
        if label.name == "vendor_phone" and _WITHIN_NUMBER.match(text, tokens[behind - 1].end):
            index = behind  # "HP/26/00918" is a number and no phone
            continue
        if label.strength >= 2 or index == 0 or colon or (first and index == 1 and tokens[0].word.isdigit()):
            hits.append(Hit(label, tokens[index].start, tokens[behind - 1].end, first, behind - index))
        index = behind
    return hits


def _starts_anew(text: str, tokens: list[Token], index: int) -> bool:
    """Whether nothing but a number, a bullet or a finished value stands before a token."""
    between = text[tokens[index - 1].end : tokens[index].start]
    return any(mark in between for mark in ":|;•●/(") or (index == 1 and tokens[0].word.isdigit())


_TITLE_WORDS = 5  # of the longest name of a document
# German, Dutch and Scandinavian compounds: Handelsrechnung, Verkoopfactuur, Samlefaktura.
_COMPOUNDS = {
    "invoice": ("rechnung", "factuur", "faktura"),
    "credit": ("gutschrift", "creditfactuur", "kreditfaktura", "korrekturrechnung", "stornorechnung"),
}


@cache
def _title_words(kind: str) -> frozenset[tuple[str, ...]]:
    texts = (language.titles.get(kind, "") for language in languages())
    return frozenset(tuple(words) for text in texts for words in phrases(text))


@cache
def _title_starts(kind: str) -> frozenset[str]:
    return frozenset(words[0] for words in _title_words(kind))


def title_at(tokens: list[Token], at: int, kind: str) -> int:
    """How many tokens from ``at`` name a document of a kind (a key of ``Language.titles``): 0 where none do."""
    words = _title_words(kind)
    compound = kind in _COMPOUNDS and at < len(tokens) and tokens[at].word.endswith(_COMPOUNDS[kind])
    if at >= len(tokens) or (not compound and tokens[at].word not in _title_starts(kind)):
        return 0
    for length in range(_TITLE_WORDS, 0, -1):
        if tuple(t.word for t in tokens[at : at + length]) in words and at + length <= len(tokens):
            return length
    return int(compound)
