"""The programmes as the public edition tells of them: when, where, for whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ksolve.calendar import MONTHS_EN, WEEKDAYS, WEEKDAYS_EN
from ksolve.clock import clock
from ksolve.fit.regularity import Rhythm, regularity
from ksolve.problem.schedule import Session
from ksolve.report.editions.edition import About
from ksolve.report.view import View
from ksolve.text import Text


def told_of(view: View) -> Iterator[About]:
    """Yield the public programmes and components in the plan's order, those without dates among them."""
    rhythms = {rhythm.name: rhythm for rhythm in regularity(view.problem, view.schedule).rhythms}
    for programme in view.plan.programmes:
        for node in programme.components or (programme,):
            whole = node is programme
            series = [
                one
                for one in view.problem.counted
                if one.programme == programme.id and (whole or one.component == node.id)
            ]
            sessions = view.schedule.of_series(series)
            name = node.name if whole else f"{programme.name} {node.name}"
            rhythm = rhythms.get(name)
            yield About(
                name,
                node.description or programme.description,
                node.whom or programme.whom,
                node.sign_up or programme.sign_up,
                "、".join(_places(view, sessions)),
                _usual(rhythm) if rhythm and _has_rhythm(rhythm) else _dates(sessions),
                len(sessions),
            )


def _has_rhythm(rhythm: Rhythm) -> bool:
    """Whether a programme is told by its rhythm, as neither few dates nor many departures are."""
    return rhythm.sessions >= _RHYTHM and (rhythm.share >= _MOSTLY or rhythm.sessions > _LISTED)


_RHYTHM, _LISTED, _MOSTLY = 4, 12, 0.75
"""The fewest sessions told by a rhythm, the most told by their dates, the share that a rhythm must say."""


def _usual(rhythm: Rhythm) -> Text:
    """Return a rhythm with the dates that depart from it, for nobody is to come in vain."""
    shown, rest = rhythm.moved[:_SHOWN], len(rhythm.moved[_SHOWN:])
    if not shown:
        return rhythm.sentence
    listed = Text("、".join(one.ja for one in shown), ", ".join(one.en for one in shown))
    return (_AND_MORE if rest else _OTHERS).fill(rhythm=rhythm.sentence, listed=listed, rest=rest)


_SHOWN = 3
_OTHERS = Text("{rhythm} (変わる日: {listed})", "{rhythm} (other days: {listed})")
_AND_MORE = Text(
    "{rhythm} (変わる日: {listed}、ほか{rest}回)", "{rhythm} (other days: {listed}, {rest} more)"
)


def _dates(sessions: Sequence[Session]) -> Text:
    """Return each date with its start, which is said once, behind the last, where it is always the same."""
    if not sessions:
        return Text("", "")
    is_one = len({session.start for session in sessions}) == 1
    ja, en = [], []
    for session in sessions:
        day, start = session.day, "" if is_one else f"\u00a0{clock(session.start)}"
        ja.append(f"{day.month}/{day.day}({WEEKDAYS[day.weekday()]}){start}")
        en.append(f"{WEEKDAYS_EN[day.weekday()]}\u00a0{day.day}\u00a0{MONTHS_EN[day.month - 1]}{start}")
    end = f"\u00a0{clock(sessions[0].start)}" if is_one else ""
    return Text("、".join(ja) + end, ", ".join(en) + end)


def _places(view: View, sessions: Iterable[Session]) -> list[str]:
    """Return where a programme is held, the usual place first; several rooms of a kind by their one name."""
    rooms = [resource for resource in view.problem.resources if resource.kind == "room"]
    taken = Counter(room for session in sessions for room in session.rooms)
    kinds = {
        unit: room.name for room in rooms if len(taken.keys() & set(room.units)) > 1 for unit in room.units
    }
    named: Counter[str] = Counter()
    for unit, count in taken.items():
        named[kinds.get(unit, unit)] += count
    return [name for name, _ in named.most_common()]
