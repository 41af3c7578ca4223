"""Columns of an item table as they stand on the page, and which of them the header names. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from processing.content.records import Cell, Row
from processing.extractors.items.headers import column_meaning, find_phrases, fold
from processing.readers.geometry import cell_box

Span = tuple[float, float]


def span_of(cell: Cell) -> Span | None:
    """Left and right edge; None where the format has no geometry."""
    box = cell_box(cell)
    return (box[0], box[2]) if box else None


def is_numeric(cell: Cell) -> bool:
    """More digits than letters: a number, perhaps with its currency or unit."""
    return _mostly_digits(cell.text)


@lru_cache(maxsize=4096)
def _mostly_digits(text: str) -> bool:
    digits = sum(c.isdigit() for c in text)
    return digits > 0 and digits >= sum(c.isalpha() for c in text)


@dataclass(slots=True)
class ColumnMap:
    """Where the columns of a table stand. ``home`` is the ``Row.table`` whose column numbers are those of the map;
    cells of other rows are put by their place."""

    home: int | None
    spans: dict[int, Span]

    @classmethod
    def of(cls, rows: Sequence[Row]) -> ColumnMap:
        """From the rows of items: the block that most rows with several numbers belong to."""
        weights: Counter[int | None] = Counter()
        for row in rows:
            numbers = sum(is_numeric(cell) for cell in row.cells)
            if numbers and len(row.cells) > 1:
                weights[row.table] += numbers
        home = weights.most_common(1)[0][0] if weights else (rows[0].table if rows else None)
        members = [row for row in rows if row.table == home]
        most = max((len(row.cells) for row in members), default=0)
        full: defaultdict[int, list[Span]] = defaultdict(list)
        sparse: defaultdict[int, list[Span]] = defaultdict(list)
        for row in members:
            if not any(is_numeric(cell) for cell in row.cells):
                continue
            edges = full if len(row.cells) * 2 >= most else sparse
            for cell in row.cells:
                span = span_of(cell)
                # In a sparse row only the numbers tell where their columns are; its text may lie across.
                if span and (edges is full or is_numeric(cell)):
                    edges[cell.column].append(span)
        merged = {**sparse, **full}
        spans = {column: (min(s[0] for s in found), max(s[1] for s in found)) for column, found in merged.items()}
        return cls(home, dict(sorted(spans.items())))

    def column_of(self, cell: Cell, row: Row) -> int:
        """The column number of a cell of any row."""
        if row.table == self.home or not self.spans:
            return cell.column
        span = span_of(cell)
        return self.nearest(span) if span else cell.column

    def nearest(self, span: Span) -> int:
        """The column that a span overlaps most, else the one next to it."""
        return self.nearest_with_overlap(span)[0]

    def nearest_with_overlap(self, span: Span) -> tuple[int, float]:
        """The same, with the width of the overlap, negative for a distance."""
        left, right = span
        overlaps = {c: min(right, end) - max(left, start) for c, (start, end) in self.spans.items()}
        best = max(overlaps, key=lambda c: overlaps[c])
        return best, overlaps[best]

    def room(self, column: int, others: Iterable[int]) -> Span | None:
        """The column with the white to its right, up to the next one of ``others``: where its text may stand."""
        if column not in self.spans:
            return None
        left, right = self.spans[column]
        following = [self.spans[c][0] for c in others if c in self.spans and self.spans[c][0] > left]
        return left, (min(following) if following else right)


@dataclass(slots=True)
class Header:
    """The meaning of each column by the words above it; ``stacked`` are columns whose header names a code and, below
    it, a description, as their cells then do."""

    rows: list[Row]
    meanings: dict[int, tuple[str, float]]
    stacked: set[int]
    packed: dict[int, list[str]]  # names that stand side by side over one column


def header_hits(row: Row) -> set[str]:
    """The meanings that the cells of a row name, where the row can be (a part of) a header."""
    if len(row.cells) > 25 or sum(is_numeric(cell) for cell in row.cells):
        return set()
    hits: set[str] = set()
    for cell in row.cells:
        if len(cell.text) > 60:
            return set()
        meaning = column_meaning(cell.text)
        if meaning:
            hits.add(meaning[0])
        if meaning is None or (meaning[1] < 1 and len(cell.words) != 2):
            # Several names that have run into one cell.
            tokens = fold(cell.text).split()
            phrases = find_phrases(tokens)
            if sum(p.end - p.start for p in phrases) * 2 >= len(tokens):
                hits.update(p.meaning for p in phrases)
    return hits


def read_header(rows: Iterable[Row], columns: ColumnMap) -> Header:
    """The names over each column, from header rows of one or several lines."""
    texts: defaultdict[int, list[str]] = defaultdict(list)
    kept = list(rows)
    for row in kept:
        of_row: defaultdict[int, list[tuple[float, str]]] = defaultdict(list)
        for cell in row.cells:
            for text, column, overlap in _parts(cell, row, columns):
                of_row[column].append((overlap, text))
        for column, placed in of_row.items():
            # A name that only came here because its own column is empty gives way to one that stands above.
            most = max(overlap for overlap, _ in placed)
            texts[column].extend(text for overlap, text in placed if overlap == most or overlap > 0)
    meanings: dict[int, tuple[str, float]] = {}
    stacked: set[int] = set()
    for column, parts in texts.items():
        whole = column_meaning(" ".join(parts))
        single = [found for part in parts if (found := column_meaning(part))]
        names = [found[0] for found in single] + [p.meaning for part in parts for p in find_phrases(fold(part).split())]
        if "description" in names and "item_code" in names:
            stacked.add(column)
            meanings[column] = ("description", 0.9)
            continue
        if "line_number" in names and "description" not in names and column == min(texts):
            meanings[column] = ("line_number", 0.8)
            continue
        best = max([*([whole] if whole else []), *single], key=lambda m: m[1], default=None)
        if whole and whole[1] >= 0.7:
            best = whole
        if best:
            meanings[column] = best
    packed: dict[int, list[str]] = {}
    for column, parts in texts.items():
        for part in parts:
            tokens = fold(part).split()
            phrases = find_phrases(tokens)
            names = [p.meaning for p in phrases]
            if len(set(names)) > 1 and "description" in names and sum(p.end - p.start for p in phrases) == len(tokens):
                packed[column] = names
    return Header(kept, meanings, stacked, packed)


def _parts(cell: Cell, row: Row, columns: ColumnMap) -> list[tuple[str, int, float]]:
    """The names in a header cell, each with its column and how far it stands above it (negative: beside it). Names that
    stand close may have run into one cell."""
    span = span_of(cell)
    if span is None or not columns.spans:
        return [(cell.text, columns.column_of(cell, row), 1.0)]
    if len(cell.words) > 1:
        tokens: list[str] = []
        owners: list[int] = []
        for index, word in enumerate(cell.words):
            for token in fold(word.text).split():
                tokens.append(token)
                owners.append(index)
        phrases = find_phrases(tokens)
        if len({p.meaning for p in phrases}) > 1:
            parts: list[tuple[str, int, float]] = []
            for start, end in pairwise([0, *(p.start for p in phrases[1:]), len(tokens)]):
                words = [cell.words[k] for k in dict.fromkeys(owners[start:end])]
                place = (words[0].box[0], max(w.box[2] for w in words))
                column, overlap = columns.nearest_with_overlap(place)
                text = " ".join(w.text for w in words)
                if parts and parts[-1][1] == column:
                    parts[-1] = (f"{parts[-1][0]} {text}", column, max(parts[-1][2], overlap))
                else:
                    parts.append((text, column, overlap))
            return parts
    return [(cell.text, *columns.nearest_with_overlap(span))]
