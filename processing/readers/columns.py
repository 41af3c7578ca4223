"""Blocks of lines whose cells line up: which lines form a table, and which column each cell stands in. Pure.

A *river* is a strip of white that runs down a block of lines and parts its columns. Blocks grow line by line
while their rivers hold; then the rivers of the whole block are measured anew and its lines are cut along them.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from processing.content import Word

Cells = list[list[Word]]
Span = tuple[float, float]
Filled = tuple[float, float, bool]  # left, right, whether it is a number

# In parts of the font size. A word space is 0.2 to 0.35, stretched to about 0.7 in justified text.
CELL_GAP = 0.85
# Inside a block with rivers, less white parts two cells, when it lies on a river that many lines confirm.
RIVER_GAP = 0.4
NUMBER_GAP = 0.2
RIVER_WIDTH = 0.3
# Blank space between two lines of one block, in line heights.
MAX_LINE_GAP = 5.0
# Lines of running text between two lines of one table: a description of many lines.
MAX_SPANNING_LINES = 12
# A table goes on after the foot of a page and the letterhead of the next one.
MAX_LINES_TO_RESUME = 45
# Enough to know which columns hold numbers.
MAX_NUMBERS_KEPT = 60
CURRENCY_SIGNS = frozenset(["$", "€", "£", "¥", "US$", "USD", "EUR", "GBP", "CHF", "zł", "kr", "R$", "Kč", "Ft", "₹"])


@dataclass(frozen=True, slots=True)
class LaidOutLine:
    """A line as cells of words with their columns; ``table`` numbers the block (from 0), None outside of one."""

    cells: tuple[tuple[int, tuple[Word, ...]], ...]
    table: int | None = None


@dataclass(slots=True)
class _Line:
    words: Sequence[Word]
    cells: Cells
    spans: list[Span]
    top: float
    bottom: float
    size: float
    page: int
    numbers: list[Span]  # cells that hold a number
    wordy: int  # cells without any digit

    @property
    def is_header(self) -> bool:
        """Several names and no number."""
        return self.wordy >= 3 and not self.numbers


@dataclass(slots=True)
class _River:
    left: float
    right: float
    support: int = 1


@dataclass(slots=True)
class _Block:
    """``members`` are the lines that keep to the rivers; lines between them may lie across."""

    members: list[int]
    rivers: list[_River]
    numbers: list[Span]  # where numbers stand
    headers: set[str]  # texts of its lines without numbers
    headed: bool  # begins with a line of names


def lay_out(
    pages: Sequence[Sequence[Sequence[Word]] | Sequence[Cells]], *, split: bool = True
) -> list[list[LaidOutLine]]:
    """Lines of words (left to right), page by page, as cells with columns; a table may go on over pages. With ``split``
    False the lines come as lists of cells that are to be kept (a format that says itself where a cell ends)."""
    lines = [_prepare(line, page, split=split) for page, page_lines in enumerate(pages) for line in page_lines]
    laid_out: list[LaidOutLine | None] = [None] * len(lines)
    blocks = [block for block in _find_blocks(lines) if len(block.members) >= 2]
    owned = {index for block in blocks for index in block.members}
    number = 0
    for block in sorted(blocks, key=lambda b: b.members[0]):
        between = _between(lines, block, owned)
        singles = [lines[k] for k in (*between, *_numbers_below(lines, block, owned)) if len(lines[k].spans) == 1]
        rivers = _measure_rivers([lines[index] for index in block.members], singles)
        if not rivers:
            continue
        cuts = [(left + right) / 2 for left, right in rivers]
        members = set(block.members)
        for index in [*block.members, *between, *_around(lines, block, rivers, owned)]:
            if laid_out[index] is None:
                cells = _cut(lines[index], cuts, split=split and index in members)
                laid_out[index] = LaidOutLine(cells, number)
                owned.add(index)
        number += 1
    result: list[list[LaidOutLine]] = [[] for _ in pages]
    for done, line in zip(laid_out, lines, strict=True):
        result[line.page].append(
            done or LaidOutLine(tuple((column, tuple(cell)) for column, cell in enumerate(line.cells)))
        )
    return result


def split_cells(words: Sequence[Word], gap: float = CELL_GAP) -> Cells:
    """The words of one line as cells: a gap wider than a word space starts the next one."""
    groups: Cells = []
    right = size = 0.0
    for word in words:
        word_size = word.size or 10.0
        if groups and word.box[0] - right <= gap * min(size, word_size):
            groups[-1].append(word)
            right = max(right, word.box[2])
        else:
            groups.append([word])
            right = word.box[2]
        size = word_size
    return groups


def _prepare(line: Sequence[Word] | Cells, page: int, *, split: bool) -> _Line:
    if split:
        words: Sequence[Word] = line  # type: ignore[assignment]
        cells = split_cells(words)
    else:
        cells = line  # type: ignore[assignment]
        words = [word for cell in cells for word in cell]
    spans = _spans(cells)
    wordy = 0
    for cell in cells:
        wordy += not any(c.isdigit() for word in cell for c in word.text)
    sizes = sorted(w.size or 10.0 for w in words)
    return _Line(
        words,
        cells,
        spans,
        min(w.box[1] for w in words),
        max(w.box[3] for w in words),
        sizes[len(sizes) // 2],
        page,
        [span for cell, span in zip(cells, spans, strict=True) if _is_number(cell)],
        wordy,
    )


def _spans(cells: Cells) -> list[Span]:
    return [(cell[0].box[0], max(w.box[2] for w in cell)) for cell in cells]


def _fine_cells(words: Sequence[Word]) -> Cells:
    """Cells by a narrow gap; a number that leads the line stands apart by less (a quantity set against its text)."""
    cells = split_cells(words, RIVER_GAP)
    first = cells[0]
    leads = len(first) > 1 and _is_number(first[:1]) and not _is_number(first[1:2])
    if leads and first[1].box[0] - first[0].box[2] >= NUMBER_GAP * (first[0].size or 10.0):
        cells[:1] = [first[:1], first[1:]]
    return cells


def _filled(cells: Cells) -> list[Filled]:
    return [(cell[0].box[0], max(w.box[2] for w in cell), _is_number(cell)) for cell in cells]


def _is_number(cell: Sequence[Word]) -> bool:
    digits = sum(c.isdigit() for word in cell for c in word.text)
    return digits > 0 and digits >= sum(c.isalpha() for word in cell for c in word.text)


def _find_blocks(lines: list[_Line]) -> list[_Block]:
    blocks: list[_Block] = []
    current: _Block | None = None
    for index, line in enumerate(lines):
        if current is not None and index:
            before = lines[index - 1]
            if before.page != line.page or line.top - before.bottom > MAX_LINE_GAP * line.size:
                current = None
        if len(line.spans) < 2:
            continue
        text = " ".join(word.text for word in line.words)
        if line.is_header:
            repeated = next((block for block in blocks[-6:] if text in block.headers and block.numbers), None)
            if repeated is not None:  # the header of the table again, on its next page
                repeated.members.append(index)
                current = repeated
                continue
        if current is not None and index - current.members[-1] <= MAX_SPANNING_LINES and _join(current, line):
            current.members.append(index)
            if not line.numbers:
                current.headers.add(text)
            continue
        resumed = None
        for block in reversed(blocks[-4:]):
            if block is not current and _resumes(lines, block, index):
                resumed = block
                break
            if block.headed and lines[block.members[-1]].page == line.page:
                break  # another table has begun below it
        if resumed is not None:
            _join(resumed, line)
            resumed.members.append(index)
            current = resumed
            continue
        gaps = [_River(a[1], b[0]) for a, b in pairwise(line.spans)]
        headers = set() if line.numbers else {text}
        current = _Block([index], gaps, list(line.numbers), headers, line.is_header)
        blocks.append(current)
    return blocks


def _resumes(lines: list[_Line], block: _Block, index: int) -> bool:
    """Whether a line goes on with a table that text across its columns, or the end of a page, has interrupted."""
    line = lines[index]
    if len(block.members) < 2 or len(block.rivers) < 3 or len(line.numbers) < 2:
        return False
    if index - block.members[-1] > MAX_LINES_TO_RESUME or line.page - lines[block.members[-1]].page > 1:
        return False
    matched, crossed, fresh, _ = _compare(block, line)
    strays = crossed + len(fresh)
    return (not strays or (strays == 1 and matched >= 4)) and matched >= 3 and matched >= 0.6 * len(block.rivers)


def _compare(block: _Block, line: _Line) -> tuple[int, int, list[Span], list[Span | None]]:
    """Rivers that the line confirms, rivers that it crosses, gaps of the line on no river, and what stays white."""
    least = RIVER_WIDTH * line.size
    narrowed: list[Span | None] = []
    matched = crossed = 0
    for river in block.rivers:
        blank = _blank(line.spans, river)
        if blank is None or blank[1] - blank[0] < least:
            narrowed.append(None)
            crossed += 1
        else:
            narrowed.append(blank)
            matched += _inside(line, blank)
    inner = [(a[1], b[0]) for a, b in pairwise(line.spans)]
    fresh = [g for g in inner if not any(n and n[0] < g[1] and g[0] < n[1] for n in narrowed)]
    return matched, crossed, fresh, narrowed


def _inside(line: _Line, blank: Span) -> bool:
    """Text of the line on both sides."""
    return line.spans[0][0] < blank[0] and blank[1] <= line.spans[-1][1]


def _join(block: _Block, line: _Line) -> bool:
    """Whether the line fits the rivers of the block; if so they are narrowed to what stays white."""
    matched, crossed, fresh, narrowed = _compare(block, line)
    if not matched or crossed > matched or len(fresh) > max(1, matched) + (len(block.members) == 1):
        return False
    if crossed and crossed * 2 > matched and len(block.members) > 2:
        return False
    # Gaps where no line before had one: another table stands right below.
    if len(block.members) > 2 and fresh and crossed + len(fresh) >= 2:
        return False
    # Names of columns below numbers: the header of another table.
    if block.numbers and line.is_header:
        over = sum(any(n[0] < span[1] and span[0] < n[1] for n in block.numbers) for span in line.spans)
        if crossed or fresh or over >= 2:
            return False
    kept: list[_River] = []
    for river, blank in zip(block.rivers, narrowed, strict=True):
        if blank is not None:
            kept.append(_River(blank[0], blank[1], river.support + _inside(line, blank)))
        elif river.support >= 2:
            kept.append(river)  # a spanning cell in one line does not undo what others agree on
    kept.extend(_River(*gap) for gap in fresh)
    kept.sort(key=lambda r: r.left)
    block.rivers = kept
    if len(block.numbers) < MAX_NUMBERS_KEPT:
        block.numbers.extend(line.numbers)
    return True


def _blank(spans: list[Span], river: _River) -> Span | None:
    """The widest part of the river that the line leaves white."""
    best: Span | None = None
    left = river.left
    for start, end in spans:
        if end <= river.left:
            continue
        if start >= river.right:
            break
        if start > left and (best is None or start - left > best[1] - best[0]):
            best = (left, start)
        left = max(left, end)
    if left < river.right and (best is None or river.right - left > best[1] - best[0]):
        best = (left, river.right)
    return best


def _between(lines: list[_Line], block: _Block, owned: set[int]) -> list[int]:
    """Lines between the members on one page: wrapped cells and text that lies across the columns."""
    return [
        index
        for before, after in pairwise(block.members)
        if lines[before].page == lines[after].page
        for index in range(before + 1, after)
        if index not in owned
    ]


def _numbers_below(lines: list[_Line], block: _Block, owned: set[int]) -> list[int]:
    """A number alone right below the last member: the amount of the last row, aligned to its foot."""
    last = block.members[-1]
    below = [index for index in (last + 1, last + 2) if index < len(lines) and index not in owned]
    return [
        index
        for index in below
        if lines[index].page == lines[last].page
        and lines[index].numbers
        and lines[index].top - lines[last].bottom < (index - last) * lines[last].size
    ]


def _around(lines: list[_Line], block: _Block, rivers: list[Span], owned: set[int]) -> list[int]:
    """Single cells just above (parts of a header) and just below (wrapped text) that keep to a column."""
    found: list[int] = []
    for start, step in ((block.members[0], -1), (block.members[-1], 1)):
        index = start + step
        while 0 <= index < len(lines) and index not in owned and lines[index].page == lines[start].page:
            line, neighbour = lines[index], lines[index - step]
            white = line.top - neighbour.bottom if step > 0 else neighbour.top - line.bottom
            left, right = line.spans[0]
            across = any(left < r[0] and right > r[1] for r in rivers)
            # What stands above the first column alone is a title rather than a part of its header.
            if len(line.spans) > 1 or across or white > 0.7 * line.size or (step < 0 and left < rivers[0][0]):
                break
            found.append(index)
            index += step
    return found


def _measure_rivers(lines: list[_Line], between: list[_Line]) -> list[Span]:
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
    """Whether what stands left of a gap is set to the right and what stands right of it to the left."""
    starts, ends, nexts = zip(*edges, strict=True)
    straight = max(ends) - min(ends) <= 0.1 * size and max(nexts) - min(nexts) <= 0.1 * size
    return len(edges) >= 2 and straight and max(starts) - min(starts) > 0.3 * size


def _without_sign_columns(rivers: list[Span], lines: list[_Line]) -> list[Span]:
    """A column of nothing but currency signs belongs to the amounts on its right, one of percent signs to its left."""
    cuts = [(left + right) / 2 for left, right in rivers]
    texts: list[set[str]] = [set() for _ in range(len(cuts) + 1)]
    for line in lines:
        for word in line.words if line.numbers else ():
            texts[bisect(cuts, (word.box[0] + word.box[2]) / 2)].add(word.text)
    drop: set[int] = set()
    for index, found in enumerate(texts):
        if found and index < len(cuts) and found <= CURRENCY_SIGNS:
            drop.add(index)
        elif found and index and found <= {"%"}:
            drop.add(index - 1)
    return [river for index, river in enumerate(rivers) if index not in drop]


def _cut(line: _Line, cuts: list[float], *, split: bool) -> tuple[tuple[int, tuple[Word, ...]], ...]:
    result: list[tuple[int, list[Word]]] = []
    for cell in line.cells:
        for piece in _pieces(cell, cuts) if split else [cell]:
            left, right = piece[0].box[0], max(w.box[2] for w in piece)
            column = _column(left, right, cuts)
            previous = result[-1] if result else None
            # Two groups of words in one column are one cell, unless the white between says otherwise.
            near = previous is not None and split and previous[0] == column
            if (
                previous
                and near
                and (left - previous[1][-1].box[2] < 2 * line.size or previous[1][-1].text in CURRENCY_SIGNS)
            ):
                previous[1].extend(piece)
            else:
                result.append((column, list(piece)))
    return tuple((column, tuple(words)) for column, words in result)


def _pieces(cell: list[Word], cuts: list[float]) -> Cells:
    """A cell cut at the rivers that run through its gaps; beside a number the gap may be as narrow as a space."""
    pieces: Cells = [[cell[0]]]
    for before, word in pairwise(cell):
        gap_left, gap_right = before.box[2], word.box[0]
        least = NUMBER_GAP if word.text[:1].isdigit() or _is_number([before]) else RIVER_GAP
        wide = gap_right - gap_left >= least * min(before.size or 10.0, word.size or 10.0)
        if wide and any(gap_left - 0.01 <= cut <= gap_right + 0.01 for cut in cuts):
            pieces.append([word])
        else:
            pieces[-1].append(word)
    return pieces


def _column(left: float, right: float, cuts: list[float]) -> int:
    """The column that holds most of the span."""
    best, best_overlap = 0, float("-inf")
    edges = [float("-inf"), *cuts, float("inf")]
    for column, (start, end) in enumerate(pairwise(edges)):
        overlap = min(right, end) - max(left, start)
        if overlap > best_overlap:
            best, best_overlap = column, overlap
    return best
