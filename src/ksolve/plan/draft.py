"""This year's plan and schedule to next year's plan, as text: comments and order stay."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from yaml.nodes import ScalarNode

from ksolve.calendar import WEEKDAYS, FiscalYear, YearlyDay, parse_days, week_of_month
from ksolve.clock import clock
from ksolve.files import read_text
from ksolve.findings import Finding, Place, Severity
from ksolve.frequency import Term, is_rhythm
from ksolve.plan.schema import Plan
from ksolve.plan.yaml_text import SCHEMA_LINE, named_from
from ksolve.plan.yamlfile import Document, read_yaml
from ksolve.problem.schedule import Schedule, Session
from ksolve.published import MarkKind, PublishedPlan
from ksolve.text import Text, plain

_FEWEST = 2
"""Fewer sessions than this are no habit."""
_SHARE = 0.5
"""A weekday and start that at least this part of the sessions keeps is a habit."""
_WEEK_SHARE = 0.6
"""A week of the month is part of the habit when this part of those sessions keeps it."""
_DATE = re.compile(r"\d{4}[-/年]\d{1,2}[-/月]\d{1,2}")


@dataclass(frozen=True, slots=True)
class Habit:
    """What most sessions of a part did last year: so many of so many on a weekday at a start."""

    part: str
    weekday: int
    start: int
    week: int | None
    kept: int
    sessions: int


@dataclass(frozen=True, slots=True)
class Draft:
    """Next year's plan as text, and what could not simply be carried over."""

    text: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Edit:
    """Text that takes the place of the characters from `start` to `end`."""

    start: int
    end: int
    text: str


def draft(
    path: Path,
    plan: Plan,
    target: FiscalYear,
    out: Path,
    habits: Sequence[Habit],
    published: PublishedPlan | None,
) -> Draft:
    """Return the text of the plan for `target`, to be written to `out`.

    Programmes, windows and comments stay; the year, the title and relative paths change;
    single dates that name a year move to the same weekday, stretches of days keep their dates;
    habits become soft rules.
    Raises PlanError when the plan file cannot be read again.
    """
    document = read_yaml(path)
    source = read_text(path)
    findings = [*dict.fromkeys(_new_rows(plan, published)), *_kept_dates(plan)]
    findings += _moved_dates(document, target.start - plan.year.start)
    years = target.start - plan.year.start
    edits = [*_heads(document, plan, target, path, out), *_dates(document, years)]
    text = _apply(source, edits)
    text = _with_rules(text, [_habit_line(habit, plan.year) for habit in habits])
    return Draft(_with_preface(text, plan, target, findings, (path, out)), tuple(findings))


def habits_of(plan: Plan, schedule: Schedule) -> tuple[Habit, ...]:
    """Return the habits that a schedule of the plan shows, one at most for each part."""
    found = []
    for programme in plan.programmes:
        for node in programme.components or (programme,):
            part = programme.id if node is programme else f"{programme.id}.{node.id}"
            sessions = [s for s in schedule.sessions if _part_of(s.series) == part]
            habit = _habit(part, sessions)
            found += [habit] if habit else []
    return tuple(found)


def _part_of(series: str) -> str:
    """Return the part of a series id, without its term and group."""
    return re.sub(r"(-t\d+)?(-g\d+)?$", "", series)


def _habit(part: str, sessions: Sequence[Session]) -> Habit | None:
    if len(sessions) < _FEWEST:
        return None
    patterns = Counter((session.day.weekday(), session.start) for session in sessions)
    (weekday, start), kept = min(patterns.items(), key=lambda item: (-item[1], item[0]))
    if kept < _FEWEST or kept / len(sessions) < _SHARE:
        return None
    on_it = [s for s in sessions if (s.day.weekday(), s.start) == (weekday, start)]
    weeks = Counter(week_of_month(session.day) for session in on_it)
    week, times = min(weeks.items(), key=lambda item: (-item[1], item[0]))
    return Habit(part, weekday, start, week if times / kept >= _WEEK_SHARE else None, kept, len(sessions))


