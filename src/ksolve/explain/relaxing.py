"""Ways out that let a rule of the plan ask for less: a smaller gap, a higher limit, another date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ksolve.calendar import YearlyDay, day_text
from ksolve.explain.days import days_left
from ksolve.explain.elements import Element, Subject
from ksolve.explain.repair import WHY, Change, Either, Repair, Steps, Way, drop, once
from ksolve.plan.schema import Plan
from ksolve.problem import Posted
from ksolve.problem.rule import Rule
from ksolve.rules.audience_apart import AudienceApart
from ksolve.rules.on_dates import OnDates
from ksolve.text import Text, counted

_MOST_STEPS = 60


def looser(subject: Subject, element: Element, posted: Posted) -> Iterator[Way]:
    """A rule that the planner wrote, with another number or another date."""
    for rule, told in _written(subject.plan, element):
        if isinstance(rule, OnDates):
            yield from _moved(subject, posted, rule, told)
        if rule.loosened:
            yield _with_another_number(posted.who, rule, *rule.loosened, told)


def without(subject: Subject, element: Element) -> Iterator[Way]:
    """A rule that the planner wrote, left out."""
    for _, told in _written(subject.plan, element):
        yield drop(Text(f"規則を外す: {element.text.ja}", f"leave out the rule: {element.text.en}"), told)


def closer_audience(subject: Subject, posted: Posted) -> Iterator[Way]:
    """Let people be called twice in a week, or on a day, who were not to be."""
    if not isinstance(posted.rule, AudienceApart):
        return
    audience = next(one for one in subject.plan.resources.audiences if one.id == posted.rule.audience)
    order = list(_CLOSER)
    for apart in order[: order.index(audience.apart)][::-1]:
        said, cost = _CLOSER[apart]
        change = {"do": "audience", "of": audience.id, "apart": apart, "why": WHY}
        yield once(Repair(said.fill(name=audience.name), cost, (change,), 15 if apart == "day" else 16))


def _written(plan: Plan, element: Element) -> Iterator[tuple[Rule, Change]]:
    """Yield the rule of the plan that an element states, and how a scenario names it."""
    for owner, rules in _owners(plan):
        for rule in rules:
            if rule.place == element.place and rule.name == element.name:
                which = [r for r in rules if r.name == rule.name].index(rule) + 1
                told = {"rule": rule.name, "which": str(which)}
                yield rule, {**told, **({"programme": owner} if owner else {})}


def _owners(plan: Plan) -> Iterator[tuple[str, Sequence[Rule]]]:
    yield "", plan.rules
    for programme in plan.programmes:
        yield programme.id, programme.rules
        for part in programme.components:
            yield f"{programme.id}.{part.id}", part.rules


def _with_another_number(who: str, rule: Rule, key: str, by: int, told: Change) -> Steps:
    """The rule's own sentence says what it asks for then."""
    now = int(getattr(rule, key))
    most = _MOST_STEPS if by > 0 else max(0, (now - 1) // -by)

    def with_step(step: int) -> Repair:
        number = now + by * step
        change = {"do": "relax", **told, key: str(number), "why": WHY}
        then = rule.model_copy(update={key: number}).sentence
        said = _INSTEAD.fill(who=who, old=rule.sentence, new=then)
        ja, en = _UNITS[key]
        amount = abs(by) * step
        cost = Text(f"{ja.format(n=amount)}緩くなる", f"looser by {counted(amount, en)}")
        return Repair(said, cost, (change,), 5 + step * (10 if key == "sessions" else 1))

    return Steps(with_step, most)


def _moved(subject: Subject, posted: Posted, rule: OnDates, told: Change) -> Iterator[Way]:
    """Move one pinned date to another on which a session by itself is possible, the nearest first."""
    year = subject.plan.year
    for index, (first, last) in enumerate(rule.days):
        if first != last:
            continue
        pinned = first.within(year)
        repairs = []
        for day in sorted(year.days, key=lambda day: (abs((day - pinned).days), day)):
            apart = abs((day - pinned).days)
            if 0 < apart <= _NEAR and all(days_left(one, [day], subject.problem)[0] for one in posted.series):
                dates = [
                    *rule.days[:index],
                    (YearlyDay(day.month, day.day, day.year),) * 2,
                    *rule.days[index + 1 :],
                ]
                repairs.append(
                    _on(posted.who, pinned, day, {**told, "dates": [_spelled(*one) for one in dates]})
                )
        yield Either(tuple(repairs))


def _on(who: str, pinned: date, day: date, told: Change) -> Repair:
    said = _MOVE.fill(who=who, old=day_text(pinned), new=day_text(day))
    apart = abs((day - pinned).days)
    cost = Text(f"日付が{apart}日ずれる", f"the date moves by {counted(apart, 'day')}")
    return Repair(said, cost, ({"do": "relax", **told, "why": WHY},), 6 + apart)


def _spelled(first: YearlyDay, last: YearlyDay) -> str:
    return str(first) if first == last else f"{first}〜{last}"


_NEAR = 60
_UNITS = {
    "days": ("{n}日", "day"),
    "sessions": ("{n}回", "session"),
    "minutes": ("{n}分", "minute"),
    "hours": ("{n}時間", "hour"),
    "difference": ("{n}回", "session"),
}
_INSTEAD = Text("{who}: 「{old}」を「{new}」に緩める", "{who}: “{new}” instead of “{old}”")
_MOVE = Text("{who}の日付を {old} から {new} に移す", "hold {who} on {new} instead of {old}")
_CLOSER = {
    "moment": (
        Text(
            "{name}の参加する回が同じ日に二つあってもよいことにする(同じ時刻は不可)",
            "let {name} be called twice on a day, though not at the same time",
        ),
        Text("同じ日に二度来る人が出る", "some come twice on a day"),
    ),
    "day": (
        Text(
            "{name}の参加する回が同じ週に二つあってもよいことにする(同じ日は不可)",
            "let {name} be called twice in a week, though not on the same day",
        ),
        Text("同じ週に二度来る人が出る", "some come twice in a week"),
    ),
    "week": (Text("", ""), Text("", "")),
}
"""From the least that is kept apart to the most: what is allowed then, and what it costs."""
