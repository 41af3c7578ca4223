"""The texts by which a card's rates name places and zones, arranged so that those that may mean a place are found
without looking at the others. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from invoices.rate_records.places import Location, Pattern, outward_code, parse_place, place_key, postal_key
from invoices.rating.lanes import zone_key

_ALL_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class PlaceTexts:
    """The different texts of one column."""

    __slots__ = ("_codes", "_keys", "_patterns", "_prefixes", "everywhere", "size")

    def __init__(self, texts: Iterable[str]) -> None:
        self._keys: dict[str, set[str]] = defaultdict(set)
        self._codes: dict[str, set[str]] = defaultdict(set)
        self._prefixes: dict[str, set[str]] = defaultdict(set)
        self._patterns: list[tuple[Pattern, str]] = []
        self.everywhere: set[str] = set()  # the texts that mean any place
        self.size = 0
        for text in texts:
            self.size += 1
            self._add(text)

    def __bool__(self) -> bool:
        return self.size > 0

    def __contains__(self, key: str) -> bool:
        """Whether a text is compared as this key; the empty one means any place."""
        return key in self._keys

    def __len__(self) -> int:
        return self.size

    def any_named(self) -> bool:
        """Whether any text is not empty."""
        return any(self._keys)

    def written(self, keys: Iterable[str], place: Location | None = None) -> set[str]:
        """The texts that may mean a place, by its keys (names, codes, zones) and by its postcode; with those that mean
        any place."""
        found = set(self.everywhere)
        for key in keys:
            found |= self._keys.get(key, set())
        if place is None:
            return found
        found |= {text for pattern, text in self._patterns if text not in found and pattern.holds(place)}
        postal = postal_key(place.postal)
        if postal:
            outward = outward_code(place) or ""
            for code in {postal, outward, outward.rstrip(_ALL_LETTERS)} - {""}:
                found |= self._codes.get(code, set())
            if self._prefixes:
                for length in range(1, len(postal) + 1):
                    found |= self._prefixes.get(postal[:length], set())
        return found

    def _add(self, text: str) -> None:
        if text in ("", "*"):
            self.everywhere.add(text)
        self._keys[place_key(text)].add(text)
        self._keys[zone_key(text)].add(text)
        for pattern in parse_place(text):
            if pattern.kind == "name":
                for name in pattern.names:
                    self._keys[name].add(text)
            elif pattern.kind == "exact":
                self._codes[pattern.first].add(text)
            elif pattern.kind == "prefix":
                self._prefixes[pattern.first].add(text)
            elif pattern.kind not in ("any", "else"):
                self._patterns.append((pattern, text))
