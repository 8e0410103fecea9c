"""What whatif writes of each scenario: its schedule, and how it differs from the base."""

from __future__ import annotations

from pathlib import Path

from ksolve.cli.revision_written import changed_of
from ksolve.files import write_whole
from ksolve.report.changed.book import changes_xlsx
from ksolve.report.changed.page import changes_html
from ksolve.report.changed.table import changes_csv
from ksolve.schedules.tidy import schedule_csv
from ksolve.text import Lang
from ksolve.whatif import Outcome

_OF_EACH = ("schedule.csv", "changes.csv", "changes.xlsx", "changes.html")


def of_each(folder: Path) -> list[Path]:
    """Return the files that are written of a scenario."""
    return [folder / name for name in _OF_EACH]


def write_each(outcome: Outcome, folder: Path, lang: Lang) -> None:
    """Write the schedule of a scenario and how it differs from the base, where there is one."""
    schedule, revision = outcome.answer.schedule, outcome.revision
    if schedule is None or revision is None or outcome.scenario is None:
        return
    changed = changed_of(outcome.scenario.title, revision)
    made = (
        schedule_csv(schedule, revision.problem),
        changes_csv(changed, lang),
        changes_xlsx(changed, lang),
        changes_html(changed, lang),
    )
    for path, data in zip(of_each(folder), made, strict=True):
        write_whole(path, data, force=True)
