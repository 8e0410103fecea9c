"""Facts with dates: each was for last year alone, is every year's, or is on another date now."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum
from typing import Any, cast

from yaml.nodes import ScalarNode

from ksolve.calendar import YEARLY, Calendar, FiscalYear, YearlyDay, parse_days, show_days
from ksolve.errors import PlanError, fault
from ksolve.findings import Place
from ksolve.next_year.dates import in_other_year
from ksolve.next_year.said import YES, Change, Question, Said
from ksolve.plan.yaml_edit import Path as Keys
from ksolve.plan.yaml_edit import YamlText
from ksolve.text import Text, plain


class Way(Enum):
    """What becomes of a date where nobody has answered."""

    ONCE = "once"
    EVERY = "every"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of dated facts: where they stand in a file (* is each of a list), and what they are."""

    where: tuple[str, ...]
    way: Way
    what: Text


_CENTRE = (
    _Kind(("calendar", "closed", "*"), Way.EVERY, Text("休館", "closed")),
    _Kind(("calendar", "opened", "*"), Way.MOVED, Text("臨時の開館", "open in spite of that")),
    _Kind(("rooms", "*", "closed", "*"), Way.ONCE, Text("使えない日", "closed")),
    _Kind(("rooms", "*", "present", "*"), Way.MOVED, Text("使える日", "there")),
    _Kind(("rooms", "*", "more", "*", "days", "*"), Way.EVERY, Text("借りる日", "borrowed")),
    _Kind(("staff", "*", "absent", "*"), Way.ONCE, Text("休み", "away")),
    _Kind(("staff", "*", "present", "*"), Way.MOVED, Text("来る日", "there")),
    _Kind(("staff", "*", "more", "*", "days", "*"), Way.EVERY, Text("応援の日", "helpers")),
    _Kind(("staff", "*", "members", "*", "absent", "*"), Way.ONCE, Text("休み", "away")),
    _Kind(("staff", "*", "members", "*", "available", "*"), Way.MOVED, Text("来る日", "there")),
    _Kind(("external", "*", "dates", "*"), Way.EVERY, Text("ほかで決まる日", "decided by others")),
)
_RULES = (
    ("rules", "*"),
    ("programmes", "*", "rules", "*"),
    ("programmes", "*", "components", "*", "rules", "*"),
)
_OF_RULE = {
    "on_dates": (Way.MOVED, Text("決まった日付", "pinned")),
    "off_dates": (Way.EVERY, Text("行わない日", "not held")),
}
_WORKS = re.compile(r"工事|改修|修繕|修理|点検|臨時|移転|選挙")
"""What closes a centre in one year."""
_TURN = (YearlyDay(12, 26), YearlyDay(1, 6))
"""A closure within these days is that of every year, and not asked about."""
EVERY_YEAR = frozenset({"毎年", "例年", "every year", "yearly"})
ONLY_THEN = frozenset({"前年度だけ", "前年だけ", "一度だけ", "なし", "除く", "once", "none"})


@dataclass(frozen=True, slots=True)
class _Fact:
    """One date or stretch of days: `item` is what goes with it, `at` its days."""

    item: Keys
    at: Keys
    days: str
    way: Way
    who: str
    what: Text


def ask_once(
    text: YamlText,
    years: tuple[FiscalYear, FiscalYear],
    calendar: Calendar | None,
    answers: Mapping[str, str],
) -> Said:
    """Carry the dated facts of a file over from one year to the next, and ask one question for each.

    A leave or a repair was last year's and goes; a closure is every year's; a pinned date, or one on which
    somebody comes, goes to the same weekday, to an open day of `calendar`, that of the new year. An answer
    overrules that: 毎年, 前年度だけ, or days. What is written as 毎年8/13 stays, and is not asked about.
    Raises PlanError for an answer that is none of these.
    """
    said = Said()
    for fact in reversed(list(_facts(text))):
        said = _carried(text, fact, years, calendar, answers) + said
    return said


def _carried(
    text: YamlText,
    fact: _Fact,
    years: tuple[FiscalYear, FiscalYear],
    calendar: Calendar | None,
    answers: Mapping[str, str],
) -> Said:
    node = text.document.node_at(fact.at)
    place = Place(text.file, node.start_mark.line + 1, node.start_mark.column + 1) if node else None
    id_ = f"once:{fact.who}:{fact.days}" if fact.who else f"once:{fact.days}"
    moved = _moved(fact.days, years, calendar)
    now = {Way.ONCE: "", Way.EVERY: fact.days, Way.MOVED: moved}[fact.way]
    now = _answered(now, fact, answers.get(id_, ""), id_, place)
    taken = {Way.ONCE: "前年度だけ", Way.EVERY: "毎年", Way.MOVED: moved}[fact.way]
    others = dict.fromkeys(one for one in ("毎年", "前年度だけ", moved) if one not in (taken, fact.days))
    values = {"what": fact.what, "days": plain(fact.days)}
    question = Question(id_, fact.who, _ASKS.fill(**values), taken, tuple(others), place)
    if now == fact.days:
        return Said((), (question,))
    if now:
        text.replace_scalar(cast("ScalarNode", node), now)
    else:
        text.remove(fact.item)
    shown = f"{fact.what.ja} {fact.days}"
    why = _KEPT if now.startswith(YEARLY) else _MOVED if now else _WENT
    change = Change("dated-fact", fact.who, shown, now, why, place)
    return Said((change,), (question,))


