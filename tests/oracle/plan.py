"""A plan as the oracle sees it: centre, series and rules, each implied rule written out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

from oracle.days import DAYS, HOLIDAYS, MONTHS, Hours, minute, months, numbers, stretches, weekdays, weekly

TIERS = (
    "changes",
    "notice",
    "rooms",
    "staff",
    "nearness",
    "fit",
    "stability",
    "quiet",
    "pattern",
    "spread",
    "level",
    "people",
)
USUALLY = {
    "windows": "fit",
    "habit": "pattern",
    "steady_pattern": "pattern",
    "usual_place": "pattern",
    "mid_month": "level",
    "same_staff": "people",
    "share_work": "people",
    "even_visits": "spread",
    "level_weeks": "level",
    "quiet_days": "quiet",
    "weekly_rhythm": "pattern",
    "even_pace": "spread",
    "level_load": "level",
}
"""The tier of a rule that states none; every other is hard."""


@dataclass(frozen=True)
class Unit:
    """One room or member of staff."""

    name: str
    pool: str
    kind: Literal["room", "staff"]
    weekly: Mapping[int, Hours]
    away: frozenset[date] = frozenset()
    only: frozenset[date] | None = None
    seats: int | None = None
    features: frozenset[str] = frozenset()
    site: str = ""

    def is_there(self, day: date, begin: int, end: int) -> bool:
        """Whether it can be used all the while."""
        if day in self.away or (self.only is not None and day not in self.only):
            return False
        return any(a <= begin and end <= b for a, b in self.weekly.get(day.weekday(), ()))


@dataclass(frozen=True)
class Series:
    """The sessions of one programme, component and group."""

    id: str
    programme: str
    component: str
    kind: Mapping[str, Any]
    months: tuple[int, ...] = MONTHS
    """Those in which it may be held at all."""
    in_turn: bool = False
    """Whether it is one of several groups that meet one after the other."""
    opened: frozenset[date] = frozenset()
    """Closed days on which the centre opens for it alone."""

    @cached_property
    def minutes(self) -> int:
        return int(self.kind["minutes"])

    @cached_property
    def starts(self) -> tuple[int, ...]:
        return tuple(map(minute, listed(self.kind["starts"])))


@dataclass(frozen=True)
class Rule:
    """A sentence, its parameters, and the series that it binds."""

    name: str
    args: Mapping[str, Any]
    series: tuple[str, ...]
    tier: str = "hard"
    weight: int = 1


def listed(given: Any) -> list[Any]:
    """A list, or the one thing."""
    return [given] if isinstance(given, str) else list(given)


OF_DAYS = ("weekdays", "start_times", "off_dates", "beside_closures")
"""The rules of a programme that its reserve dates keep as well."""
BASIC = ("opening", "needs", "distinct_starts", "start_times", "most", "weekdays")
"""What is asked of every session by itself."""
QUIET = ("4/1〜4/4", "4/30〜5/2", "5/7", "8/13〜8/16", "12/27〜12/28", "1/4〜1/5", "3/28〜3/31")
"""The days that centres avoid, where a calendar lists none of its own."""


class Plan:
    """A plan, read from its mapping."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = given
        centre = given["resources"]
        self.kinds = {kind["id"]: kind for kind in centre["sessions"]}
        shut = [one for one in centre.get("external", ()) if one["effect"] == "closed"]
        self._calendar(centre["calendar"], [day for one in shut for day in one["dates"]])
        self.units = {u.name: u for u in (*self._rooms(centre), *self._staff(centre))}
        self.audiences = {audience["id"]: audience for audience in centre.get("audiences", ())}
        self.series: dict[str, Series] = {}
        self.tags: dict[str, tuple[str, ...]] = {}
        self.counted = {one["id"] for one in given["programmes"] if "frequency" in one}
        self.rules: list[Rule] = []
        self._opened: dict[frozenset[date], Plan] = {}
        for programme in given["programmes"]:
            self._programme(programme)
        for programme in given["programmes"]:
            self._bonds(programme)
        self.rules += [r for rule in given.get("rules", ()) for r in self._rule(rule, ())]
        self._of_the_centre(centre)

    def _calendar(self, calendar: Mapping[str, Any], external: Sequence[str]) -> None:
        self.open_weekly = weekly(calendar["open"])
        named = stretches(one["days"] for one in calendar.get("closed", ()))
        named |= stretches(external)
        shut = named | (HOLIDAYS if calendar.get("holidays", "closed") == "closed" else frozenset())
        self.closures = frozenset(day for day in shut - stretches(calendar.get("opened", ())))
        """Holidays and other closed days, without those closed every week."""
        self.open_days = tuple(
            day for day in DAYS if day.weekday() in self.open_weekly and day not in self.closures
        )
        self.is_open = frozenset(self.open_days)
        self.quiet = stretches(calendar.get("quiet", QUIET))
        """Days that are avoided although the centre is open."""

    def opened_for(self, names: tuple[str, ...]) -> Plan:
        """The plan as some series see it: open on the days as well on which the centre opens for them."""
        days = frozenset(day for name in names for day in self.series[name].opened) - self.is_open
        if not days:
            return self
        if days not in self._opened:
            other = copy(self)
            other.is_open = self.is_open | days
            other.open_days = tuple(day for day in DAYS if day in other.is_open)
            self._opened[days] = other
        return self._opened[days]

    def _rooms(self, centre: Mapping[str, Any]) -> Iterator[Unit]:
        for room in centre.get("rooms", ()):
            seats = room.get("seats")
            common: dict[str, Any] = {
                "pool": room["id"],
                "kind": "room",
                "seats": None if seats is None else int(seats),
                "features": frozenset(listed(room.get("features", ()))),
                "site": room.get("site", ""),
            }
            usual = weekly(room["weekly"]) if "weekly" in room else self.open_weekly
            yield from _alike(room, int(room.get("count", 1)), [usual], room.get("closed", ()), common)
            yield from self._more(room, common)

    def _staff(self, centre: Mapping[str, Any]) -> Iterator[Unit]:
        for pool in centre.get("staff", ()):
            common: dict[str, Any] = {"pool": pool["id"], "kind": "staff"}
            usual = weekly(pool["weekly"]) if "weekly" in pool else self.open_weekly
            away = pool.get("absent", ())
            if "members" in pool:
                whole = stretches(one["days"] for one in away)
                for member in pool["members"]:
                    yield Unit(
                        member["name"],
                        weekly=weekly(member["weekly"]) if "weekly" in member else usual,
                        away=whole | stretches(member.get("absent", ())),
                        features=frozenset(listed(member.get("skills", ()))),
                        **common,
                    )
            else:
                hours = [
                    weekly(shift["weekly"])
                    for shift in pool.get("shifts", ())
                    for _ in range(int(shift.get("count", 1)))
                ]
                count = len(hours) or int(pool.get("count", 1))
                yield from _alike(pool, count, hours or [usual], away, common)
            yield from self._more(pool, common)

    def _more(self, pool: Mapping[str, Any], common: Mapping[str, Any]) -> Iterator[Unit]:
        for extra in pool.get("more", ()):
            usual = weekly(extra["weekly"]) if "weekly" in extra else self.open_weekly
            only = stretches(extra["days"]) if "days" in extra else None
            name = pool["name"] + ("(追加)" if common["kind"] == "room" else "(応援)")
            yield Unit(name, weekly=usual, only=only, **common)

    def _programme(self, programme: Mapping[str, Any]) -> None:
        parts = programme.get("components") or [{}]
        mine: list[str] = []
        for part in parts:
            common = {key: programme[key] for key in ("session", "months", "in_turn") if key in programme}
            node = {**common, **part} if part else programme
            base = f"{programme['id']}.{part['id']}" if part else programme["id"]
            groups = _groups(node["frequency"])
            names = [f"{base}-g{n}" for n in range(1, groups + 1)] if groups > 1 else [base]
            kind = dict(self.kinds[node["session"]])
            kind["audiences"] = [*kind.get("audiences", ()), *part.get("audiences", ())]
            kind["audiences"] += programme.get("audiences", ())
            for name in names:
                turns = str(node.get("in_turn")) == "true"
                opened = stretches(programme.get("opened", ())) | stretches(part.get("opened", ()))
                self.series[name] = Series(
                    name, programme["id"], part.get("id", ""), kind, month_list(node), turns, opened
                )
                self.tags[name] = (*programme.get("tags", ()), *part.get("tags", ()))
            mine += names
            self._held_as_told(node, names)
            for name in names if "reserve" in node else ():
                self._reserve(name, node["reserve"], [*node.get("rules", ()), *programme.get("rules", ())])
            if part:
                self.rules += [r for rule in part.get("rules", ()) for r in self._rule(rule, names)]
        if parts != [{}]:
            self.rules += _windows(programme, tuple(mine))
            if "frequency" in programme:
                self.rules += _counts({}, [tuple(mine)], programme["frequency"])
        named = {"programmes": [programme["id"]]}
        self.rules += [r for rule in programme.get("rules", ()) for r in self._rule(named | rule, mine)]

    def _reserve(self, name: str, given: Any, rules: Sequence[Mapping[str, Any]]) -> None:
        """Add the reserve dates of a series: what is asked of each of them, and that they follow it."""
        spare, one = f"{name}-reserve", self.series[name]
        self.series[spare] = Series(spare, one.programme, one.component, one.kind, MONTHS, opened=one.opened)
        self.tags[spare] = ()
        bound = [rule for rule in self.rules if rule.series == (name,) and rule.name in BASIC]
        self.rules += [Rule(rule.name, rule.args, (spare,)) for rule in bound]
        for rule in {str(one): one for one in rules if one["rule"] in OF_DAYS}.values():
            self.rules += self._rule(rule, [spare])
        wanted = given if isinstance(given, dict) else {"dates": given}
        self.rules.append(Rule("reserve", wanted, (name, spare)))

    def _held_as_told(self, node: Mapping[str, Any], names: list[str]) -> None:
        """Add what kind, frequency, months, marks and windows of a programme or component say."""
        bound = tuple(names)
        for name in names:
            kind = self.series[name].kind
            self.rules += [Rule(rule, {}, (name,)) for rule in ("opening", "needs", "distinct_starts")]
            self.rules.append(Rule("start_times", {"starts": listed(kind["starts"])}, (name,)))
            self.rules.append(Rule("most", {"sessions": kind.get("per_day", "1")}, (name,)))
            if "weekdays" in kind:
                self.rules.append(Rule("weekdays", {"weekdays": kind["weekdays"]}, (name,)))
        if "months" in node:
            self.rules.append(Rule("in_months", {"months": node["months"]}, bound))
        self.rules += _windows(node, bound)
        kind = self.kinds[node["session"]]
        self.rules += _counts(node, [(name,) for name in names], node["frequency"], kind.get("weekdays"))
        if str(node.get("in_turn")) == "true" and len(names) > 1 and "か月" not in node["frequency"]:
            self.rules.append(Rule("in_order", {"programmes": names}, bound))

    def _bonds(self, programme: Mapping[str, Any]) -> None:
        for bond in [programme["together"]] if "together" in programme else []:
            pair = (programme["id"], bond["with"])
            self.rules.append(
                Rule("together", bond, pair, bond.get("tier", "hard"), int(bond.get("weight", 1)))
            )

    def _rule(self, rule: Mapping[str, Any], within: Sequence[str]) -> Iterator[Rule]:
        """Yield a written rule; an even pace is of each component, or of a programme named as a whole."""
        tier = rule.get("tier", USUALLY.get(rule["rule"], "hard"))
        bound = list(within or self._bound(rule))
        whole = self.counted & set(listed(rule.get("programmes", ())))
        mine = [self.series[name] for name in bound]
        parts = {s.id: (s.programme, "" if s.programme in whole else s.component) for s in mine}
        by_part = [[name for name in bound if parts[name] == part] for part in dict.fromkeys(parts.values())]
        for names in by_part if rule["rule"] == "even_pace" else [bound]:
            yield Rule(rule["rule"], rule, tuple(names), tier, int(rule.get("weight", 1)))

    def _bound(self, rule: Mapping[str, Any]) -> list[str]:
        named, tags = listed(rule.get("programmes", ())), set(listed(rule.get("tags", ())))
        counted = [one for one in self.series.values() if not one.id.endswith("-reserve")]
        if not named and not tags:
            return [one.id for one in counted]
        found = [one.id for name in named for one in counted if belongs(one, name)]
        return found + [name for name in self.series if tags & set(self.tags[name])]

    def _external(self, calendar: Mapping[str, Any]) -> Iterator[Rule]:
        """Yield that nothing is held while something is that others decide, for all that it concerns."""
        named, tags = set(listed(calendar.get("programmes", ()))), set(listed(calendar.get("tags", ())))
        people = set(listed(calendar.get("audiences", ())))
        tier = {"blocked": "hard", "avoided": "quiet"}.get(calendar["effect"])
        for name, series in self.series.items():
            tagged = self.tags[name.removesuffix("-reserve")]  # a reserve date is one of its programme's
            is_meant = any(belongs(series, one) for one in named) or tags & set(tagged)
            is_meant = is_meant or people & set(series.kind["audiences"])
            if tier and (is_meant or not (named or tags or people)):
                yield Rule("external_dates", calendar, (name,), tier, int(calendar.get("weight", 1)))

    def _of_the_centre(self, centre: Mapping[str, Any]) -> None:
        everything = tuple(self.series)
        self.rules.append(Rule("capacity", {}, everything))
        self.rules += [r for calendar in centre.get("external", ()) for r in self._external(calendar)]
        for room in centre.get("rooms", ()):
            if room.get("turnaround"):
                spare = {"of": room["id"], "minutes": room["turnaround"]}
                self.rules.append(Rule("turnaround", spare, everything))
        for audience in self.audiences.values():
            bound = tuple(s.id for s in self.series.values() if audience["id"] in s.kind["audiences"])
            tier, weight = audience.get("tier", "hard"), int(audience.get("weight", 1))
            self.rules.append(Rule("audience_apart", audience, bound, tier, weight))

    @property
    def tiers(self) -> list[str]:
        """The tiers in which any rule costs, in order."""
        return [tier for tier in TIERS if any(rule.tier == tier and rule.series for rule in self.rules)]


