"""The printed table as tab-separated text."""

from __future__ import annotations

from collections.abc import Iterator

from ksolve.files.separated import tsv_bytes
from ksolve.report.printed.rows import COLUMNS, MONTH_NAMES, printed
from ksolve.report.view import View


def published_tsv(view: View, *, dates: bool = False) -> bytes:
    """Return a schedule as a published table, tab-separated, with a byte order mark; 計 has the sessions."""
    return tsv_bytes(_rows(view, dates=dates))


def _rows(view: View, *, dates: bool) -> Iterator[tuple[str, ...]]:
    """Yield the title, then for each heading its header and rows."""
    table = printed(view, dates=dates)
    yield (table.title,)
    for part in table.tables:
        yield ()
        if part.heading:
            yield (part.heading,)
        yield (*COLUMNS, *table.more, *MONTH_NAMES, "計")
        for row in part.rows:
            yield (*row.cells, *row.more, *row.months, str(row.total or ""))