def _habit_line(habit: Habit, year: FiscalYear) -> str:
    week = f", week: {habit.week}" if habit.week else ""
    why = f"{year}は{habit.sessions}回のうち{habit.kept}回がこの曜日と時刻"
    day = WEEKDAYS[habit.weekday]
    where = f'weekdays: {day}, start: "{clock(habit.start)}"{week}'
    return f"  - {{rule: habit, programmes: {habit.part}, {where}, why: {why}}}"


def _heads(document: Document, plan: Plan, target: FiscalYear, path: Path, out: Path) -> Iterator[_Edit]:
    """Change the year, the title, the id, and the paths to the files beside the plan."""
    old, new = str(plan.year), str(target)
    era = re.compile(rf"{re.escape(_era_tag(plan.year))}$")
    values = {
        "year": new,
        "title": plan.title.replace(old, new),
        "id": era.sub(_era_tag(target), plan.id) if era.search(plan.id) else f"{plan.id}-{target.start}",
        "published": named_from(plan.published, path, out) if plan.published else "",
    }
    resources = document.value.get("resources") if isinstance(document.value, dict) else None
    if isinstance(resources, str):
        values["resources"] = named_from(resources, path, out)
    for key, value in values.items():
        node = document.node_at((key,))
        if value and isinstance(node, ScalarNode):
            yield _replace(node, value)


def _era_tag(year: FiscalYear) -> str:
    """Return r6 for 令和6年度."""
    return f"r{year.start - 2018}"


def _replace(node: ScalarNode, text: str) -> _Edit:
    """Write a scalar anew, in the quotes that it had."""
    quote = node.style if node.style in ("'", '"') else ""
    return _Edit(node.start_mark.index, node.end_mark.index, f"{quote}{text}{quote}")


def _dates(document: Document, years: int) -> Iterator[_Edit]:
    for node in document.scalars():
        later = _later(node.value, years)
        if later:
            yield _replace(node, later)


def _later(text: str, years: int) -> str | None:
    """Move days that name their year by some years, None where the text is no such days.

    A single day goes to the same weekday (a Saturday's festival stays on a Saturday), a stretch
    of days keeps its dates (12/29 to 1/3, all of August).
    """
    try:
        first, last = parse_days(text)
    except ValueError:
        return None
    if first.year is None and last.year is None:
        return None
    if first == last:
        day = date(first.year or 0, first.month, first.day)
        return (day + timedelta(weeks=round(years * 365.25 / 7))).isoformat()
    return f"{_same_date(first, years)}〜{_same_date(last, years)}"


def _same_date(day: YearlyDay, years: int) -> YearlyDay:
    """Return a day some years later; 2/29 becomes 2/28 where the year has none."""
    if day.year is None:
        return day
    year = day.year + years
    return YearlyDay(day.month, min(day.day, monthrange(year, day.month)[1]), year)


def _moved_dates(document: Document, years: int) -> Iterator[Finding]:
    for node in document.scalars():
        place = Place(document.file, node.start_mark.line + 1, node.start_mark.column + 1)
        later = _later(node.value, years)
        if later:
            text = (_KEPT if "〜" in later else _MOVED).fill(old=plain(node.value), new=plain(later))
            yield Finding("date-moved", Severity.WARNING, text, place)
        elif _DATE.search(node.value):
            yield Finding("date-left", Severity.WARNING, _LEFT.fill(text=plain(node.value)), place)


def _kept_dates(plan: Plan) -> Iterator[Finding]:
    """Name the dates of frequencies (年2回(10/31・11/23)), which fall on other weekdays in another year."""
    for programme in plan.programmes:
        for node in programme.components or (programme,):
            terms = node.frequency.terms if node.frequency else ()
            days = [day for term in terms for day in (*term.dates, *_starts(term))]
            if days:
                text = _SAME.fill(name=node.name, first=days[0], days=len(days))
                yield Finding("date-kept", Severity.WARNING, text, programme.place)


