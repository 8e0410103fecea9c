"""What others decide: rules that keep sessions off the days of external calendars."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from ksolve.calendar import days_within
from ksolve.expand.series import Part
from ksolve.plan.external import ExternalCalendar
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


def events_of_others(plan: Plan) -> dict[date, tuple[Text, ...]]:
    """Return what others hold on each date of the year, tentative days said so; closures are not among it."""
    found: dict[date, tuple[Text, ...]] = defaultdict(tuple)
    for calendar in plan.resources.external:
        for taken in taken_days(calendar, plan) if calendar.effect != "closed" else ():
            name = taken.name or calendar.name
            for day in days_within([taken.days], plan.year):
                found[day] += (_TENTATIVE.fill(name=name) if taken.tentative else plain(name),)
    return dict(found)


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
