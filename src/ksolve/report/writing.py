"""Every report of a schedule into one folder, each file whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from ksolve.files import write_whole
from ksolve.report.html import schedule_html
from ksolve.report.ics import schedule_ics
from ksolve.report.printed import published_tsv, published_xlsx
from ksolve.report.view import View
from ksolve.report.xlsx import schedule_xlsx
from ksolve.schedules.tidy import schedule_csv
from ksolve.text import Lang

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
}
"""Each report with what draws it; None where the view has nothing for it."""


def write_reports(
    view: View, folder: Path, lang: Lang, *, force: bool, names: Collection[str] = tuple(WRITERS)
) -> list[Path]:
    """Write the reports of these names, all drawn before the first is written, and return their paths.

    Raises PlanError as write_whole does.
    """
    drawn = {folder / name: data for name in names if (data := WRITERS[name](view, lang)) is not None}
    for path, data in drawn.items():
        write_whole(path, data, force=force)
    return list(drawn)
