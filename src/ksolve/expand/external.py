"""What others decide: rules that keep sessions off the days of external calendars."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ksolve.calendar import MONTHS, WEEKDAYS, WEEKDAYS_EN, FiscalYear, days_within
from ksolve.clock import show_spans
from ksolve.expand.series import Part
from ksolve.plan.external import EFFECTS, ExternalCalendar
from ksolve.plan.schema import Plan
from ksolve.problem import Posted, Tier
from ksolve.rules.external_dates import ExternalDates, TakenDays
from ksolve.text import Text, plain


def external_rules(plan: Plan, parts: Iterable[Part]) -> Iterator[Posted]:
    """Yield a rule for each series that the blocked or avoided days of an external calendar concern."""
    parts = tuple(parts)
    for calendar in plan.resources.external:
        if calendar.effect == "info":
            continue
        closes = calendar.effect == "closed"
        taken = tuple(one for one in taken_days(calendar, plan) if one.hours or not closes)
        if not taken:
            continue
        tier = Tier.QUIET if calendar.effect == "avoided" else None
        rule = ExternalDates(of=calendar.name, taken=taken)
        for part in parts:
            bound = part if calendar.is_for_all else part.bound_by(calendar.programmes, calendar.tags)
            spares = {spare.id: series for series, spare in part.reserves}
            for series in (*part.all_series, *(spare for _, spare in part.reserves)):
                is_named = bound is not None and spares.get(series.id, series) in bound.all_series
                if is_named or not series.audiences.isdisjoint(calendar.audiences):
                    yield Posted(
                        rule, (series,), series.name, tier, calendar.weight, calendar.place, calendar.why
                    )


def taken_days(calendar: ExternalCalendar, plan: Plan) -> tuple[TakenDays, ...]:
    """Return the days that a calendar takes in a plan's year."""
    year = plan.year
    found = (taken for entry in calendar.entries for taken in entry.taken(year))
    return tuple(
        taken
        for taken in found
        if taken.days[0].within(year) <= year.last and taken.days[1].within(year) >= year.first
    )


def events_of_others(plan: Plan, *, public: bool = False) -> dict[date, tuple[Text, ...]]:
    """Return what others hold on each date of the year, with its hours; closures are not among it.

    Tentative days are said to be so.
    With `public` that of the calendars alone which may be published.
    """
    found: dict[date, tuple[Text, ...]] = defaultdict(tuple)
    for calendar in plan.resources.external if not public else filter(_is_public, plan.resources.external):
        for taken in taken_days(calendar, plan) if calendar.effect != "closed" else ():
            hours = f" {show_spans(taken.hours)}" if taken.hours else ""
            name = f"{taken.name or calendar.name}{hours}"
            for day in days_within([taken.days], plan.year):
                found[day] += (_TENTATIVE.fill(name=name) if taken.tentative else plain(name),)
    return dict(found)


@dataclass(frozen=True, slots=True)
class OthersRow:
    """A calendar of others as a row of a year: what it means for the sessions, its days in each month."""

    name: str
    effect: Text
    months: tuple[Text, ...]


def rows_of_others(plan: Plan) -> tuple[OthersRow, ...]:
    """Return a row for each external calendar that has days in the year, in the order of the plan."""
    found = []
    for calendar in plan.resources.external:
        taken = taken_days(calendar, plan)
        months = tuple(_in_month(taken, plan.year, month) for month in MONTHS)
        if taken:
            found.append(OthersRow(calendar.name, EFFECTS[calendar.effect], months))
    return tuple(found)


def _in_month(taken: Iterable[TakenDays], year: FiscalYear, month: int) -> Text:
    """Return the days of a month that are taken: 2〜24、30(火)(仮)."""
    first, last = year.month(month)
    each = []
    for one in taken:
        days = [day for day in days_within([one.days], year) if first <= day <= last]
        if days:
            each.append(_TENTATIVE.fill(name=_days_of(days)) if one.tentative else _days_of(days))
    return Text("、".join(text.ja for text in each), ", ".join(text.en for text in each))


def _days_of(days: Sequence[date]) -> Text:
    first, last = days[0], days[-1]
    if first != last:
        return plain(f"{first.day}〜{last.day}")
    weekday = first.weekday()
    return Text(f"{first.day}({WEEKDAYS[weekday]})", f"{first.day} ({WEEKDAYS_EN[weekday]})")


def _is_public(calendar: ExternalCalendar) -> bool:
    return calendar.public


_TENTATIVE = Text("{name}(仮)", "{name} (tentative)")


def tentative_dates(plan: Plan) -> Iterator[Text]:
    """Yield what the reports must say of days that are estimates."""
    for calendar in plan.resources.external:
        texts = [taken.text for taken in taken_days(calendar, plan) if taken.tentative]
        shown, more = texts[:_SHOWN], len(texts) - _SHOWN
        days = Text("、".join(one.ja for one in shown), ", ".join(one.en for one in shown))
        if texts:
            rest = _MORE.fill(more=more) if more > 0 else plain("")
            yield _ESTIMATES.fill(name=calendar.name, days=days, rest=rest)


_SHOWN = 4
_MORE = Text(" ほか{more}件", " and {more} more")
_ESTIMATES = Text("{name}: 仮の日程です({days}{rest})", "{name}: estimated days ({days}{rest})")
