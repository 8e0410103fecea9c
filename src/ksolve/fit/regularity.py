"""規則性: the share of a schedule's sessions that one sentence for each programme predicts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import combinations
from math import ceil

from ksolve.calendar import WEEKDAYS, WEEKDAYS_EN, FiscalYear, YearlyDay, days_within, holidays
from ksolve.clock import clock
from ksolve.problem import Problem, Series
from ksolve.problem.patterns import WEEK, Cell, nth_weekday
from ksolve.problem.schedule import Schedule, Session
from ksolve.text import Text

PUBLISHED, USUAL = (70, 100), Fraction(86, 100)
"""The regularity of ten programmes whose dates towns have published: each in percent, and all together."""
FEWEST = 4
"""Programmes of fewer sessions have no rhythm to speak of."""
_OFTEN = 3
"""From so many sessions a month on a programme has weekdays, and no week of the month."""
_NEW_YEAR = (YearlyDay(12, 29), YearlyDay(1, 3))

DEFINITION = Text(
    "規則性は、事業ごとに一つの文(第2金 10:00、毎週 月10:30・水10:30 など)で言い当てられる回の割合です。"
    "月に3回未満なら曜日・開始時刻・月の第何週か、それより多ければ毎週の曜日と開始時刻が文になります。"
    "文のとおりの回は1、その日が祝日か12/29〜1/3のとき同じ月の翌週(できなければ前の週)の同じ曜日に移した回も1、"
    "曜日と時刻だけが合う回は1/2と数え、年4回未満の事業は除きます。公表された10の事業の予定では70〜100%、"
    "合わせて86%です。",
    "Regularity is the share of sessions that one sentence for each programme predicts (Fri 10:00, week 2 "
    "of the month; every week Mon 10:30, Wed 10:30). Below three a month the sentence has weekday, start and "
    "weeks of the month; above, the weekdays and starts of every week. A session there counts 1; so does one "
    "that a holiday or 12/29 to 1/3 moved to the same weekday a week on (or else back) in the month; one "
    "that keeps weekday and start alone counts 1/2. Programmes of fewer than four sessions are left out. The "
    "dates of ten programmes that towns have published reach 70 to 100 %, 86 % together.",
)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How regular one programme is: the sentence that predicts most, and what it leaves.

    `points` are the sessions that it predicts, half ones among them, of `sessions`; `on_it` of them are
    just there. `moved` says of the others where they are. `slots` are the weekdays and starts that the
    sentence names, `weeks` its weeks of the month (none: every week), `series` the ids that it is about,
    `held` the dates of its sessions.
    """

    name: str
    sentence: Text
    sessions: int
    points: Fraction
    on_it: int
    moved: tuple[Text, ...] = ()
    slots: frozenset[tuple[int, int]] = frozenset()
    weeks: tuple[int, ...] = ()
    series: tuple[str, ...] = ()
    held: frozenset[date] = frozenset()

    @property
    def share(self) -> Fraction:
        """The part of the sessions that the sentence predicts."""
        return self.points / self.sessions

    @property
    def text(self) -> Text:
        """The sentence with how often it holds: 第2金 10:00 (12回のうち11回、5月は1週後(5/3のため))."""
        values = {"sentence": self.sentence, "sessions": self.sessions, "on": self.on_it}
        if self.on_it == self.sessions:
            return _ALWAYS.fill(**values)
        shown = self.moved[:_SHOWN]
        rest = len(self.moved) - len(shown)
        more = (_MORE.fill(rest=rest),) if rest else ()
        listed = (*shown, *more)
        exceptions = Text("、".join(t.ja for t in listed), ", ".join(t.en for t in listed))
        return _MOSTLY.fill(**values, moved=exceptions)


_SHOWN = 3
_ALWAYS = Text("{sentence} (全{sessions}回)", "{sentence} (all {sessions})")
_MOSTLY = Text("{sentence} ({sessions}回のうち{on}回。{moved})", "{sentence} ({on} of {sessions}; {moved})")
_MORE = Text("ほか{rest}回", "{rest} more")


