"""Every report of a schedule into one folder, each file whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

from ksolve.files import write_whole
from ksolve.report.deadlines.ics import deadlines_ics
from ksolve.report.deadlines.table import deadlines_csv
from ksolve.report.html import schedule_html
from ksolve.report.ics import schedule_ics
from ksolve.report.printed import published_tsv, published_xlsx
from ksolve.report.view import View
from ksolve.report.xlsx import schedule_xlsx
from ksolve.schedules.tidy import schedule_csv
from ksolve.text import Lang


def _due(view: View, lang: Lang) -> bytes | None:
    """Return the calendar of the deadlines; where none are left it cancels those published last."""
    last = replace(view.last, ics=view.last.deadlines) if view.last and view.last.deadlines else None
    if not (view.deadlines or last):
        return None
    return deadlines_ics(view.deadlines, view.plan.title, view.problem, view.schedule, lang, last)


WRITERS: dict[str, Callable[[View, Lang], bytes | None]] = {
    "schedule.csv": lambda view, _lang: schedule_csv(view.schedule, view.problem),
    "schedule.ics": lambda view, _lang: schedule_ics(view, view.last),
    "schedule.xlsx": schedule_xlsx,
    "report.html": schedule_html,
    "published.tsv": lambda view, _lang: published_tsv(view),
    "published.xlsx": lambda view, _lang: published_xlsx(view),
    "published-dates.tsv": lambda view, _lang: published_tsv(view, dates=True),
    "published-dates.xlsx": lambda view, _lang: published_xlsx(view, dates=True),
    "published-last-year.xlsx": lambda view, _lang: published_xlsx(view, beside=True) if view.years else None,
    "deadlines.csv": lambda view, lang: deadlines_csv(view.deadlines, lang) if view.deadlines else None,
    "deadlines.ics": _due,
}
"""Each report with what draws it; None where the view has nothing for it."""

FORMATS: dict[str, tuple[str, ...]] = {
    "html": ("report.html",),
    "xlsx": ("schedule.xlsx", "published.xlsx", "published-dates.xlsx", "published-last-year.xlsx"),
    "ics": ("schedule.ics", "deadlines.ics"),
    "csv": ("schedule.csv", "deadlines.csv"),
    "tsv": ("published.tsv", "published-dates.tsv"),
}
"""The reports of each format; schedule.csv is the schedule itself, and always written."""


def reports_of(formats: Collection[str] | None) -> tuple[str, ...]:
    """Return the names of the reports of some formats, all of them where none is named."""
    if not formats:
        return tuple(WRITERS)
    chosen = {name for one in formats for name in FORMATS[one]}
    return tuple(name for name in WRITERS if name in chosen or name == "schedule.csv")


def write_reports(
    view: View, folder: Path, lang: Lang, *, force: bool, names: Collection[str] = tuple(WRITERS)
) -> list[Path]:
    """Write the reports of these names, all drawn before the first is written, and return their paths.

    With `force` a report that the view has nothing for is taken away: it would be that of an older
    schedule. Raises PlanError as write_whole does.
    """
    drawn = {folder / name: WRITERS[name](view, lang) for name in names}
    for path, data in drawn.items():
        if data is not None:
            write_whole(path, data, force=force)
        elif force:
            path.unlink(missing_ok=True)
    return [path for path, data in drawn.items() if data is not None]
