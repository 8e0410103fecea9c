"""A published table to a plan that loads at once: its programmes, and resources to be filled in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from os.path import relpath
from pathlib import Path

from ksolve.calendar import FiscalYear, show_days, show_weekdays
from ksolve.findings import Finding, Severity
from ksolve.frequency import Frequency, Months, Range, count_of_year, read_frequency
from ksolve.plan.encodable import frequency_of_row, frequency_to_hold, is_dated
from ksolve.plan.fixed_days import (
    as_days,
    fixed_stretches,
    is_in_morning,
    wished_weekdays,
)
from ksolve.plan.runs import Run, days_of_course, run_of
from ksolve.plan.skeleton_centre import AFTERNOON, MORNING, centre, closed_days, kinds_of, opened_for
from ksolve.plan.skeleton_wishes import usual_wishes
from ksolve.plan.yaml_text import one_line, quoted
from ksolve.published import Component, PublishedPlan, PublishedRow
from ksolve.published.row.content import OMITTED
from ksolve.published.row.particulars import HOURS, half_of_day
from ksolve.published.row.programme import NEW
from ksolve.published.rows import HeldWith
from ksolve.text import Lang, Text


def skeleton(published: PublishedPlan, year: FiscalYear, target: Path, lang: Lang = "ja") -> str:
    """Return a plan file for a published table, to be written to `target`.

    Each row is a programme, with every finding about it as a comment before it. Rooms, staff,
    opening hours and wishes are placeholders, marked as assumed: the table says nothing about them.
    """
    lines = [*_head(published, year, target, lang), *_programmes(published, year, lang)]
    return "\n".join([*lines, *usual_wishes(lang), ""])


def _head(published: PublishedPlan, year: FiscalYear, target: Path, lang: Lang) -> Iterator[str]:
    title = published.title or Path(published.file).stem
    yield f"# {_MADE(lang)}"
    yield "schema: 1"
    yield f"id: {re.sub('[^a-z0-9_-]', '', target.stem.lower()).lstrip('0123456789_-') or 'plan'}"
    yield f"title: {quoted(title)}"
    yield f"year: {year}"
    yield f"published: {quoted(relpath(published.file, target.parent))}"
    if published.columns:
        yield f"published_columns: [{', '.join(map(quoted, published.columns))}]"
    yield ""
    yield from centre(published, year, lang)


def _programmes(published: PublishedPlan, year: FiscalYear, lang: Lang) -> Iterator[str]:
    """Yield the programmes in the order of the table, each below what had to be said about it."""
    yield "programmes:"
    waiting = sorted(published.findings, key=lambda found: published.line_of(found.place))
    hosts, kinds = dict(_hosts(published)), kinds_of(published)
    names, closed = _names(published, lang), closed_days(published, year)
    category = ""
    for row in published.rows:
        said = [found for found in waiting if published.line_of(found.place) <= row.line]
        waiting = waiting[len(said) :]
        if row.category and row.category != category:
            category = row.category
            yield f"  # ── {one_line(category)} ──"
        yield from _comments(said, lang)
        opened = opened_for(row, published, year)
        around = _Around(names[row.line], kinds[row.line], opened, closed)
        yield from _programme(row, year, hosts, around, lang)
    yield from _comments(waiting, lang)


def _comments(findings: Iterable[Finding], lang: Lang) -> Iterator[str]:
    for found in findings:
        sheet = f"[{found.place.sheet}]" if found.place and found.place.sheet else ""
        where = f"{sheet}{found.place.line}:{found.place.column} " if found.place else ""
        then = f" → {one_line(found.resolution(lang))}" if found.resolution else ""
        error = f"{found.severity.text(lang)} " if found.severity is Severity.ERROR else ""
        yield f"  # {error}{where}[{found.rule}] {one_line(found.text(lang))}{then}"


def _names(published: PublishedPlan, lang: Lang) -> Mapping[int, str]:
    """Return the name of each row by its line; one that several facilities hold names its own."""
    at: dict[str, set[str]] = {}
    for row in published.rows:
        at.setdefault(row.name, set()).add(row.facility)
    return {
        row.line: (f"{row.name}({row.facility})" if row.facility and len(at[row.name]) > 1 else row.name)
        or _NAMELESS(lang)
        for row in published.rows
    }


@dataclass(frozen=True, slots=True)
class _Around:
    """What a programme's entry takes from the rest of the plan: its name there, and so on."""

    name: str
    kind: str
    opened: Sequence[date]
    closed: Collection[date]


