"""What was held last year, from one file or several: of this plan, of this year, of all of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ksolve.calendar import MONTHS, FiscalYear
from ksolve.errors import PlanError, fault
from ksolve.findings import Finding, Place, Severity
from ksolve.frequency import Months
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule, Session, numbered
from ksolve.schedules import read_schedule
from ksolve.text import Text

_MOST_FOREIGN = 0.5
"""From this part on of sessions of another year, or of no programme of the plan, it is the wrong file."""
_FEWEST_MONTHS = 9
"""A year of which fewer months have any session is no whole year."""
_NAMED = 5
_NO_MATTER = frozenset({"not-filled"})
"""What a schedule lacks that no habit is read from: rooms that were free, on a day that broke a rule."""


@dataclass(frozen=True, slots=True)
class Held:
    """The sessions of the plan that were held within its year, and what is to be said of the files."""

    schedule: Schedule
    findings: tuple[Finding, ...]


def read_held(paths: Sequence[Path], problem: Problem) -> Held:
    """Return what was held by some files together; what stands in two of them counts once.

    Raises PlanError where a file cannot be read, contradicts itself, is of another year or of another
    plan, or where nothing is left.
    """
    found: list[Finding] = []
    kept: dict[tuple[str, object, int], Session] = {}
    twice = 0
    for path in paths:
        read = read_schedule(path, problem)
        mine, said = _of_plan(read.sessions, problem, path)
        wrong = [one for one in read.contradictions if one.rule not in _NO_MATTER]
        if wrong:
            raise PlanError(wrong)
        found += said
        for session in mine:
            key = session.series, session.day, session.start
            twice += key in kept
            kept.setdefault(key, session)
    if twice:
        found.append(Finding("held-twice", Severity.NOTE, _TWICE.fill(count=twice), Place(str(paths[-1]))))
    if not kept:
        raise PlanError([fault("nothing-held", _NOTHING, Place(str(paths[0])), _ALL_OF_IT)])
    schedule = numbered(kept.values())
    return Held(schedule, (*found, *_part_of_year(schedule, problem.year, paths)))


def _of_plan(
    sessions: Sequence[Session], problem: Problem, path: Path
) -> tuple[list[Session], list[Finding]]:
    """Return the sessions of the plan within its year, and what was left out of a file."""
    place, year = Place(str(path)), problem.year
    others = Counter(_year_of(one) for one in sessions if one.day not in year)
    if sessions and others.total() >= _MOST_FOREIGN * len(sessions):
        other = max(others, key=lambda one: (others[one], one))
        text = _OTHER_YEAR.fill(found=other, count=others.total(), all=len(sessions), year=year)
        raise PlanError([fault("held-of-another-year", text, place, _OTHER_FILE)])
    known = {series.id for series in problem.series}
    strange = Counter(one.series for one in sessions if one.series not in known)
    if sessions and strange.total() >= _MOST_FOREIGN * len(sessions):
        text = _OTHER_PLAN.fill(count=strange.total(), all=len(sessions), names=_names(strange))
        raise PlanError([fault("held-of-another-plan", text, place, _OTHER_FILE)])
    said = []
    if strange:
        text = _STRANGE.fill(count=strange.total(), names=_names(strange))
        said.append(Finding("not-of-the-plan", Severity.WARNING, text, place))
    if others:
        text = _OUTSIDE.fill(count=others.total(), year=year)
        said.append(Finding("outside-the-year", Severity.WARNING, text, place))
    return [one for one in sessions if one.series in known and one.day in year], said


def _year_of(session: Session) -> FiscalYear:
    return FiscalYear(session.day.year - (session.day.month < 4))


def _names(found: Counter[str]) -> str:
    listed = "・".join(name for name, _ in found.most_common(_NAMED))
    return f"{listed}…" if len(found) > _NAMED else listed


def _part_of_year(schedule: Schedule, year: FiscalYear, paths: Sequence[Path]) -> Iterator[Finding]:
    """Say which months nothing is held in, where they are so many that it is no whole year."""
    there = {session.day.month for session in schedule.sessions}
    lacking = tuple(month for month in MONTHS if month not in there)
    if len(there) < _FEWEST_MONTHS:
        months = Months(lacking)
        text = _HALF.fill(year=year, months=Text(str(months), months.english))
        yield Finding("part-of-the-year", Severity.WARNING, text, Place(str(paths[0])), remedy=_BOTH)


_TWICE = Text(
    "ほかのファイルにもある{count}回は、1回と数えました",
    "{count} sessions stand in another file as well and count once",
)
_NOTHING = Text("この計画の事業の回が1回もありません", "no session of the plan is in it")
_ALL_OF_IT = Text(
    "前年度に実施した予定を指定してください。計画がないときは --from-table を使います",
    "name the schedule of last year as it was held; where there is no plan, use --from-table",
)
_OTHER_YEAR = Text(
    "{all}回のうち{count}回が{year}の外の日付です(多くは{found})",
    "{count} of {all} sessions are outside {year} (most of them in {found})",
)
_OTHER_PLAN = Text(
    "{all}回のうち{count}回が、この計画にない事業のものです({names})",
    "{count} of {all} sessions are of no programme of this plan ({names})",
)
_OTHER_FILE = Text(
    "計画と同じ年度・同じ施設の、実施した予定を指定してください",
    "name the schedule that was held of this plan, in its year",
)
_STRANGE = Text(
    "計画にない事業の{count}回は数えていません({names})",
    "{count} sessions of no programme of the plan are left out ({names})",
)
_OUTSIDE = Text("{year}の外の{count}回は数えていません", "{count} sessions outside {year} are left out")
_HALF = Text(
    "{year}の{months}の回がありません。習慣はある月だけから読みました",
    "nothing is held in {months} of {year}: habits are read from the other months",
)
_BOTH = Text(
    "残りの月が別のファイルにあれば、続けて書くと合わせて読みます",
    "where the rest is in another file, name both: they are read together",
)
