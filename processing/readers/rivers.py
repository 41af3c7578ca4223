"""Rivers: strips of white that run down a block of lines and part its columns. Pure."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from itertools import pairwise

from processing.content.records import Word
from processing.readers.lines import CELL_GAP, Cells, Line, Span, is_number, split_cells

Filled = tuple[float, float, bool]  # left, right, whether it is a number

# In parts of the font size: on a river that many lines confirm, less white parts two cells than elsewhere, and beside
# a number still less.
RIVER_GAP = 0.4
NUMBER_GAP = 0.2
RIVER_WIDTH = 0.3
WIDE_GAP = 0.7
BULLETS = frozenset("\u2022\u25aa\u25cf\u25e6\u2023\uf0b7\u25a0")
CURRENCY_SIGNS = frozenset(["$", "€", "£", "¥", "US$", "USD", "EUR", "GBP", "CHF", "zł", "kr", "R$", "Kč", "Ft", "₹"])


def measure_rivers(lines: list[Line], between: list[Line]) -> list[Span]:
    """The rivers of a block. Lines with numbers decide, if there are any: a header is often wider than its column."""
    size = sorted(line.size for line in lines)[len(lines) // 2]
    most = max((len(line.spans) for line in lines if line.numbers), default=0)
    deciding = [line for line in lines if line.numbers]
    if len(deciding) < 2 and len(deciding) < 0.5 * len(lines):
        deciding = lines
    full = [_filled(_fine_cells(line.words)) for line in deciding if len(line.spans) * 2 >= most]
    rivers = _supported(_white_strips(full, size), full, size)
    # A line of totals has few cells, and its label may lie across columns; a number alone in its line may be part of
    # the line above (cells of one row that are aligned differently). They may show a further column, not undo one.
    sparse = [line for line in deciding if len(line.spans) * 2 < most] + [line for line in between if line.numbers]
    extra = [[(*span, True) for span in line.numbers if not _crosses(span, rivers)] for line in sparse]
    if any(extra):
        full.extend(spans for spans in extra if spans)
        rivers = _supported(_white_strips(full, size), full, size)
    return _without_sign_columns(rivers, lines)


def _fine_cells(words: Sequence[Word]) -> Cells:
    """Cells by a narrow gap; a number that leads the line stands apart by less (a quantity set against its text)."""
    cells = split_cells(words, RIVER_GAP)
    first = cells[0]
    leads = len(first) > 1 and is_number(first[:1]) and not is_number(first[1:2])
    if leads and first[1].box[0] - first[0].box[2] >= NUMBER_GAP * (first[0].size or 10.0):
        cells[:1] = [first[:1], first[1:]]
    return cells


def _filled(cells: Cells) -> list[Filled]:
    return [(cell[0].box[0], max(w.box[2] for w in cell), is_number(cell)) for cell in cells]


def _crosses(span: Span, rivers: list[Span]) -> bool:
    return any(min(span[1], right) - max(span[0], left) > 0.5 * (right - left) for left, right in rivers)


def _white_strips(lines: list[list[Filled]], size: float) -> list[Span]:
    """Strips that hardly a line has text in; the margins are none."""
    tolerance = len(lines) // 8
    events = sorted(event for spans in lines for left, right, _ in spans for event in ((left, 1), (right, -1)))
    strips: list[Span] = []
    depth = 0
    open_at: float | None = None
    for x, step in events:
        depth += step
        if depth <= tolerance and open_at is None:
            open_at = x
        elif depth > tolerance and open_at is not None:
            if x - open_at >= RIVER_WIDTH * size:
                strips.append((open_at, x))
            open_at = None
    return strips


def _supported(rivers: list[Span], lines: list[list[Filled]], size: float) -> list[Span]:
    """Rivers that part cells: on lines with text in both columns beside it, the white is mostly wider than a word
    space, or it stands at the same place on many lines, or it parts numbers."""
    kept = list(rivers)
    while kept:
        weakest: tuple[float, int] | None = None
        cuts = [(left + right) / 2 for left, right in kept]
        wide, numbers = [0] * len(kept), [0] * len(kept)
        narrow: list[list[tuple[float, float, float]]] = [[] for _ in kept]
        for spans in lines:
            for before, after in pairwise(spans):
                # The rivers between two spans; only where it is a single one are both its columns filled.
                first, last = bisect(cuts, before[1] - 0.01), bisect(cuts, after[0] + 0.01)
                if last - first == 1:
                    if after[0] - before[1] >= CELL_GAP * size:
                        wide[first] += 1
                    else:
                        narrow[first].append((before[0], before[1], after[0]))
                        numbers[first] += before[2] and after[2]
        for index in range(len(kept)):
            count = len(narrow[index])
            weak = count > wide[index] and not (count >= 4 and wide[index] * 4 >= count)
            weak = weak and not 2 <= numbers[index] == count and not _aligned(narrow[index], size)
            if weak and (weakest is None or count - wide[index] > weakest[0]):
                weakest = (count - wide[index], index)
        if weakest is None:
            break
        kept.pop(weakest[1])
    return kept


def _aligned(edges: list[tuple[float, float, float]], size: float) -> bool:
    """Whether what stands left of a gap is set to the right and what stands right of it to the left. Words of equal
    length do so by chance: then the gap must be wider than any word space."""
    starts, ends, nexts = zip(*edges, strict=True)
    straight = max(ends) - min(ends) <= 0.1 * size and max(nexts) - min(nexts) <= 0.1 * size
    if len(edges) < 2 or not straight:
        return False
    if max(starts) - min(starts) > 0.3 * size:
        return True
    return len(edges) >= 3 and min(after - before for _, before, after in edges) >= WIDE_GAP * size


def _without_sign_columns(rivers: list[Span], lines: list[Line]) -> list[Span]:
    """A column of nothing but currency signs or bullets belongs to what is on its right, percent signs to the left."""
    cuts = [(left + right) / 2 for left, right in rivers]
    beside_numbers: list[set[str]] = [set() for _ in range(len(cuts) + 1)]
    anywhere: list[set[str]] = [set() for _ in range(len(cuts) + 1)]
    for line in lines:
        for word in line.words:
            column = bisect(cuts, (word.box[0] + word.box[2]) / 2)
            anywhere[column].add(word.text)
            if line.numbers:
                beside_numbers[column].add(word.text)
    drop: set[int] = set()
    for index, (found, every) in enumerate(zip(beside_numbers, anywhere, strict=True)):
        if index < len(cuts) and ((found and found <= CURRENCY_SIGNS) or (every and every <= BULLETS)):
            drop.add(index)
        elif found and index and found <= {"%"}:
            drop.add(index - 1)
    return [river for index, river in enumerate(rivers) if index not in drop]