def _programme(
    row: PublishedRow, year: FiscalYear, hosts: dict[str, str], around: _Around, lang: Lang
) -> Iterator[str]:
    text, why = frequency_of_row(row, year, lang)
    parts = list(_parts(row, hosts, lang))
    if parts and text and not _adds_up(row):
        text, why = "", _NO_SUM(lang)
    yield f"  - id: {_id(row)}"
    yield f"    name: {quoted(around.name)}"
    yield f"    published: {{line: {row.line}}}"
    yield from _in_words(row)
    yield from _opened(around.opened if text or parts else (), lang)
    if text:
        yield f"    frequency: {quoted(text)}"
    if text and not parts and not read_frequency(text).is_service:
        yield f"    session: {around.kind}"
    if not parts:
        if not is_dated(row, year):
            yield from _marks(row, "", "    ")
        yield from _day_rules(row, year, around.closed, lang) if text else ()
        yield from _together(row.binding, _id(row), hosts, "    ")
    if row.is_unread and not text:
        yield f"    # {_TO_WRITE(lang)}"
    if why:
        yield f"    why: {quoted(why)}"
    if parts:
        yield f"    session: {around.kind}"
        yield "    components:"
        yield from parts


def _opened(days: Sequence[date], lang: Lang) -> Iterator[str]:
    """Yield the days on which the centre opens for a programme alone."""
    if days:
        yield f"    # {_OPENED(lang)}"
        yield f"    opened: [{', '.join(f'{day.month}/{day.day}' for day in days)}]"


def _day_rules(row: PublishedRow, year: FiscalYear, closed: Collection[date], lang: Lang) -> Iterator[str]:
    """Yield the dates of a row that are not all its sessions, and the days and start that its name tells."""
    days = sorted(set(row.days_in(year)))
    rules = []
    if days and not (row.is_service or is_dated(row, year)):
        listed = ", ".join(f'"{day}"' for day in days)
        rules.append(f"{{rule: on_dates, days: [{listed}], tier: fit, why: {PUBLISHED_DATES(lang)}}}")
    for stretches in fixed_stretches(row, year):
        listed = ", ".join(show_days([stretch]) for stretch in as_days(stretches))
        rules.append(f"{{rule: in_dates, days: [{listed}], tier: fit, why: {_BY_NAME(lang)}}}")
    weekdays = wished_weekdays(row, year)
    if weekdays:
        listed = show_weekdays(weekdays)
        rules.append(f"{{rule: weekdays, weekdays: {listed}, tier: pattern, why: {_BY_NAME(lang)}}}")
    rules += _run_rules(run_of(row), lang)
    if ends := days_of_course(row, year, closed):
        listed = show_days(as_days([ends]))
        rules.append(f"{{rule: in_dates, days: [{listed}], tier: fit, why: {_COURSE(lang)}}}")
    if half := next((half_of_day(said) for heading, said in row.remarks if heading == HOURS), ""):
        start, why = (MORNING if half == "午前" else AFTERNOON), _BY_HALF.fill(half=half)(lang)
        rules += (
            []
            if row.is_publication or row.is_service
            else [f'{{rule: start_times, starts: ["{start}"], why: {why}}}']
        )
    elif is_in_morning(row):
        rules.append(f'{{rule: start_times, starts: ["{MORNING}"], tier: pattern, why: {_BY_NAME(lang)}}}')
    yield from ["    rules:", *(f"      - {rule}" for rule in rules)] if rules else []


def _run_rules(run: Run | None, lang: Lang) -> list[str]:
    """Return the wishes for a course that runs on."""
    if run is None:
        return []
    why = _RUNNING(lang)
    if run.is_day_by_day:
        days = f"{{rule: day_runs, length: {run.sessions}, tier: fit, why: {_DAY_BY_DAY(lang)}}}"
        return [days, f"{{rule: steady_pattern, weekdays: no, why: {_DAY_BY_DAY(lang)}}}"]
    gaps = [f"{{rule: max_gap, days: {days}, tier: pattern, why: {why}}}" for days in run.gaps]
    return [*gaps, f"{{rule: steady_pattern, why: {why}}}"]


def _in_words(row: PublishedRow) -> Iterator[str]:
    """Yield what the row is, for whom, and how to sign up; components say themselves what they are."""
    text = row.content.replace(NEW, "").strip()
    text = text.removeprefix(row.name).strip() if row.name else text
    if text and not row.components and not text.startswith(OMITTED):
        yield f"    description: {quoted(text)}"
    if row.audience:
        yield f"    for: {quoted(row.audience)}"
    remarks = list(row.remarks)
    sign_up = next((remark for remark in remarks if "".join(remark[0].split()) in _SIGN_UP), None)
    if sign_up:
        remarks.remove(sign_up)
        yield f"    sign_up: {quoted(sign_up[1])}"
    for heading, said in remarks:
        yield f"    # {one_line(heading)}: {one_line(said)}"


_SIGN_UP = ("申込", "申込み", "申し込み", "申込方法", "申込み方法", "申し込み方法")
"""Headings of a column that says how to sign up."""


def _id(row: PublishedRow) -> str:
    return f"line-{row.line}"


