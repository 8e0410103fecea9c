"""What a draft of a plan does not carry over from its table, or adds to it: findings with their lines."""

from __future__ import annotations

from collections.abc import Iterator

from ksolve.calendar import WEEKDAYS_EN, FiscalYear, show_days, show_weekdays
from ksolve.findings import Finding, Severity
from ksolve.frequency import Frequency
from ksolve.plan.closings import closing_of
from ksolve.plan.encodable import is_dated
from ksolve.plan.fixed_days import as_days, fixed_stretches, wished_weekdays
from ksolve.plan.runs import days_of_course, run_of
from ksolve.plan.skeleton_centre import closed_days
from ksolve.plan.unheld import RUNNING, TWO_WAYS, unheld
from ksolve.published import PublishedPlan, PublishedRow
from ksolve.text import Text


def findings_of_draft(published: PublishedPlan, year: FiscalYear) -> Iterator[Finding]:
    """Yield what is assumed of the calendar, what each row loses, and the days that are wished for."""
    if closing := closing_of(published):
        yield Finding("closing-assumed", Severity.NOTE, closing.text, None, remedy=_CALENDAR)
    closed = closed_days(published, year)
    for row in published.rows:
        place = published.place_of(row.line)
        for name, frequency in _frequencies(row):
            by_dates = frequency is row.frequency and is_dated(row, year)
            for what in () if by_dates else unheld(frequency):
                run = run_of(row) if what is RUNNING else None
                if run:
                    text = (_DAY_BY_DAY if run.is_day_by_day else _RUN).fill(name=name, days=max(run.gaps))
                    yield Finding("run-offered", Severity.NOTE, text, place, remedy=_DELETE)
                elif what is not TWO_WAYS:  # it has a finding of its own
                    text = _LEFT_OUT.fill(name=name, frequency=frequency.text, what=what)
                    yield Finding("not-carried-over", Severity.WARNING, text, place, remedy=_BY_HAND)
        if ends := days_of_course(row, year, closed):
            text = _WEEKLY.fill(name=row.name, days=show_days(as_days([ends])))
            yield Finding("run-offered", Severity.NOTE, text, place, remedy=_DELETE)
        stretches = list(fixed_stretches(row, year))
        if stretches:
            days = show_days(as_days(stretches[-1]))
            text = _WISHED.fill(name=row.name, days=days)
            yield Finding("fixed-day-offered", Severity.NOTE, text, place, remedy=_DELETE)
        weekdays = wished_weekdays(row, year)
        if weekdays:
            english = ", ".join(WEEKDAYS_EN[day] for day in sorted(weekdays))
            text = _ON_WEEKDAYS.fill(name=row.name, days=Text(f"{show_weekdays(weekdays)}曜日", english))
            yield Finding("weekdays-offered", Severity.NOTE, text, place, remedy=_DELETE)


def _frequencies(row: PublishedRow) -> Iterator[tuple[str, Frequency]]:
    if row.frequency:
        yield row.name, row.frequency
    for part in row.components:
        yield f"{row.name} {part.name}", part.frequency


_LEFT_OUT = Text(
    "{name}: 「{frequency}」のうち{what}は、計画には書けないので除きました",
    "{name}: {frequency}: {what} cannot be said in a plan and is left out",
)
_BY_HAND = Text(
    "必要なら、計画の rules(記入表では「その他」)に書くか、日付で書いてください",
    "if it matters, write it as rules (in a form: other), or as dates",
)
_WISHED = Text(
    "{name}: 名前か時期の言葉から、{days} に行うのを希望としました",
    "{name}: by its name, or the words for when, {days} is wished for",
)
_RUN = Text(
    "{name}: 続けて行うことは、次の回まで{days}日以内、同じ曜日・時刻という希望にしました",
    "{name}: that the sessions run on is a wish: at most {days} days on, same weekday and start",
)
_WEEKLY = Text(
    "{name}: 始まりが書かれた毎週の講座なので、{days} に続けて行うのを希望としました",
    "{name}: a weekly course that says when it begins: {days} is wished for",
)
_DAY_BY_DAY = Text(
    "{name}: 日を続けて行うことは、希望としました",
    "{name}: that it is held on days in a row is a wish",
)
_ON_WEEKDAYS = Text(
    "{name}: 名前や対象から、{days}に行うのを希望としました",
    "{name}: by its name or for whom it is, {days} are wished for",
)
_CALENDAR = Text(
    "違うときは、表に ※毎週月曜日は休館 のように書くか、計画の calendar の open と closed を直してください",
    "if it is otherwise, write ※毎週月曜日は休館 below the table, or mend the plan's calendar",
)
_DELETE = Text(
    "違うときは、計画のその希望を消してください", "if it is another day, delete the wish in the plan"
)
