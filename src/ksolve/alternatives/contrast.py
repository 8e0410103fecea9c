"""What sets the plans of a choice apart, programme by programme, in words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ksolve.calendar import MONTHS, WEEKDAYS, WEEKDAYS_EN
from ksolve.changes.distance import Family, Sight, family_of, held
from ksolve.clock import clock
from ksolve.fit.regularity import Regularity, Rhythm, regularity
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule
from ksolve.text import Text, plain


@dataclass(frozen=True)
class Contrast:
    """One programme in every plan of a choice.

    `weekdays` are those that people know it by, `when` its sentence (第2金 10:00), or its dates where it has
    no rhythm: then it has no weekdays either. `elsewhere` says for each plan how many of its sessions are on
    dates that the first does not have.
    """

    name: str
    weekdays: tuple[Text, ...]
    when: tuple[Text, ...]
    elsewhere: tuple[int, ...]

    @property
    def weekday_differs(self) -> bool:
        """Whether it has another weekday in any of the plans."""
        return len(set(self.weekdays)) > 1

    @property
    def pattern_differs(self) -> bool:
        """Whether it has a rhythm, and another sentence in any of the plans."""
        return self.weekdays != (_NO_WEEKDAY,) * len(self.weekdays) and len(set(self.when)) > 1

    def against(self, here: int, there: int) -> Text | None:
        """Return what sets two plans apart, by their indexes: 専門相談 木曜 ↔ 火曜; None: nothing does."""
        seen = self.weekdays if self.weekdays[here] != self.weekdays[there] else self.when
        if seen[here] == seen[there]:
            return None
        return _AGAINST.fill(name=self.name, here=seen[here], there=seen[there])


def contrasts(problem: Problem, schedules: Sequence[Schedule]) -> tuple[Contrast, ...]:
    """Return each programme: first those with another weekday, then another pattern, then other dates."""
    names: dict[Family, str] = {}
    for series in problem.counted:
        names.setdefault(family_of(series), series.name)
    grouped = Counter(family_of(series) for series in problem.counted)
    seen = [_Plan(problem, schedule) for schedule in schedules]
    found = []
    for family, name in names.items():
        whole = name if grouped[family] == 1 else name.rpartition(" ")[0] or name
        weekdays = tuple(plan.weekdays(family) for plan in seen)
        when = tuple(plan.when(family) for plan in seen)
        elsewhere = tuple(plan.elsewhere(family, seen[0]) for plan in seen)
        found.append(Contrast(whole, weekdays, when, elsewhere))
    return tuple(sorted(found, key=_rank))


def _rank(one: Contrast) -> tuple[bool, bool, int]:
    return not one.weekday_differs, not one.pattern_differs, -max(one.elsewhere)


class _Plan:
    """A schedule with its rhythms, as words for each family."""

    def __init__(self, problem: Problem, schedule: Schedule) -> None:
        self._held: Sight = held(problem, schedule)
        self._rhythms: dict[Family, list[Rhythm]] = defaultdict(list)
        owners = {series.id: family_of(series) for series in problem.series}
        found: Regularity = regularity(problem, schedule)
        for rhythm in found.rhythms:
            self._rhythms[owners[rhythm.series[0]]].append(rhythm)

    def weekdays(self, family: Family) -> Text:
        """Return 木曜, or 月・木曜, of the sentence; a dash where there is no rhythm."""
        days = sorted({weekday for rhythm in self._rhythms[family] for weekday, _ in rhythm.slots})
        if not days:
            return _NO_WEEKDAY
        japanese = "・".join(WEEKDAYS[day] for day in days)
        return Text(f"{japanese}曜", ", ".join(WEEKDAYS_EN[day] for day in days))

    def when(self, family: Family) -> Text:
        """Return the sentence, else the dates."""
        sentences = [rhythm.sentence for rhythm in self._rhythms[family]] or list(self._dates(family))
        return Text("、".join(s.ja for s in sentences) or "―", ", ".join(s.en for s in sentences) or "-")

    def _dates(self, family: Family) -> Iterator[Text]:
        cells = self._held.of(family).cells.elements()
        for day, start in sorted(cells, key=lambda cell: (MONTHS.index(cell[0].month), cell)):
            yield plain(f"{day.month}/{day.day} {clock(start)}")

    def elsewhere(self, family: Family, first: _Plan) -> int:
        """Return how many sessions are on dates and starts that the first plan does not have."""
        return (self._held.of(family).cells - first._held.of(family).cells).total()


_NO_WEEKDAY = Text("―", "-")
_AGAINST = Text("{name} {here} ↔ {there}", "{name}: {here} ↔ {there}")