def _starts(term: Term) -> Iterator[YearlyDay]:
    """Yield the day from which a rhythm is counted (4月14日から): next year it is another weekday."""
    if is_rhythm(term) and term.every > 1:
        yield from (first for first, _ in term.within if first.day > 1)


def _new_rows(plan: Plan, published: PublishedPlan | None) -> Iterator[Finding]:
    """Name what the published table says of this year alone: 新規, 開始, 第10期 第3回."""
    for programme in plan.programmes:
        row = published.row(programme.published.line) if published and programme.published else None
        if row is None:
            continue
        if row.is_new:
            yield Finding("new-mark", Severity.NOTE, _NEW.fill(name=programme.name), programme.place)
        for mark in row.marks:
            if mark.kind is MarkKind.START:
                text = _START.fill(name=programme.name, mark=mark.text, month=mark.months[0])
                yield Finding("start-month", Severity.WARNING, text, programme.place)
            if mark.kind is MarkKind.LABEL:
                text = _LABEL.fill(name=programme.name, mark=mark.text)
                yield Finding("label", Severity.WARNING, text, programme.place)


def _apply(source: str, edits: Sequence[_Edit]) -> str:
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        source = source[: edit.start] + edit.text + source[edit.end :]
    return source


def _with_rules(text: str, lines: Sequence[str]) -> str:
    """Add rules at the end of the plan's list of rules, which is written last."""
    if not lines:
        return text
    body = text.rstrip("\n")
    has_rules = re.search(r"^rules:\s*$", body, re.MULTILINE)
    last_key = re.findall(r"^(\w+):", body, re.MULTILINE)[-1]
    if has_rules and last_key == "rules":
        return "\n".join([body, "  # 前年度の習慣", *lines]) + "\n"
    if has_rules:
        head, tail = body[: has_rules.end()], body[has_rules.end() :]
        return "\n".join([head, "  # 前年度の習慣", *lines]) + tail + "\n"
    return "\n".join([body, "", "rules:", "  # 前年度の習慣", *lines]) + "\n"


def _with_preface(
    text: str, plan: Plan, target: FiscalYear, findings: Sequence[Finding], files: tuple[Path, Path]
) -> str:
    """Say on top where the plan comes from; the line that names its schema for editors stays first."""
    lines = [f"# {target}の案: {plan.year}の計画と予定から ksolve draft が作りました。"]
    lines += ["# そのままは引き継げないもの:"] if findings else []
    lines += [f"#   {finding.text.ja}" for finding in findings]
    schema = SCHEMA_LINE.match(text)
    if schema:
        first = f"{schema[1]}{named_from(schema[2], *files)}"
        return "\n".join([first, *lines, text[schema.end() + 1 :]])
    return "\n".join([*lines, text])


_NEW = Text("{name}: 「新規」は前年度の印です", "{name}: 新規 was a mark of the year before")
_START = Text(
    "{name}: 前年度は{month}月に「{mark}」。今年度は年度初めからの事業か確かめてください",
    "{name}: {mark} in month {month} of the year before; see whether it now runs from April",
)
_LABEL = Text(
    "{name}: 前年度の印「{mark}」は今年度の番号に直してください",
    "{name}: the label {mark} is of the year before; number it anew",
)
_SAME = Text(
    "{name}: 実施回数の日付({first} など{days}日)は前年度のままです。今年度の日付に直してください",
    "{name}: the dates of its frequency ({first}, {days} in all) are of the year before; write this year's",
)
_KEPT = Text(
    "期間 {old} は同じ日付の {new} に移しました", "the days {old} are moved to {new}, the same dates"
)
_LEFT = Text("「{text}」の中の日付は、そのままにしました", "the date within {text} is left as it was")
_MOVED = Text(
    "日付 {old} は同じ曜日の {new} に移しました", "the date {old} is moved to {new}, the same weekday"
)
