"""The files of an edition: a page, a book, and a calendar for everybody whom it concerns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from ksolve.report.calendar_file import Published
from ksolve.report.editions.book import edition_xlsx
from ksolve.report.editions.calendars import entries_ics
from ksolve.report.editions.edition import Edition, Kind, apart
from ksolve.report.editions.page import edition_html
from ksolve.text import Lang

_APART = (Kind.STAFF, Kind.ROOM)
"""Each sheet of these has a calendar of its own, in a folder."""


def edition_files(
    edition: Edition, lang: Lang, last: Mapping[str, Published] | None = None
) -> dict[str, bytes]:
    """Return an edition's files by their names within the folder of the reports.

    Calendars update those published `last`, by the same names. Raises PlanError where one of these is none.
    """
    kind, last = edition.kind, last or {}
    files = {
        f"{kind}.html": edition_html(edition, lang),
        f"{kind}.xlsx": edition_xlsx(edition, lang),
    }
    if kind not in _APART:
        name = f"{kind}.ics"
        drawn = entries_ics(edition, edition.heading(lang), edition.entries, lang, last.get(name))
        return {**files, name: drawn}
    names = file_names(sheet.name for sheet in edition.sheets)
    for name, sheet in zip(names, edition.sheets, strict=True):
        path = f"{kind}/{name}.ics"
        files[path] = entries_ics(edition, sheet.name, sheet.entries, lang, last.get(path))
    return files


def file_names(names: Iterable[str]) -> Iterator[str]:
    """Yield each name as a file may be called on every system; what becomes the same gets a number."""
    plain = (re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", name).strip(" .") for name in names)
    return apart(plain, _LONGEST)


_LONGEST = 60
"""A Japanese letter has three bytes, and a name at most 255."""
