"""What a revision leaves: every report, the list of changes in each form, the calendar of updates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ksolve.api import Prepared
from ksolve.cli.run import Run, write_run
from ksolve.cli.view import make_view
from ksolve.files import write_whole
from ksolve.problem import Tier
from ksolve.problem.schedule import Schedule
from ksolve.record.manifest import Course, parent_of
from ksolve.report.calendar_file import Published
from ksolve.report.changed import Changed
from ksolve.report.changed.book import changes_xlsx
from ksolve.report.changed.page import changes_html
from ksolve.report.changed.table import changes_csv, changes_json
from ksolve.report.ics import changes_ics
from ksolve.revise import Revision, WishKind
from ksolve.revise.requested import Files
from ksolve.solver import Options
from ksolve.text import Lang, Text

CHANGES = ("changes.csv", "changes.xlsx", "changes.html", "changes.json", "changes.ics")


@dataclass(frozen=True)
class Written:
    """Where a revision is written to, and what its record says of the run."""

    plan: Path
    out: Path
    options: Options
    course: Course
    last: Published | None
    reports: tuple[str, ...]


def changed_of(title: str, revision: Revision) -> Changed:
    """Return what the reports of changes draw of a revision."""
    after = revision.answer.schedule or Schedule(())
    names = {series.id: series.name for series in revision.problem.series}
    notes = tuple(headline(revision))
    return Changed(title, revision.base, after, revision.changes, names, notes)


def headline(revision: Revision) -> Iterator[Text]:
    """Yield how many sessions change, and how few could."""
    moved = revision.tier(Tier.CHANGES)
    if moved is None:
        return
    asked = revision.asked
    values = {"changes": moved.value, "bound": moved.bound}
    yield (_FEWEST if moved.proven else _AT_LEAST).fill(**values)
    wished = sum(wish not in revision.unmet for wish in (*asked.of(WishKind.DROP), *asked.of(WishKind.ADD)))
    if wished:
        yield _WISHED.fill(changes=wished)
    near = revision.tier(Tier.NOTICE)
    if near and near.value:
        yield _NEAR.fill(changes=near.value, days=asked.notice_days)
    units = sum(change.kind in ("room", "staff") for change in revision.changes)
    if units:
        yield _UNITS.fill(changes=units)


def write_revision(case: Prepared, revision: Revision, files: Files, to: Written, lang: Lang) -> list[Path]:
    """Write all that a revision leaves, and return the paths."""
    asked = revision.asked
    lines = [wish.line for wish in asked.wishes]
    parent = parent_of(files.schedule, asked.history, [line.ja for line in lines])
    basis = [_REVISED.fill(file=files.schedule.name)]
    basis += [_SCENARIO.fill(name=path.name) for path in files.scenarios]
    basis += [_WISH + line for line in lines]
    run = Run(to.plan, files.read, to.options, to.course, parent, tuple(basis), to.last, to.reports)
    paths = write_run(case, revision.answer, run, to.out, lang)
    changed = changed_of(case.plan.title, revision)
    made = {
        "changes.csv": changes_csv(changed, lang),
        "changes.xlsx": changes_xlsx(changed, lang),
        "changes.html": changes_html(changed, lang),
        "changes.json": (changes_json(changed) + "\n").encode(),
    }
    if to.last:
        view = make_view(case, revision.answer.schedule or Schedule(()), ())
        made["changes.ics"] = changes_ics(view, to.last)
    for name, data in made.items():
        write_whole(to.out / name, data, force=True)
    return [*paths, *(to.out / name for name in made)]


_FEWEST = Text(
    "{changes}回の日時が変わります。どの予定でも、これより少なくはなりません(証明済み)",
    "{changes} sessions are at another time; no plan changes fewer than {bound} (proven)",
)
_AT_LEAST = Text(
    "{changes}回の日時が変わります。少なくとも{bound}回は変わります(証明済み)。もっと少ない案があるか"
    "もしれません",
    "{changes} sessions are at another time; at least {bound} must be (proven), perhaps fewer than these",
)
_WISHED = Text(
    "このほか、希望による中止・追加: {changes}回", "besides, dropped or added as wished: {changes}"
)
_NEAR = Text(
    "うち直前({days}日以内)の変更: {changes}", "changes at short notice (within {days} days): {changes}"
)
_UNITS = Text("部屋・職員だけが変わる回: {changes}", "only in another room or with other staff: {changes}")
_REVISED = Text("元の予定: {file}", "revised from {file}")
_SCENARIO = Text("シナリオ: {name}", "scenario: {name}")
_WISH = Text("希望: ", "wish: ")
