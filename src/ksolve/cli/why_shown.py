"""The answers of why-not and why, as people and as programs read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from ksolve.calendar import day_text
from ksolve.cli.console import table
from ksolve.clock import clock
from ksolve.explain.why_not import Outcome
from ksolve.problem.schedule import Session, label
from ksolve.schedules.tidy import UNIT_SEPARATOR
from ksolve.text import Lang, Text, plain

if TYPE_CHECKING:
    from ksolve.explain.days import Obstacle
    from ksolve.explain.why import Taken, Why
    from ksolve.explain.why_not import WhyNot
    from ksolve.problem import Problem, Tier

_BEST = 5
"""So many of the next best places are shown."""


def lines(answer: WhyNot, problem: Problem) -> Iterator[Text]:
    """Yield an answer of why-not line by line."""
    who = _who(answer.session, problem)
    when = _when(answer)
    if answer.outcome is Outcome.FORBIDDEN:
        yield from forbidden_lines(answer)
        return
    yield _HEAD[answer.outcome].fill(who=who, when=when)
    if answer.outcome is Outcome.POSSIBLE:
        yield from _possible(answer, problem)
    if answer.in_the_way:
        yield _ALONE
        yield from _obstacles(answer.in_the_way)


def forbidden_lines(answer: WhyNot) -> Iterator[Text]:
    """Yield what forbids a session whatever else is held."""
    yield _FORBIDDEN.fill(who=plain(answer.session.id), when=_when(answer))
    yield from _obstacles(answer.forbidden)


def _obstacles(found: Mapping[int, tuple[Obstacle, ...]]) -> Iterator[Text]:
    for start, obstacles in found.items():
        for one in obstacles:
            yield _OBSTACLE.fill(start=clock(start), text=one.text, place=one.place or "-", rule=one.rule)


def _possible(answer: WhyNot, problem: Problem) -> Iterator[Text]:
    if answer.moves is None or answer.difference is None:
        return
    template = _MOVES_PROVEN if answer.moves.proven else _MOVES
    yield template.fill(moves=answer.moves.value, bound=answer.moves.bound)
    owners = {series.id: series for series in problem.series}
    for before, after in answer.difference.moved:
        to = _at(after.day, after.start)
        number = _NUMBER.fill(number=after.number) if after.number != before.number else plain("")
        yield _MOVE.fill(session=label(before, owners.get(before.series)), to=to, number=number)
    for one in answer.difference.added:
        yield _ADDED.fill(session=label(one, owners.get(one.series)))
    for one in answer.difference.dropped:
        yield _DROPPED.fill(session=label(one, owners.get(one.series)))
    if answer.difference.rehoused:
        yield _REHOUSED.fill(sessions=len(answer.difference.rehoused))
    for tier, cost in answer.after.items():
        change = f"{cost - answer.before[tier]:+d}"
        values = {"tier": tier.text, "before": answer.before[tier], "after": cost, "change": change}
        yield (_COST_PROVEN if tier in answer.proven else _COST).fill(**values)
    yield _INTERCHANGEABLE


def month_table(answers: tuple[WhyNot, ...], problem: Problem, lang: Lang) -> str:
    """Return a month as a table of days, with the legend of its marks."""
    head = [_DAY(lang), "", _REASON(lang)]
    rows = [[day_text(a.day)(lang), _MARK[a.outcome], _short(a, problem, lang)] for a in answers]
    return "\n".join([table([head, *rows]), _LEGEND(lang)])


def _short(answer: WhyNot, problem: Problem, lang: Lang) -> str:
    if answer.outcome is Outcome.POSSIBLE and answer.moves:
        changed = [
            f"{tier.text(lang)}{answer.after[tier] - answer.before[tier]:+d}"
            for tier in answer.after
            if answer.after[tier] != answer.before[tier]
        ]
        template = _CHANGES_PROVEN if answer.moves.proven else _CHANGES
        moves = template.fill(moves=answer.moves.value, bound=answer.moves.bound)
        return f"{moves(lang)} {' '.join(changed) or _FREE(lang)}"
    if answer.outcome is Outcome.THERE:
        return _HEAD[Outcome.THERE].fill(who=_who(answer.session, problem), when=_when(answer))(lang)
    found = answer.forbidden or answer.in_the_way
    first = next((one for many in found.values() for one in many), None)
    if first is None:
        return _NO_ROOM(lang)
    return (first.reason if answer.forbidden else first.text)(lang)


def as_json(answer: WhyNot, lang: Lang) -> dict[str, Any]:
    """Return an answer of why-not for programs."""
    told: dict[str, Any] = {
        "outcome": answer.outcome.value,
        "session": answer.session.id,
        "date": answer.day.isoformat(),
        "start": clock(answer.start) if answer.start is not None else None,
        "forbidden": _obstacles_json(answer.forbidden, lang),
        "in_the_way": _obstacles_json(answer.in_the_way, lang),
        "interrupted": answer.interrupted,
    }
    if answer.moves is None or answer.difference is None:
        return told
    difference = answer.difference
    return told | {
        "moves": {"value": answer.moves.value, "bound": answer.moves.bound, "proven": answer.moves.proven},
        "moved": [{"from": _place(a), "to": _place(b)} for a, b in difference.moved],
        "added": [_place(one) for one in difference.added],
        "dropped": [_place(one) for one in difference.dropped],
        "rehoused": [_place(one) for one in difference.rehoused],
        "costs": [
            {
                "tier": tier.name.lower(),
                "before": answer.before[tier],
                "after": after,
                "proven_least_for_these_moves": tier in answer.proven,
            }
            for tier, after in answer.after.items()
        ],
    }


def _place(session: Session) -> dict[str, Any]:
    return {
        "session": session.id,
        "date": session.day.isoformat(),
        "start": clock(session.start),
        "room": UNIT_SEPARATOR.join(session.rooms),
    }


def _obstacles_json(found: Mapping[int, tuple[Obstacle, ...]], lang: Lang) -> list[dict[str, str]]:
    return [
        {
            "start": clock(start),
            "rule": one.rule,
            "text": one.text(lang),
            "place": str(one.place or ""),
        }
        for start, many in found.items()
        for one in many
    ]


def why_lines(found: Why, problem: Problem) -> Iterator[Text]:
    """Yield an answer of why line by line."""
    yield _WHY_HEAD.fill(session=_who(found.session, problem), days=found.days, left=found.open_days)
    yield from map(_taken, found.taken)
    yield _WHY_NOW.fill(places=len(found.here))
    yield from map(_taken, found.in_the_way)
    if not found.complete:
        yield _INCOMPLETE
    yield _PREFERRED if found.preferences else _NOT_PREFERRED
    for one in found.preferences:
        yield _PREFERENCE.fill(
            who=one.posted.who,
            sentence=one.posted.rule.sentence,
            tier=one.posted.tier.text if one.posted.tier else "",
            dearer=one.dearer,
            cheaper=one.cheaper,
            all=len(found.here),
            place=one.posted.place or "-",
        )
    if found.here:
        yield _NEXT
    for placing in found.here[:_BEST]:
        when = _at(placing.day, placing.start)
        yield _CANDIDATE.fill(when=when, change=_change(found.costs, placing.costs))


def _taken(one: Taken) -> Text:
    return _TAKEN.fill(days=one.days, reason=one.reason, place=one.place or "-")


def _change(before: Mapping[Tier, int], after: Mapping[Tier, int]) -> Text:
    changed = {tier: after[tier] - before[tier] for tier in before if after[tier] != before[tier]}
    if not changed:
        return _FREE
    return Text(
        " ".join(f"{tier.text.ja}{change:+d}" for tier, change in changed.items()),
        " ".join(f"{tier.text.en} {change:+d}" for tier, change in changed.items()),
    )


def why_as_json(found: Why, lang: Lang) -> dict[str, Any]:
    """Return an answer of why for programs."""
    return {
        "session": found.session.id,
        "days": found.days,
        "open_days": found.open_days,
        "taken": [_taken_json(one, lang) for one in found.taken],
        "in_the_way": [_taken_json(one, lang) for one in found.in_the_way],
        "complete": found.complete,
        "others": [
            {
                "date": one.day.isoformat(),
                "start": clock(one.start),
                "costs": {tier.name.lower(): cost - found.costs[tier] for tier, cost in one.costs.items()},
            }
            for one in found.here
        ],
        "preferences": [
            {
                "rule": one.posted.rule.name,
                "text": one.posted.rule.sentence(lang),
                "place": str(one.posted.place or ""),
                "dearer": one.dearer,
                "cheaper": one.cheaper,
            }
            for one in found.preferences
        ],
    }


def _taken_json(one: Taken, lang: Lang) -> dict[str, Any]:
    return {"days": one.days, "rule": one.rule, "text": one.reason(lang), "place": str(one.place or "")}


def _who(session: Session, problem: Problem) -> Text:
    owners = {series.id: series for series in problem.series}
    return label(session, owners.get(session.series))


def _when(answer: WhyNot) -> Text:
    return _at(answer.day, answer.start)


def _at(day: date, start: int | None) -> Text:
    """Return a date with its weekday in both languages, and the start where there is one."""
    return day_text(day) if start is None else _MOMENT.fill(day=day_text(day), start=clock(start))


_MOMENT = Text("{day} {start}", "{day} {start}")


_FORBIDDEN = Text(
    "{who} は {when} に行えません。ほかの回をどう動かしても、次の規則のために行えません(確定):",
    "{who} cannot be on {when}: these rules forbid it, whatever else moves (certain):",
)
_HEAD = {
    Outcome.THERE: Text(
        "{when} には同じ系列の回がすでにあります。", "A session of the same series is on {when} already."
    ),
    Outcome.POSSIBLE: Text("{who} を {when} に行うことはできます。", "{who} can be on {when}."),
    Outcome.IMPOSSIBLE: Text(
        "{who} は {when} に行えません。どの回をどう動かしても成り立ちません(二つの方法で証明済み)。",
        "{who} cannot be on {when}, whatever moves (proven twice).",
    ),
    Outcome.BLOCKED: Text(
        "{who}: この回だけでは {when} に移せません。", "{who} alone cannot move to {when}."
    ),
    Outcome.UNKNOWN: Text(
        "{who} を {when} に行えるかは、時間内には分かりませんでした(不明)。--limit を延ばしてください。",
        "Unknown within the limit whether {who} can be on {when}: raise --limit.",
    ),
}
_ALONE = Text(
    "この回だけを動かすと、次の規則に触れます:", "With this session alone moved, these are in the way:"
)
_OBSTACLE = Text("  - {start} {text}  [{rule}] [{place}]", "  - {start} {text}  [{rule}] [{place}]")
_MOVES_PROVEN = Text(
    "変わる回(移動・増減): {moves} (これより少なくは済まないと証明済み)",
    "sessions that change (moved, added, dropped): {moves} (proven fewest)",
)
_MOVES = Text(
    "変わる回(移動・増減): {moves} (証明された下限 {bound})",
    "sessions that change (moved, added, dropped): {moves} (proven bound {bound})",
)
_CHANGES_PROVEN = Text("{moves}回が変わる(最少と証明済み)", "{moves} change (proven fewest)")
_CHANGES = Text("{moves}回が変わる(証明された下限{bound})", "{moves} change (proven bound {bound})")
_MOVE = Text("  - {session} → {to}{number}", "  - {session} -> {to}{number}")
_NUMBER = Text("(第{number}回になります)", " (becomes #{number})")
_ADDED = Text("  - 増える回: {session}", "  - added: {session}")
_DROPPED = Text("  - なくなる回: {session}", "  - dropped: {session}")
_REHOUSED = Text(
    "  - 日時はそのままで部屋が変わる回: {sessions}", "  - same time in another room: {sessions}"
)
_COST = Text(
    "  {tier}: {before} → {after} ({change}。この動かし方で実際に数えた値)",
    "  {tier}: {before} -> {after} ({change}; counted for these moves)",
)
_COST_PROVEN = Text(
    "  {tier}: {before} → {after} ({change}。この事業だけを同じ数動かす中で最小と証明済み)",
    "  {tier}: {before} -> {after} ({change}; proven least with as few moves of these programmes)",
)
_INTERCHANGEABLE = Text(
    "同じ系列の回に区別はないので、動きの最も少ない回をその日に充て、番号を日付順に付け直します。",
    "Sessions of a series are alike until dated: the one that moves least takes the date, and all are"
    " numbered in date order again.",
)
_DAY = Text("日", "day")
_REASON = Text("理由・変わる回", "reason, changes")
_MARK = {
    Outcome.THERE: "●",
    Outcome.POSSIBLE: "○",
    Outcome.FORBIDDEN: "×",
    Outcome.IMPOSSIBLE: "×",
    Outcome.BLOCKED: "?",
    Outcome.UNKNOWN: "?",
}
_LEGEND = Text(
    "● すでにある ○ 行える × どう動かしても行えない(確定)"
    " ? この回だけでは移せず、ほかの回を動かせばできるかは時間内に未確認",
    "● there already  ○ possible  × not possible whatever moves (certain)"
    "  ? not by moving this session alone; whether others can make room was not found out in time",
)
_NO_ROOM = Text("証明済み", "proven")
_FREE = Text("減点は変わりません", "at no cost")
_WHY_HEAD = Text(
    "{session}\n一年{days}日のうち、この回を行える日は{left}日です。"
    "ほかの日は次の規則が除きます(一日を一度だけ数えます):",
    "{session}\nOf {days} days, {left} are open to this session. The others (each counted once):",
)
_TAKEN = Text("  - {days}日 {reason}  [{place}]", "  - {days} days: {reason}  [{place}]")
_WHY_NOW = Text(
    "ほかの回を今のままにすると、ほかに{places}通りの日時に移せます。残りの日に行えない理由:",
    "With all others as they are, it could be at {places} other places. In the way elsewhere:",
)
_INCOMPLETE = Text(
    "中断したので、調べたのは途中の日までです。", "Interrupted: only the first days were looked at."
)
_PREFERRED = Text(
    "この日時が選ばれる理由となる希望(ほかの日時と比べて):", "Wishes that speak for it (against the others):"
)
_NOT_PREFERRED = Text(
    "希望の点では、ほかの日時と良し悪しの差はありません。", "No wish prefers it here, or elsewhere."
)
_PREFERENCE = Text(
    "  - {who}: {sentence}({tier})。{all}通りのうち{dearer}通りで減点が増え、"
    "{cheaper}通りで減ります  [{place}]",
    "  - {who}: {sentence} ({tier}); dearer at {dearer} of {all}, cheaper at {cheaper}  [{place}]",
)
_NEXT = Text(
    "次に良い日時(この回だけを動かしたときの、今との減点の差。実際に数えた値):",
    "The next best places (difference of cost with this session alone moved; counted):",
)
_CANDIDATE = Text("  - {when}: {change}", "  - {when}: {change}")
