"""Blocks of lines that keep to the same rivers of white: the candidates for tables. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from processing.readers.lines import Line, Span
from processing.readers.rivers import RIVER_WIDTH

# Blank space between two lines of one block, in line heights.
MAX_LINE_GAP = 5.0
# Lines of running text between two lines of one table: a description of many lines.
MAX_SPANNING_LINES = 12
# A table goes on after the foot of a page and the letterhead of the next one.
MAX_LINES_TO_RESUME = 45
# Enough to know which columns hold numbers.
MAX_NUMBERS_KEPT = 60


@dataclass(slots=True)
class River:
    """A strip of white with the number of lines that have text on both sides."""

    left: float
    right: float
    support: int = 1


@dataclass(slots=True)
class Block:
    """``members`` are the lines that keep to the rivers; lines between them may lie across."""

    members: list[int]
    rivers: list[River]
    numbers: list[Span]  # where numbers stand
    headers: set[str]  # texts of its lines without numbers
    headed: bool  # begins with a line of names


def find_blocks(lines: list[Line]) -> list[Block]:
    """Blocks from top to bottom; text across the columns or the end of a page may interrupt one."""
    blocks: list[Block] = []
    current: Block | None = None
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
        gaps = [River(a[1], b[0]) for a, b in pairwise(line.spans)]
        headers = set() if line.numbers else {text}
        current = Block([index], gaps, list(line.numbers), headers, line.is_header)
        blocks.append(current)
    return blocks


def _resumes(lines: list[Line], block: Block, index: int) -> bool:
    """Whether a line goes on with a table that text across its columns, or the end of a page, has interrupted."""
    line = lines[index]
    if len(block.members) < 2 or len(block.rivers) < 3 or len(line.numbers) < 2:
        return False
    if index - block.members[-1] > MAX_LINES_TO_RESUME or line.page - lines[block.members[-1]].page > 1:
        return False
    matched, crossed, fresh, _ = _compare(block, line)
    strays = crossed + len(fresh)
    return (not strays or (strays == 1 and matched >= 4)) and matched >= 3 and matched >= 0.6 * len(block.rivers)


def _compare(block: Block, line: Line) -> tuple[int, int, list[Span], list[Span | None]]:
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


def _inside(line: Line, blank: Span) -> bool:
    """Text of the line on both sides."""
    return line.spans[0][0] < blank[0] and blank[1] <= line.spans[-1][1]


def _join(block: Block, line: Line) -> bool:
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
    kept: list[River] = []
    for river, blank in zip(block.rivers, narrowed, strict=True):
        if blank is not None:
            kept.append(River(blank[0], blank[1], river.support + _inside(line, blank)))
        elif river.support >= 2:
            kept.append(river)  # a spanning cell in one line does not undo what others agree on
    kept.extend(River(*gap) for gap in fresh)
    kept.sort(key=lambda r: r.left)
    block.rivers = kept
    if len(block.numbers) < MAX_NUMBERS_KEPT:
        block.numbers.extend(line.numbers)
    return True


def _blank(spans: list[Span], river: River) -> Span | None:
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


def between_members(lines: list[Line], block: Block, owned: set[int]) -> list[int]:
    """Lines between the members on one page: wrapped cells and text that lies across the columns."""
    return [
        index
        for before, after in pairwise(block.members)
        if lines[before].page == lines[after].page
        for index in range(before + 1, after)
        if index not in owned
    ]


def numbers_below(lines: list[Line], block: Block, owned: set[int]) -> list[int]:
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


def around(lines: list[Line], block: Block, rivers: list[Span], owned: set[int]) -> list[int]:
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