@dataclass(frozen=True)
class Regularity:
    """How regular a schedule is, and each of its programmes that has a rhythm."""

    rhythms: tuple[Rhythm, ...]

    @property
    def sessions(self) -> int:
        """The sessions of the programmes that are counted."""
        return sum(rhythm.sessions for rhythm in self.rhythms)

    @property
    def share(self) -> Fraction | None:
        """The part of the sessions that the sentences predict; None where no programme has a rhythm."""
        if not self.rhythms:
            return None
        return sum((rhythm.points for rhythm in self.rhythms), Fraction(0)) / self.sessions

    @property
    def text(self) -> Text | None:
        """The figure beside that of published calendars: 規則性 96.2%(公表された予定では70〜100%)."""
        if self.share is None:
            return None
        low, high = PUBLISHED
        return _WHOLE.fill(share=f"{float(100 * self.share):.1f}", low=low, high=high, sessions=self.sessions)

    @property
    def lines(self) -> tuple[Text, ...]:
        """The figure, and below it each programme with its own and its sentence."""
        each = (
            _LINE.fill(share=f"{float(rhythm.share):.0%}", name=rhythm.name, text=rhythm.text)
            for rhythm in self.rhythms
        )
        return (self.text, *each) if self.text else ()


_LINE = Text("  {share} {name}: {text}", "  {share} {name}: {text}")
_WHOLE = Text(
    "規則性 {share}% ({sessions}回。公表された予定では{low}〜{high}%)",
    "regularity {share} % (of {sessions} sessions; published calendars: {low} to {high} %)",
)


def regularity(problem: Problem, schedule: Schedule) -> Regularity:
    """Return how regular a schedule is. It knows no rule: dates, starts and holidays are all it looks at."""
    found = []
    for family in families(problem, schedule):
        sessions = schedule.of_series(family.series)
        if len(sessions) >= FEWEST:
            series = tuple(sorted({session.series for session in sessions}))
            held = frozenset(session.day for session in sessions)
            found.append(replace(rhythm_of(family.name, sessions, problem.year), series=series, held=held))
    return Regularity(tuple(found))


@dataclass(frozen=True, slots=True)
class Family:
    """Series that keep one rhythm: those of a programme or component, or one of its groups."""

    name: str
    series: tuple[Series, ...]


def families(problem: Problem, schedule: Schedule) -> Iterator[Family]:
    """Yield each programme or component with its series; groups that meet side by side are several."""
    held: dict[tuple[str, str], list[Series]] = defaultdict(list)
    for series in problem.counted:
        held[series.programme, series.component].append(series)
    for groups in held.values():
        by_month: dict[tuple[int, int], set[str]] = defaultdict(set)
        for session in schedule.of_series(groups):
            by_month[session.day.year, session.day.month].add(session.series)
        side_by_side = sum(len(there) > 1 for there in by_month.values())
        if side_by_side > len(by_month) / 3:
            yield from (Family(one.name, (one,)) for one in groups)
        else:
            first = groups[0].name
            whole = first if len(groups) == 1 else first.rpartition(" ")[0] or first
            yield Family(whole, tuple(groups))


def rhythm_of(name: str, sessions: Iterable[Session], year: FiscalYear) -> Rhythm:
    """Return the sentence that predicts most of some sessions, of which there is one at least."""
    cells = sorted((session.day, session.start) for session in sessions)
    months = sorted({(day.year, day.month) for day, _ in cells})
    closed = closed_on(year)
    if len(cells) / len(months) < _OFTEN:
        return max(_monthly(name, cells, months, closed), key=lambda found: (found.points, found.sentence.ja))
    return _weekly(name, cells)


def _monthly(
    name: str, cells: Sequence[Cell], months: Sequence[tuple[int, int]], closed: frozenset[date]
) -> Iterator[Rhythm]:
    """Yield what each weekday and start that occurs, with each choice of weeks of the month, predicts."""
    per_month = max(1, round(len(cells) / len(months)))
    slots = Counter((day.weekday(), start) for day, start in cells)
    for (weekday, start), count in slots.items():
        for weeks in combinations(range(1, 6), per_month):
            places = [place_of(year, month, weekday, week) for year, month in months for week in weeks]
            goes = {place: replaced(place, closed) for place in places}
            hit = sum(begins == start and day in set(goes.values()) for day, begins in cells)
            on_it = sum(begins == start and goes.get(day) == day for day, begins in cells)
            sentence = _sentence(weeks, weekday, start)
            points = hit + Fraction(count - hit, 2)
            moved = tuple(_exceptions(cells, goes, weekday, start))
            named = frozenset([(weekday, start)])
            yield Rhythm(name, sentence, len(cells), points, on_it, moved, named, weeks)


