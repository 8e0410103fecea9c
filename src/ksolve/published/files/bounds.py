"""Limits on what a file unpacks to, checked before a library opens it: a small file may hold a huge one."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from openpyxl.utils.cell import range_boundaries

from ksolve.errors import PlanError, fault
from ksolve.findings import Place
from ksolve.text import Text

MOST_UNPACKED = 64 << 20
"""The bytes of all parts of a book or document, unpacked; the XML of 5,000 rows and 16 columns has 5 MB."""
MOST_PARTS = 2_000
MOST_SPANNED = 200_000
"""The cells of all merged cells and links of a sheet; each is half a kilobyte when it is opened."""
WIDEST_SPAN = 1_000
"""The columns of one cell of a document's table."""
MOST_PAGES = 500
MOST_POINTS = 20_000
"""The sides of a page, in points: seven metres."""

_SPANS = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink)\b[^>]*?\bref=[\"']([^\"']*:[^\"']*)[\"']")
_GRID = re.compile(rb"<(?:\w+:)?grid(?:Span|Before|After)\b[^>]*?val=[\"'](\d+)[\"']")
_STREAM = re.compile(rb"stream\r?\n")


def refuse_archive(data: bytes, file: str) -> None:
    """Raise PlanError for a book or document that unpacks to more than is read."""
    with ZipFile(BytesIO(data)) as archive:
        parts = archive.infolist()
        unpacked = sum(part.file_size for part in parts)
        if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
            raise _beyond(_UNPACKED.fill(most=f"{MOST_UNPACKED >> 20} MB", parts=f"{MOST_PARTS:,}"), file)
        for part in parts:
            if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                if _spanned(archive.read(part)) > MOST_SPANNED:
                    raise _beyond(_SPANNED.fill(most=f"{MOST_SPANNED:,}"), file)
            elif part.filename == "word/document.xml":
                spans = _GRID.findall(archive.read(part))
                if any(len(span) > 9 or int(span) > WIDEST_SPAN for span in spans):
                    raise _beyond(_WIDE.fill(most=f"{WIDEST_SPAN:,}"), file)


def _spanned(sheet: bytes) -> int:
    return sum(map(_area, _SPANS.findall(sheet)))


def _area(span: bytes) -> int:
    first_column, first_row, last_column, last_row = range_boundaries(span.decode("ascii"))
    rows = (last_row or 1_048_576) - (first_row or 1) + 1
    return rows * ((last_column or 16_384) - (first_column or 1) + 1)


def refuse_pdf(data: bytes, file: str) -> None:
    """Raise PlanError for a PDF whose packed streams unpack to more than is read."""
    left = MOST_UNPACKED
    for packed in _streams(data):
        unpacker = zlib.decompressobj()
        try:
            left -= len(unpacker.decompress(packed, left))
        except zlib.error:
            continue  # packed in another way, or damaged: the library says so
        if left <= 0:
            raise _beyond(_UNPACKED.fill(most=f"{MOST_UNPACKED >> 20} MB", parts=f"{MOST_PARTS:,}"), file)


def _streams(data: bytes) -> Iterator[bytes]:
    for found in _STREAM.finditer(data):
        end = data.find(b"endstream", found.end())
        yield data[found.end() : end if end >= 0 else len(data)]


def refuse_pages(sizes: Iterator[tuple[float, float]], file: str) -> None:
    """Raise PlanError for too many pages, or for a page larger than any sheet of paper."""
    for number, (width, height) in enumerate(sizes, start=1):
        if number > MOST_PAGES:
            raise _beyond(_PAGES.fill(most=MOST_PAGES), file)
        if not (0 < width <= MOST_POINTS and 0 < height <= MOST_POINTS):
            raise _beyond(_SIZE.fill(page=number, width=f"{width:g}", height=f"{height:g}"), file)


def _beyond(text: Text, file: str) -> PlanError:
    return PlanError([fault("too-large", text, Place(file), _SMALLER)])


_UNPACKED = Text(
    "展開すると {most} または{parts}個を超えるため読みません",
    "unpacked it is larger than {most} or has more than {parts} parts, and is not read",
)
_SPANNED = Text(
    "結合されたセルやリンクの範囲が合わせて{most}セルを超えるため読みません",
    "its merged cells and links span more than {most} cells, and it is not read",
)
_WIDE = Text(
    "表のセルが{most}列を超えて広がるため読みません",
    "a cell of its tables spans more than {most} columns, and it is not read",
)
_PAGES = Text("{most}ページを超えるため読みません", "it has more than {most} pages, and is not read")
_SIZE = Text(
    "{page}ページの大きさ({width}×{height})が紙の大きさではありません",
    "page {page} has no size of paper ({width} by {height} points)",
)
_SMALLER = Text("必要な表だけを新しいファイルに保存し直してください", "save the table alone in a new file")
