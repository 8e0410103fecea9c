"""PDF pages whose tables have no lines: columns by where the words of a header row stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pdfplumber.page import Page

from ksolve.published.cell.grid import Remark, Row
from ksolve.published.layout.headers import is_header

_FEWEST = 3
"""A header row of fewer words than this is not told from a line of text."""
_SPACE = 0.8
"""Words closer than this part of their height are one cell."""
_SAME_LINE = 0.6
"""Words whose tops are closer than this part of their height stand on one line."""
_CLOSE = 0.75
"""A line that names nothing, at less than this part of the usual distance, goes on with its row."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    left: float
    right: float
    top: float
    height: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


Line = list[_Word]


@dataclass
class TextColumns:
    """Reads page after page; `edges` are the left edges of the columns but the first, once known."""

    edges: tuple[float, ...] | None = None
    tables: int = 0

    def rows(self, page: Page, before: int, remarks: list[Remark]) -> Iterator[Row]:
        """Yield the lines of a page as rows, numbered from the line after `before`.

        From a header row on, what stands in its columns is their cells. A page without one goes
        on with the columns of the page before. Lines before and after are single cells.
        """
        lines = list(_lines(page))
        starts = [at for at, line in enumerate(lines) if _is_header(line)]
        begin = starts[0] if starts else 0
        edges = _edges(lines[begin], lines[begin + 1 :]) if starts else self.edges
        if not starts and edges and not _fit(lines, edges):
            edges = None
        if edges and starts:
            self.edges, self.tables = edges, self.tables + 1
            remarks.append(Remark("table-without-lines", before + begin + 1, 1, is_beside=True))
        if edges is None:
            yield from _loose(lines, before)
            return
        yield from _loose(lines[:begin], before)
        yield from _table(lines[begin:], edges, before + begin)


def _loose(lines: Sequence[Line], before: int) -> Iterator[Row]:
    for number, line in enumerate(lines, start=before + 1):
        yield Row(number, (" ".join(word.text for word in line),))


def _table(lines: Sequence[Line], edges: Sequence[float], before: int) -> Iterator[Row]:
    """Yield the rows of a table; a lone word in the first column may be a heading or a footnote."""
    usual = _distance(lines, edges)
    rows: list[list[str]] = []
    for above, line in zip((None, *lines), lines, strict=False):
        is_lone = len(line) == 1 and not _column(line[0], edges)
        cells = [line[0].text] if is_lone else _cells(line, edges)
        is_close = above is not None and len(rows) > 1 and line[0].top - above[0].top < _CLOSE * usual
        if is_close and not cells[0] and _goes_on(rows[-1], cells):
            rows[-1] = [f"{old}{new}" for old, new in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
    for number, cells in enumerate(rows, start=before + 1):
        yield Row(number, tuple(cells))


def _distance(lines: Sequence[Line], edges: Sequence[float]) -> float:
    """Return how far apart the rows of a table usually are: those with a word in the first column."""
    tops = [line[0].top for line in lines if not _column(line[0], edges)]
    distances = [below - above for above, below in pairwise(tops)]
    return median(distances) if distances else 0.0


def _goes_on(above: Sequence[str], cells: Sequence[str]) -> bool:
    """Tell a line whose words all stand below words of the row above."""
    return len(above) == len(cells) and all(old or not new for old, new in zip(above, cells, strict=True))


def _lines(page: Page) -> Iterator[Line]:
    """Yield the lines of a page from the top, each as its cells from left to right."""
    words = [
        _Word(word["text"], word["x0"], word["x1"], word["top"], word["bottom"] - word["top"])
        for word in page.extract_words()
    ]
    lines: list[Line] = []
    for word in sorted(words, key=lambda one: (one.top, one.left)):
        if lines and word.top - lines[-1][0].top < _SAME_LINE * word.height:
            lines[-1].append(word)
        else:
            lines.append([word])
    for line in lines:
        yield _joined(sorted(line, key=lambda one: one.left))


def _joined(words: Sequence[_Word]) -> Line:
    """Join words with no more than a space between them."""
    cells = [words[0]]
    for word in words[1:]:
        last = cells[-1]
        if word.left - last.right < _SPACE * word.height:
            gap = " " if word.left - last.right > _SPACE / 4 * word.height else ""
            cells[-1] = _Word(f"{last.text}{gap}{word.text}", last.left, word.right, last.top, last.height)
        else:
            cells.append(word)
    return cells


def _is_header(line: Line) -> bool:
    return len(line) >= _FEWEST and is_header(None, Row(1, tuple(word.text for word in line)))


def _edges(header: Line, body: Sequence[Line]) -> tuple[float, ...] | None:
    """Return where the columns part: in the widest gap between two headings that no cell crosses.

    None where some cell crosses every such place: then the words are in no columns.
    """
    lines = [line for line in body if len(line) > 1]
    edges = []
    for left, right in pairwise(header):
        crossing = [
            (max(word.left, left.middle), min(word.right, right.middle))
            for line in [header, *lines]
            for word in line
            if word.right > left.middle and word.left < right.middle
        ]
        gap = _widest(left.middle, right.middle, sorted(crossing))
        if gap is None:
            return None
        edges.append(gap)
    return tuple(edges)


def _widest(start: float, end: float, taken: Sequence[tuple[float, float]]) -> float | None:
    """Return the middle of the widest part of a stretch that nothing covers, None where all is covered."""
    best, at, reached = 0.0, None, start
    for first, last in [*taken, (end, end)]:
        if first - reached > best:
            best, at = first - reached, (first + reached) / 2
        reached = max(reached, last)
    return at


def _column(word: _Word, edges: Sequence[float]) -> int:
    return sum(edge <= word.middle for edge in edges)


def _fit(lines: Sequence[Line], edges: Sequence[float]) -> bool:
    """Tell lines whose cells keep to the columns of the page before."""
    several = [line for line in lines if len(line) > 1]
    clear = all(not word.left < edge < word.right for line in several for word in line for edge in edges)
    return bool(several) and clear


def _cells(line: Line, edges: Sequence[float]) -> list[str]:
    """Return the text of each column; several words in one are parted by a space."""
    cells: list[list[str]] = [[] for _ in range(len(edges) + 1)]
    for word in line:
        cells[_column(word, edges)].append(word.text)
    return [" ".join(texts) for texts in cells]