def belongs(series: Series, name: str) -> bool:
    """Whether a series is meant by ``programme``, ``programme.component``, or its own id."""
    return name in {series.programme, f"{series.programme}.{series.component}", series.id}


def _alike(
    pool: Mapping[str, Any],
    count: int,
    hours: Sequence[Mapping[int, Hours]],
    closed: Sequence[Mapping[str, Any]],
    common: Mapping[str, Any],
) -> Iterator[Unit]:
    """Yield the numbered units of a pool; where some are missing, it is the last of them."""
    for number in range(1, count + 1):
        away = stretches(
            one["days"] for one in closed if "count" not in one or number > count - int(one["count"])
        )
        name = pool["name"] + (str(number) if count > 1 else "")
        yield Unit(name, weekly=hours[(number - 1) % len(hours)], away=away, **common)


def _windows(node: Mapping[str, Any], bound: tuple[str, ...]) -> Iterator[Rule]:
    for key, tier in (("marks", "fit"), ("windows", "hard")):
        if key in node:
            yield Rule("windows", {"windows": node[key]}, bound, tier)


def _groups(frequency: str) -> int:
    found = re.search(r"×(\d+)グループ", frequency)
    return int(found[1]) if found else 1


def _counts(
    node: Mapping[str, Any],
    bound: Sequence[tuple[str, ...]],
    frequency: str,
    weekdays: str | None = None,
) -> Iterator[Rule]:
    """Yield what a frequency asks of each of some sets of series, within the months of its programme.

    A week asks for sessions on the weekdays on which the kind of session can be held.
    """
    text = re.sub(r"×\d+グループ", "", frequency)
    args: dict[str, Any] = {"months": node["months"]} if "months" in node else {}
    pattern = re.fullmatch(r"毎月第(\d)([月火水木金])曜日", text)
    if pattern:
        fixed = {**args, "nths": [pattern[1]], "weekdays": pattern[2]}
        yield from (Rule("fixed_pattern", fixed, names) for names in bound)
    elif "か月" in text:
        runs = {**args, "length": numbers(text)[-1], "low": numbers(text)[0], "high": numbers(text)[0]}
        turn = {"in_turn": node.get("in_turn", "false")}
        yield Rule("month_runs", {**runs, **turn}, tuple(name for names in bound for name in names))
    else:
        per = {"年": "year", "半": "half", "四": "quarter", "学": "term", "月": "month", "週": "week"}[
            text[0]
        ]
        low, high = numbers(text)[0], numbers(text)[-1]
        counted = {**args, "low": low, "high": high, "per": per}
        if weekdays and per == "week":
            counted["weekdays"] = weekdays
        yield from (Rule("count", counted, names) for names in bound)
        if low == 0:  # as many as can be
            wished = {**args, "low": high}
            yield from (Rule("count", wished, names, "fit") for names in bound)


def month_list(args: Mapping[str, Any]) -> tuple[int, ...]:
    """The months that a rule names, all where it names none."""
    return months(args.get("months", "4月～3月"))


def weekday_set(args: Mapping[str, Any]) -> frozenset[int]:
    """The weekdays that a rule names, all where it names none."""
    return weekdays(args.get("weekdays", "月-日"))