def closed_on(year: FiscalYear) -> frozenset[date]:
    """Return the days on which regularity takes every place to be closed: holidays, and 12/29 to 1/3."""
    return frozenset(holidays(year)) | frozenset(days_within([_NEW_YEAR], year))


def place_of(year: int, month: int, weekday: int, week: int) -> date:
    """Return the nth of a weekday in a month, the last where there is no fifth."""
    day = nth_weekday(year, month, weekday, week)
    return day if day.month == month else day - WEEK


def replaced(place: date, closed: frozenset[date]) -> date:
    """Return where a place goes on a closed day: a week on, else back, in its month."""
    others = (place + WEEK, place - WEEK) if place in closed else ()
    return next((day for day in others if day.month == place.month and day not in closed), place)


def _exceptions(cells: Iterable[Cell], goes: dict[date, date], weekday: int, start: int) -> Iterator[Text]:
    """Yield where the sessions are that are not just at their place, and why where that is known."""
    came = {there: place for place, there in goes.items() if there != place}
    for day, begins in cells:
        if begins == start and goes.get(day) == day:
            continue
        place = came.get(day)
        if begins == start and place is not None:
            weeks = Text("1週後", "a week later") if day > place else Text("1週前", "a week earlier")
            because = f"{place.month}/{place.day}"
            yield _MOVED.fill(month=day.month, weeks=weeks, because=because)
        else:
            at = f"{day.month}/{day.day}({WEEKDAYS[day.weekday()]})"
            at_en = f"{day.month}/{day.day} ({WEEKDAYS_EN[day.weekday()]})"
            other = begins != start or day.weekday() != weekday
            yield Text(
                f"{at}{clock(begins) if other else ''}", f"{at_en} {clock(begins) if other else ''}".strip()
            )


_MOVED = Text("{month}月は{weeks}({because}のため)", "month {month} {weeks} because of {because}")


def slots_of_weeks(sessions: int, weeks: int) -> int:
    """Return how many weekdays and starts the sentence has of sessions in so many weeks."""
    return max(1, ceil(sessions / weeks - 0.1))


def _weekly(name: str, cells: Sequence[Cell]) -> Rhythm:
    """Return what the commonest weekdays and starts predict, as many as a week has sessions."""
    weeks = {day.isocalendar()[:2] for day, _ in cells}
    slots = Counter((day.weekday(), start) for day, start in cells)
    chosen = slots.most_common(slots_of_weeks(len(cells), len(weeks)))
    on_it = sum(count for _, count in chosen)
    listed = [_sentence((), weekday, start) for (weekday, start), _ in sorted(chosen)]
    sentence = Text(
        "毎週 " + "・".join(t.ja for t in listed), "every week " + ", ".join(t.en for t in listed)
    )
    kept = {slot for slot, _ in chosen}
    others = (cell for cell in cells if (cell[0].weekday(), cell[1]) not in kept)
    moved = tuple(_exceptions(others, {}, -1, -1))
    return Rhythm(name, sentence, len(cells), Fraction(on_it), on_it, moved, frozenset(kept))


def _sentence(weeks: Sequence[int], weekday: int, start: int) -> Text:
    """Return 第2金 10:00; a fifth is the last (最終金 10:00)."""
    nths = [str(week) for week in weeks if week < _LAST]
    japanese = ([f"第{'・'.join(nths)}"] if nths else []) + ["最終"] * (_LAST in weeks)
    named = " and ".join([*nths, *["last"] * (_LAST in weeks)])
    english = f"week {named} of the month" if nths else "last of the month"
    slot = f"{WEEKDAYS_EN[weekday]} {clock(start)}"
    return Text(
        f"{'・'.join(japanese)}{WEEKDAYS[weekday]} {clock(start)}", f"{slot}, {english}" if weeks else slot
    )


_LAST = 5
