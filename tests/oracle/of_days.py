"""Rules that ask of each session, or of the days of one series."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from oracle.days import (
    DAYS,
    FIRST,
    HOLIDAYS,
    is_last,
    minute,
    monday,
    month_list_days,
    nth,
    nth_days,
    stretches,
)
from oracle.plan import Plan, listed, month_list, weekday_set
from oracle.view import Held, View, sentence

DAY = timedelta(1)


@sentence
def opening(view: View) -> int:
    hours = view.plan.open_weekly
    return sum(
        one.day not in view.plan.opened_for((one.series,)).is_open
        or not any(a <= one.start and one.end <= b for a, b in hours[one.day.weekday()])
        for one in view.held
    )


@sentence
def in_months(view: View) -> int:
    return sum(one.day.month not in month_list(view.args) for one in view.held)


@sentence
def in_dates(view: View) -> int:
    return sum(one.day not in stretches(view.args["days"]) for one in view.held)


@sentence
def off_dates(view: View) -> int:
    start = view.args.get("start")
    at = [one for one in view.held if start is None or one.start == minute(start)]
    return sum(one.day in stretches(view.args["days"]) for one in at)


@sentence
def external_dates(view: View) -> int:
    """Sessions that share a moment with an entry, which has hours or is all day."""

    def is_taken(one: Held) -> bool:
        for entry in view.args["dates"]:
            days = entry if isinstance(entry, str) else entry["days"]
            begin, end = (0, 24 * 60) if days is entry else map(minute, entry["hours"].split("-"))
            if one.day in stretches([days]) and one.start < end and begin < one.end:
                return True
        return False

    return sum(is_taken(one) for one in view.held)


@sentence
def reserve(view: View) -> int:
    """In the order of days each session is followed by its reserve dates, the last of them soon enough."""
    number, within = view.number("dates", 1), view.number("within", 14)
    order: list[tuple[date, bool]] = sorted((one.day, one.series.endswith("-reserve")) for one in view.held)
    days = [day for day, _ in order]
    wanted = [is_spare for _ in range(len(order) // (number + 1)) for is_spare in (False, *[True] * number)]
    if [is_spare for _, is_spare in order] != wanted:
        return 1
    runs = [days[at : at + number + 1] for at in range(0, len(days), number + 1)]
    follows = all(run[-1] < other[0] for run, other in pairwise(runs))
    return sum(run[0] == run[1] or (run[-1] - run[0]).days > within for run in runs) + (not follows)


@sentence
def month_days(view: View) -> int:
    return sum(one.day.day not in set(map(int, view.args["days"])) for one in view.held)


@sentence
def weekdays(view: View) -> int:
    nths = list(map(int, view.args.get("nths", ())))

    def allowed(day: date) -> bool:
        which = not nths or nth(day) in nths or (-1 in nths and is_last(day))
        return which and day.weekday() in weekday_set(view.args)

    return sum(not allowed(one.day) for one in view.held)


@sentence
def start_times(view: View) -> int:
    return sum(one.start not in set(map(minute, listed(view.args["starts"]))) for one in view.held)


@sentence
def beside_closures(view: View) -> int:
    side, shut = view.args.get("side", "both"), view.plan.closures | HOLIDAYS

    def beside(day: date) -> bool:
        before = side in {"before", "both"} and day + DAY in shut
        after = side in {"after", "both"} and day - DAY in shut
        return before or after

    return sum(beside(one.day) for one in view.held)


@sentence
def habit(view: View) -> int:
    places = listed(view.args["days"])
    usual = {cell for text in places for cell in _usual_cells(view, text)}
    made_up = {day for text in places for day in _made_up(view, text)}
    return sum((one.day, one.start) not in usual and one.day not in made_up for one in view.held)


def _named(text: str) -> list[date]:
    """The dates of 5月の第1火 10:00."""
    days = text.partition(" ")[0]
    months, _, days = days.rpartition("の")
    weekday, wanted = "月火水木金土日".index(days[-1]), days[:-1]
    return [
        day
        for day in sorted(DAYS)
        if day.weekday() == weekday
        and (not wanted or wanted == f"第{nth(day)}" or (wanted == "最終" and is_last(day)))
        and (not months or months == f"{day.month}月")
    ]


def _made_up(view: View, text: str) -> set[date]:
    """The days of a week that make up for a closed day of every week."""
    fine = _fine(view, minute(text.partition(" ")[2]))
    if text.partition(" ")[0].rpartition("の")[2] not in "月火水木金土日" or "closed" in view.args:
        return set()
    gone = {monday(day) for day in _named(text) if day not in fine}
    return {day for day in fine if monday(day) in gone}


def _fine(view: View, start: int) -> set[date]:
    """The days on which the centre is open at a usual time, and which are not avoided."""
    minutes = max(view.plan.series[name].minutes for name in view.rule.series)
    hours = view.plan.open_weekly
    return {
        day
        for day in view.own.is_open - view.plan.quiet
        if any(a <= start and start + minutes <= b for a, b in hours[day.weekday()])
    }


def _usual_cells(view: View, text: str) -> Iterator[tuple[date, int]]:
    """The dates of 5月の第1火 10:00: each closed one where it goes."""
    start = text.partition(" ")[2]
    fine = _fine(view, minute(start))
    closed = view.args.get("closed", "either")
    for day in _named(text):
        month = {other for other in DAYS if other.month == day.month}
        week = {day, day + 7 * DAY, day - 7 * DAY} & month
        if day in fine or closed == "skip":
            goes = {day} & fine
        elif closed in {"next_week", "previous_week"}:
            goes = {day + (7 if closed == "next_week" else -7) * DAY} & month & fine or week
        elif closed == "next_open":
            goes = set(sorted(other for other in month & fine if other > day)[:1]) or week
        else:
            goes = week
        yield from ((other, minute(start)) for other in goes)


@sentence
def on_dates(view: View) -> int:
    start, wanted = view.args.get("start"), stretches(view.args["days"])
    return sum(
        len(wanted - {one.day for one in held if start is None or one.start == minute(start)})
        for held in view.each_series()
    )


@lru_cache(4096)
def moved(plan: Plan, months: tuple[int, ...], closed: str, shut: frozenset[date], day: date) -> date | None:
    """Where a session of a closed day goes, `shut` being days that count as closed for it.

    A week on, and another; or day by day on or back; never into a month that is not named, but then the
    other way within its own month; left out where that finds nothing either.
    """
    usable = plan.is_open - shut
    if day in usable or closed == "skip":
        return day if day in usable else None
    pace = timedelta({"next_week": 7, "next_open": 1, "previous_open": -1}[closed])
    on = day + pace
    while on in month_list_days(months):
        if on in usable:
            return on
        on += pace
    back = day - pace
    while back.month == day.month and back in DAYS:
        if back in usable:
            return back
        back -= pace
    return None


@sentence
def fixed_pattern(view: View) -> int:
    """Two that come to lie on one date are one."""
    months, nths = month_list(view.args), list(map(int, view.args["nths"]))
    closed = view.args.get("closed", "next_week")
    days = [day for month in months for day in nth_days(month, weekday_set(view.args), nths)]
    units = 0
    for name, held in zip(dict.fromkeys(view.rule.series), view.each_series(), strict=True):
        plan = view.plan.opened_for((name,))
        wanted = {to for day in days if (to := moved(plan, months, closed, frozenset(), day))}
        units += _differ(wanted, held)
    return units


def _differ(wanted: Collection[date], held: list[Held]) -> int:
    """How many are missing, and how many are too many."""
    days, each = Counter(one.day for one in held), Counter(set(wanted))
    return (each - days).total() + (days - each).total()


@sentence
def rhythm(view: View) -> int:
    """Against the choice of weeks, and of the stretch of them where there are so many, that fits best."""
    weeks = view.number("weeks", 2)
    since = min(stretches(view.args["since"])) if "since" in view.args else None
    firsts = [monday(since)] if since else [monday(FIRST) + 7 * n * DAY for n in range(weeks)]
    units = 0
    for held in view.each_series():
        units += min(_out_of_rhythm(view, held, first, since or FIRST) for first in firsts)
    return units


def _out_of_rhythm(view: View, held: list[Held], first: date, since: date) -> int:
    months, weeks = month_list(view.args), view.number("weeks", 2)
    mine = _of_weeks(months, weeks, first, since)
    if "weekdays" not in view.args:
        return _in_weeks(view, held, mine)
    holidays = view.args.get("holidays", "open")
    if holidays == "skip":
        mine = tuple(day for day in mine if day not in HOLIDAYS)
    shut = HOLIDAYS if holidays in {"closed", "skip"} else frozenset()  # what is left out takes nothing
    closed = view.args.get("closed", "skip")
    there = [day for day in mine if day.weekday() in weekday_set(view.args)]
    wanted = sorted({day for at in there if (day := moved(view.own, months, closed, shut, at))})
    size = view.number("sessions") or len(wanted)
    ways = [wanted[at : at + size] for at in range(max(1, len(wanted) - size + 1))]
    return min(_differ(way, held) + max(0, size - len(way)) for way in ways)


@lru_cache(4096)
def _of_weeks(months: tuple[int, ...], weeks: int, first: date, since: date) -> tuple[date, ...]:
    """The days of some months in every so many weeks, counted from the Monday `first`."""
    days = (day for day in DAYS if day >= since and day.month in months)
    return tuple(day for day in days if (monday(day) - first).days % (7 * weeks) == 0)


def _in_weeks(view: View, held: list[Held], days: tuple[date, ...]) -> int:
    """So many on any open days of each such week, no more than it has of them."""
    mine = [day for day in days if day in view.own.is_open]
    low = view.number("low", 1)
    high = view.number("high", len(held) if "low" in view.args else 1)
    are_open = Counter(monday(day) for day in mine)
    there = Counter(monday(one.day) for one in held if one.day in mine)
    units = sum(one.day not in mine for one in held)
    for week in {monday(day) for day in mine}:
        units += max(0, min(low, are_open[week]) - there[week], there[week] - high)
    return units


@sentence
def min_gap(view: View) -> int:
    least = view.number("days")
    return sum(
        (later.day - earlier.day).days < least
        for held in view.each_series()
        for at, later in enumerate(held)
        for earlier in held[:at]
    )


@sentence
def max_gap(view: View) -> int:
    most = view.number("days")
    return sum((b.day - a.day).days > most for held in view.each_series() for a, b in pairwise(held))


@sentence
def day_runs(view: View) -> int:
    length, step = view.number("length"), view.number("step", 1)
    counted = view.own.open_days if view.args.get("over") == "open" else DAYS
    at = {day: index for index, day in enumerate(counted)}
    units = 0
    for held in view.each_series():
        days = Counter(at[one.day] for one in held if one.day in at)
        units += len(held) - length * _whole_runs(days, length, step)
    return units


def _whole_runs(held: Counter[int], length: int, step: int) -> int:
    """The most runs of `length` days, each session in one; `held` says how many a day has."""
    left, found = Counter(held), 0
    for day in sorted(held):  # each session begins a run, if it belongs to none that began before it
        run = [day + step * n for n in range(length)]
        whole = min(left[other] for other in run)
        left.subtract(dict.fromkeys(run, whole))
        found += whole
    return found


@sentence
def steady_pattern(view: View) -> int:
    weeks, weekdays, units = view.flag("weeks"), view.args.get("weekdays") != "false", 0
    for held in view.each_series():
        seen = Counter(
            (one.start, one.day.weekday() if weekdays else 0, nth(one.day) if weeks else 0) for one in held
        )
        units += len(held) - max(seen.values(), default=0)
    return units


@sentence
def distinct_starts(view: View) -> int:
    return sum(len(held) - len({(one.day, one.start) for one in held}) for held in view.each_series())