def _adds_up(row: PublishedRow) -> bool:
    """Whether the components can make up the row's own count."""
    counts = [part.count for part in row.components if part.open or part.frequency.terms]
    counts += [Range(count, count) for _, count in row.parts]
    if row.frequency is None or row.frequency.is_service or not counts:
        return True
    whole = sum((count_of_year(term) for term in row.frequency.terms), Range(0, 0))
    total = sum((Range(0, None) if part.open else part.count for part in row.components), Range(0, 0))
    total += sum((Range(count, count) for _, count in row.parts), Range(0, 0))
    too_many = whole.high is not None and total.low > whole.high
    too_few = total.high is not None and total.high < whole.low
    return not (too_many or too_few)


def _parts(row: PublishedRow, hosts: dict[str, str], lang: Lang) -> Iterator[str]:
    for number, part in enumerate(row.components, start=1):
        yield from _component(row, part, number, hosts, lang)
    for number, (name, count) in enumerate(row.parts, start=len(row.components) + 1):
        yield f"      - id: part-{number}"
        yield f"        name: {quoted(name)}"
        yield f"        frequency: 年{count}回"
        yield from _marks(row, name, "        ")


def _component(
    row: PublishedRow, part: Component, number: int, hosts: dict[str, str], lang: Lang
) -> Iterator[str]:
    yield f"      - id: part-{number}"
    yield f"        name: {quoted(part.name)}"
    if part.note and not part.note.startswith(OMITTED):
        yield f"        description: {quoted(part.note)}"
    text, why = frequency_to_hold(part.frequency, None, lang)
    if part.open and row.frequency and not row.frequency.is_service:
        yield "        frequency: 不定期"
        yield "        remainder: true"
        return
    if text:
        yield f"        frequency: {quoted(text)}"
    if row.is_service and part.frequency.terms:
        yield "        optional: true"
    yield from _together(part.binding, f"{_id(row)}.part-{number}", hosts, "        ")
    if why:
        yield f"        why: {quoted(why)}"


def _marks(row: PublishedRow, part: str, indent: str) -> Iterator[str]:
    """Yield the windows that the row's marks name: in words, with the number of sessions if several."""
    run = run_of(row)
    if run and run.starts:
        yield f"{indent}marks: [{run.starts}月]"  # the first of them; the others run on
        return
    placing = [promise for promise in row.promises if promise.part == part and promise.sessions]
    wanted: Counter[str] = Counter()
    for promise in placing:
        if any(mark.is_placing for mark in promise.marks):
            wanted[str(Months(promise.months))] += promise.sessions
    windows = [
        months if sessions == 1 else f"{{months: {months}, sessions: {sessions}}}"
        for months, sessions in wanted.items()
    ]
    if windows and not row.is_service:
        yield f"{indent}marks: [{', '.join(windows)}]"


def _hosts(published: PublishedPlan) -> Iterator[tuple[str, str]]:
    """Yield the name and id of each row and component that others may be held together with.

    A guest is no host, nor is a row with components or groups.
    """
    for row in published.rows:
        single = row.frequency is not None and _is_single(row.frequency)
        if single and not row.components and not row.parts and not row.binding:
            yield row.name, _id(row)
        for number, part in enumerate(row.components, start=1):
            if _is_single(part.frequency) and not part.binding:
                yield part.name, f"{_id(row)}.part-{number}"


def _is_single(frequency: Frequency) -> bool:
    terms = frequency.terms
    return len(terms) == 1 and terms[0].groups == 1 and terms[0].count is not None


def _together(binding: HeldWith | None, own: str, hosts: dict[str, str], indent: str) -> Iterator[str]:
    host = hosts.get(binding.name) if binding else None
    if binding and host and host != own:
        sessions = f", sessions: {binding.sessions}" if binding.sessions else ""
        yield f"{indent}together: {{with: {host}{sessions}, shared: false}}"


_MADE = Text(
    "公表された表から作った計画の下書きです。# の行は、読み方についての指摘です。",
    "A plan drafted from a published table. The comments are what the reading had to say.",
)
_OPENED = Text(
    "公表された日付が休館日に当たるので、この事業のためにだけ開けます",
    "published dates on which the place is closed: it opens for this programme alone",
)
_NO_SUM = Text(
    "内訳の合計が実施回数と合わないので、実施回数は書いていません",
    "left out: the components do not add up to the frequency",
)
_TO_WRITE = Text(
    "回を入れるには、次の2行を書き足してください: frequency: 年20回 / session: usual",
    "to ask for sessions, add two lines: frequency: 年20回 / session: usual",
)
_NAMELESS = Text("(名前なし)", "(no name)")
_BY_NAME = Text("名前か時期の言葉からの希望です(仮)", '"a wish, by its name or the words for when (assumed)"')
_BY_HALF = Text("公表は「{half}」とだけあります", '"published as {half}, and no more"')
_COURSE = Text("始まりの書かれた毎週の講座です", "a weekly course that says when it begins")
_RUNNING = Text("連続の回です(間隔は仮)", "they run on (the gap is assumed)")
_DAY_BY_DAY = Text("日を続けて行います", "on days in a row")
PUBLISHED_DATES = Text("公表された日付です", "the published dates")
