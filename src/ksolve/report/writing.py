"""Every report of a schedule into one folder, each file whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ksolve.errors import PlanError, fault
from ksolve.files import write_whole
from ksolve.findings import Place
from ksolve.report.html import schedule_html
from ksolve.report.ics import schedule_ics
from ksolve.report.view import View
from ksolve.report.xlsx import schedule_xlsx
from ksolve.tables import schedule_csv
from ksolve.text import Lang, Text

WRITERS: dict[str, Callable[[View, Lang], bytes]] = {
    "schedule.csv": lambda view, _lang: schedule_csv(view.schedule, view.problem),
    "schedule.ics": lambda view, _lang: schedule_ics(view),
    "schedule.xlsx": schedule_xlsx,
    "report.html": schedule_html,
}


def refuse_existing(folder: Path, names: tuple[str, ...]) -> None:
    """Raise PlanError for every file that a run would overwrite, before it starts."""
    existing = [folder / name for name in names if (folder / name).exists()]
    if existing:
        raise PlanError([fault("file-exists", _EXISTS, Place(str(path)), _FORCE) for path in existing])


def write_reports(view: View, folder: Path, lang: Lang, *, force: bool) -> list[Path]:
    """Write every report and return their paths. Raises PlanError as write_whole does."""
    paths = []
    for name, writer in WRITERS.items():
        write_whole(folder / name, writer(view, lang), force=force)
        paths.append(folder / name)
    return paths


_EXISTS = Text("ファイルがすでにあります", "the file already exists")
_FORCE = Text(
    "別のフォルダにするか、--force を付けて置き換えてください",
    "choose another folder, or replace it with --force",
)
