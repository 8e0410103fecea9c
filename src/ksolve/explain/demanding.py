"""Ways out that ask less of a programme: fewer sessions, none in some months, more months."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ksolve.calendar import MONTHS
from ksolve.explain.days import days_left
from ksolve.explain.elements import Subject
from ksolve.explain.repair import WHY, Change, Repair, Steps, Way, once
from ksolve.frequency import FrequencyError, Months, Per, months_of, read_frequency
from ksolve.plan.schema import Component
from ksolve.problem.periods import days_of_months
from ksolve.text import Text, counted


def fewer(node: Component, name: str, who: str) -> Iterator[Way]:
    """年20回 → 年19回: the first number before 回."""
    frequency = node.frequency.text if node.frequency else ""
    found = re.search(r"(\d+)回", frequency)
    if not found:
        return
    count = int(found[1])

    def by(step: int) -> Repair | None:
        text = f"{frequency[: found.start(1)]}{count - step}{frequency[found.end(1) :]}"
        change = _frequency(name, text)
        if change is None:
            return None
        said = Text(
            f"{who}を {frequency} から {text} に減らす",
            f"hold {who} “{text}” instead of “{frequency}”",
        )
        less = counted(step, "session")
        yearly = node.frequency is not None and node.frequency.terms[0].per is Per.YEAR
        cost = _LESS[yearly].fill(step=Text(str(step), less))
        return Repair(said, cost, (change,), 10 * step)

    yield Steps(by, count - 1)


def _frequency(name: str, text: str) -> Change | None:
    """Return the change to another frequency, None where the text is none."""
    try:
        read_frequency(text)
    except FrequencyError:
        return None
    return {"do": "frequency", "programme": name, "frequency": text, "why": WHY}


_LESS = {
    True: Text("{step}回減る", "{step} less"),
    False: Text("期間ごとに{step}回減る", "{step} less in each period that is counted"),
}


def without_months(subject: Subject, node: Component, name: str, who: str) -> Iterator[Way]:
    """月1回 → 月1回(9月・10月を除く): ever more months left out, those with the fewest days for it first."""
    frequency = node.frequency
    if not frequency or [term.per for term in frequency.terms] != [Per.MONTH] or frequency.terms[0].without:
        return
    problem = subject.problem
    series = next((s for s in problem.series if name in (s.programme, f"{s.programme}.{s.component}")), None)
    if series is None:
        return
    free = {month: days_left(series, days_of_months((month,), problem.year), problem)[0] for month in MONTHS}
    held = sorted(months_of(frequency.terms[0]), key=lambda month: (free[month], MONTHS.index(month)))

    def without(step: int) -> Repair | None:
        months = "・".join(f"{month}月" for month in sorted(held[:step], key=MONTHS.index))
        text = f"{frequency.text}({months}を除く)"
        change = _frequency(name, text)
        if change is None:
            return None
        said = Text(
            f"{who}を{months}は行わない", f"do not hold {who} in {Months(tuple(held[:step])).english}"
        )
        cost = Text(f"{step}か月分の回が減る", f"the sessions of {counted(step, 'month')} less")
        return Repair(said, cost, (change,), 10 * step)

    yield Steps(without, len(held) - 1)


def more_months(node: Component, name: str, who: str) -> Iterator[Way]:
    """Let a programme use one more month, the nearest first, or ever more of them."""
    if node.months is None:
        return
    own = node.months.values

    def apart(month: int) -> int:
        return min(abs(MONTHS.index(month) - MONTHS.index(other)) for other in own)

    others = sorted((month for month in MONTHS if month not in own), key=apart)

    def with_more(added: Sequence[int], size: int) -> Repair:
        shown = "・".join(f"{month}月" for month in MONTHS if month in added)
        months = "・".join(f"{month}月" for month in MONTHS if month in own or month in added)
        change = {"do": "relax", "rule": "in_months", "programme": name, "months": months, "why": WHY}
        english = Months(tuple(added)).english
        said = Text(f"{who}を{shown}にも行えるようにする", f"hold {who} in {english} as well")
        cost = Text(f"期間が{len(added)}か月広がる", f"{counted(len(added), 'month')} more")
        return Repair(said, cost, (change,), size)

    for month in others:
        yield once(with_more([month], 8 + apart(month)))
    yield Steps(lambda step: with_more(others[: step + 1], 20 + 8 * step), len(others) - 1, spare=True)