def _answered(now: str, fact: _Fact, answer: str, id_: str, place: Place | None) -> str:
    """Return the days that an answer says, empty for none; what was taken where there is no answer.

    Those of every year are written as such, and no later year asks about them again.
    """
    if answer in YES and fact.way is Way.EVERY:
        return _yearly(fact.days)
    if not answer or answer in YES:
        return now
    return days_answered(answer, fact.days, id_, place)


def days_answered(answer: str, days: str, id_: str, place: Place | None) -> str:
    """Return what an answer makes of last year's days: 毎年 with them, nothing, or other days.

    Raises PlanError for an answer that is none of these.
    """
    if answer in EVERY_YEAR:
        return _yearly(days)
    if answer in ONLY_THEN:
        return ""
    try:
        parse_days(answer)
    except ValueError:
        text = _UNREADABLE.fill(answer=answer, id=id_)
        raise PlanError([fault("unreadable-answer", text, place, _WRITE)]) from None
    return answer


def _yearly(days: str) -> str:
    """Return 毎年8/13〜8/15, without the year that they may name."""
    first, last = (replace(day, year=None) for day in parse_days(days))
    return f"{YEARLY}{show_days([(first, last)])}"


def _moved(days: str, years: tuple[FiscalYear, FiscalYear], calendar: Calendar | None) -> str:
    """Return a day as the new year has it, on an open day of the same weekday if there is one."""
    first, last = parse_days(days)
    if first != last or first.year is not None:
        return days
    try:
        day = in_other_year(first, *years)
    except ValueError:  # 2/29 in a year that has none
        return days
    named = day.within(years[1])
    near = (named + timedelta(weeks=weeks) for weeks in (0, 1, -1, 2, -2))
    fine = (one for one in near if one.month == day.month and (calendar is None or calendar.hours(one)))
    there = next(fine, named)
    return str(YearlyDay(there.month, there.day))


def _facts(text: YamlText) -> Iterator[_Fact]:
    """Yield the dated facts of a file, in its order as far as one may go without harm to another."""
    root = text.document.value
    found = []
    for top in ((), ("resources",)):
        above = text.value(top) if top else root
        for kind in _CENTRE:
            for keys in _matching(above, kind.where, top):
                found += list(_fact(text, keys, keys, kind.way, kind.what))
    for where in _RULES:
        for keys in _matching(root, where, ()):
            rule = text.value(keys)
            way, what = _OF_RULE.get(
                str(rule.get("rule")) if isinstance(rule, dict) else "", (None, plain(""))
            )
            if way:
                for at in _matching(rule, ("days", "*"), keys):
                    alone = not isinstance(rule["days"], list) or len(rule["days"]) == 1
                    found += list(_fact(text, keys if alone else at, at, way, what))
    yield from sorted(found, key=lambda fact: _start(text, fact))


def _start(text: YamlText, fact: _Fact) -> int:
    node = text.document.node_at(fact.at)
    return node.start_mark.index if node else 0


def _fact(text: YamlText, item: Keys, at: Keys, way: Way, what: Text) -> Iterator[_Fact]:
    value = text.value(at)
    why = str(value.get("why", "")) if isinstance(value, dict) else ""
    if isinstance(value, dict):
        at, value = (*at, "days"), value.get("days")
    try:
        first, last = parse_days(value) if isinstance(value, str) else (None, None)
    except ValueError:
        return
    if first is None or last is None:
        return
    if way is Way.EVERY and _WORKS.search(why):
        way = Way.ONCE
    names_year = first.year is not None and way is not Way.ONCE  # moved with all that names its year
    if names_year or first.is_yearly or (way is Way.EVERY and _in_turn(first) and _in_turn(last)):
        return
    yield _Fact(item, at, value, way, _who(text, at), plain(why) if why else what)


def _in_turn(day: YearlyDay) -> bool:
    first, last = _TURN
    return (day.month, day.day) >= (first.month, first.day) or (day.month, day.day) <= (last.month, last.day)


def _who(text: YamlText, at: Keys) -> str:
    """Return the name of what a value belongs to: a room, a member, a programme; empty for the centre."""
    for length in range(len(at) - 1, 0, -1):
        value = text.value(at[:length])
        if isinstance(value, dict) and value.get("name"):
            return str(value["name"])
    return ""


def _matching(value: Any, where: tuple[str, ...], keys: Keys) -> Iterator[Keys]:
    """Yield the keys of all values of a form; a list of one may stand without its brackets."""
    if value is None:
        return
    if not where:
        yield keys
    elif where[0] != "*":
        found = value.get(where[0]) if isinstance(value, dict) else None
        yield from _matching(found, where[1:], (*keys, where[0]))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _matching(one, where[1:], (*keys, number))
    else:
        yield from _matching(value, where[1:], keys)


_ASKS = Text(
    "{what} {days} は毎年ですか、前年度だけでしたか。今年度は別の日なら、その日付を書いてください",
    "{what}, {days}: is that every year, or was it for last year alone? Or write the days of this year",
)
_WENT = Text("前年度だけのことなので引き継ぎません", "it was for last year alone")
_KEPT = Text(
    "毎年のこととして書き、これからの年度では聞きません", "written as every year's, and not asked again"
)
_MOVED = Text("今年度の日付にしました", "on this year's date")
_UNREADABLE = Text("答え「{answer}」を読めません({id})", "the answer {answer} cannot be read ({id})")
_WRITE = Text(
    "毎年、前年度だけ、または日付(9/8〜9/12)を書いてください", "write 毎年, 前年度だけ, or days (9/8〜9/12)"
)
