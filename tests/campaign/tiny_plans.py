"""Tiny plans at random: a few open days, one to three programmes, few rooms and people, any rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

Mapped = dict[str, Any]
WEEK, SPRING, QUARTER, NEW_YEAR, SEASONS = "week", "spring", "quarter", "new year", "seasons"

CALENDARS: Mapping[str, tuple[Mapped, list[str], list[str]]] = {
    WEEK: (
        {"open": {"月-金": "9:00-17:00"}, "closed": ["4/6〜3/31"]},
        ["4/1", "4/2", "4/3", "4/4", "4/5"],
        ["4月"],
    ),
    SPRING: (
        {"open": {"月-水": "9:00-17:00", "木-金": "9:00-12:00"}, "closed": ["4/1〜4/25", "5/9〜3/31"]},
        ["4/26", "4/30", "5/1", "5/2", "5/7", "5/8"],
        ["4月", "5月", "4月・5月"],
    ),
    QUARTER: (
        {"open": {"火": "9:00-17:00"}, "closed": ["7/1〜3/31", "4/16", "5/14", "6/11〜6/18"]},
        ["4/2", "4/9", "4/23", "4/30", "5/7", "5/21", "5/28", "6/4", "6/25"],
        ["4月", "6月", "4月・6月", "4月～6月", "5月～6月"],
    ),
    NEW_YEAR: (
        {
            "open": {"火": "9:00-17:00", "木": "9:00-17:00"},
            "closed": ["4/1〜12/9", "12/18〜12/20", "12/28〜1/4", "1/16〜3/31"],
        },
        ["12/10", "12/12", "12/24", "12/26", "1/7", "1/9", "1/14"],
        ["12月", "1月", "12月・1月"],
    ),
    SEASONS: (
        {
            "open": {"月": "9:00-17:00"},
            "holidays": "open",
            "closed": ["5/1〜8/31", "10/1〜12/31", "2/1〜3/31"],
        },
        ["4/1", "4/8", "4/29", "9/2", "9/16", "9/23", "9/30", "1/6", "1/13", "1/27"],
        ["4月", "9月", "4月・1月", "4月・9月", "9月～1月"],
    ),
}
"""Calendars with few open days: dates of interest in each, and months."""
FREQUENCIES: Mapping[str, list[str]] = {
    WEEK: ["年1回", "年2回", "年3回", "年1～2回", "年2回×2グループ", "週2回", "年1回×2グループ", "年0～2回"],
    SPRING: ["年1回", "年2回", "年3回", "年2～3回", "週1回", "年1回×2グループ", "週1～2回"],
    QUARTER: [
        "年2回",
        "年3回",
        "年1～3回",
        "月1回",
        "月1～2回",
        "月1回×2か月",
        "月1回×2か月×2グループ",
        "毎月第2火曜日",
    ],
    NEW_YEAR: [
        "年2回",
        "年3回",
        "月1回",
        "週1回",
        "毎月第4火曜日",
        "月1回×1か月×2グループ",
        "年1回×2グループ",
    ],
    SEASONS: [
        "年2回",
        "年3回",
        "月1回",
        "半期に1回",
        "月1回×2か月",
        "毎月第4月曜日",
        "学期に1回",
        "四半期に1回",
    ],
}
TIERS = ["fit", "stability", "pattern", "spread", "level", "rooms"]


def tiny_plan(chance: Random) -> Mapped:
    """Return a plan of a few days, as the mapping that its YAML has."""
    where = chance.choice(list(CALENDARS))
    calendar, days, months = CALENDARS[where]
    draw = Drawn(chance, where, days, months)
    pool = draw.pool()
    kinds = [draw.kind(f"kind{n}") for n in range(chance.choice([1, 1, 2]))]
    programmes = [draw.programme(f"p{n}", kinds) for n in range(chance.choice([1, 1, 2, 2, 2, 3]))]
    draw.bond(programmes)
    programmes = [draw.in_parts(programme) for programme in programmes]
    names = [programme["id"] for programme in programmes]
    names += [f"{programme['id']}.x" for programme in programmes if "components" in programme]
    shut = [{"days": one, "why": "閉館"} for one in calendar["closed"]]
    plan = {
        "schema": 1,
        "id": "tiny",
        "title": "小さな計画",
        "year": "令和6年度",
        "wishes": "none",
        "resources": {
            "schema": 1,
            "calendar": {**calendar, "closed": shut, **draw.maybe(2, "quiet", [draw.stretch()])},
            "rooms": draw.rooms(),
            "staff": [pool],
            "audiences": [{"id": "people", "name": "親子", **draw.audience()}],
            "sessions": kinds,
        },
        "programmes": programmes,
        "rules": [draw.rule_of_all(names) for _ in range(chance.choice([0, 1, 1, 2]))],
    }
    for programme in programmes:  # drawn last, so that seeds tried before make the plans that they made
        frequency = programme.get("frequency", "")
        if "グループ" in frequency and "か月" not in frequency and "components" not in programme:
            programme.update(draw.maybe(5, "in_turn", "true"))
    return plan


class Drawn:
    """Draws the parts of one plan."""

    def __init__(self, chance: Random, where: str, days: list[str], months: list[str]) -> None:
        self.chance, self.where, self.days, self.months = chance, where, days, months
        self.members: list[str] = []
        """The names of the pool's members, once it is drawn."""
        self.skilled = 0
        self.bonded: set[str] = set()
        """The programmes that are held together."""

    def one(self, *options: Any) -> Any:
        return self.chance.choice(options)

    def maybe(self, of_ten: int, key: str, *options: Any) -> Mapped:
        """Return the key with one of the options, in so many of ten cases."""
        return {key: self.one(*options)} if self.chance.random() * 10 < of_ten else {}

    def stretch(self) -> str:
        first, last = sorted(self.chance.sample(range(len(self.days)), 2))
        return str(self.one(self.days[first], f"{self.days[first]}〜{self.days[last]}"))

    def kind(self, name: str) -> Mapped:
        starts = [
            ["10:00"],
            ["10:00"],
            ["10:00"],
            ["10:00"],
            ["10:00", "11:00"],
            ["10:00", "13:00"],
            ["9:30", "11:30"],
        ]
        kind = {
            "id": name,
            "minutes": self.one(60, 60, 120, 180),
            "starts": self.one(*starts),
            **self.maybe(2, "per_day", 2),
            **self.maybe(2, "weekdays", "月-水", "火木", "火-金"),
            **self.maybe(5, "audiences", ["people"]),
            **self.maybe(2, "site", "東館", "西館"),
        }
        if self.chance.random() < 0.5:
            kind |= {"rooms": self.one("one", ["one", "two"], ["one", "two"], "two")}
            kind |= self.maybe(2, "more_rooms", ["two"], [["one", "two"]]) if kind["rooms"] != "two" else {}
            kind |= self.maybe(2, "features", ["防音"]) if kind["rooms"] != "two" else {}
            kind |= self.maybe(3, "people", 5, 15)
        if self.chance.random() < 0.5:
            amount = min(self.one(1, 1, 2), len(self.members))
            kind["staff"] = {"pool": amount}
            if self.skilled >= amount:
                kind |= self.maybe(4, "skills", {"pool": ["手話"]})
        return kind

    def rooms(self) -> list[Mapped]:
        away = self.maybe(3, "closed", [{"days": self.stretch()}])
        few = self.maybe(3, "closed", [{"days": self.stretch(), "count": 1}])
        return [
            {
                "id": "one",
                "name": "一室",
                "site": "東館",
                "features": ["防音"],
                **self.maybe(3, "seats", 10, 20),
                **self.maybe(2, "turnaround", 30, 60),
                **away,
                **self.maybe(2, "more", [{"days": [self.one(*self.days)]}]),
            },
            {
                "id": "two",
                "name": "二室",
                "site": "西館",
                **self.maybe(3, "count", 2),
                **self.maybe(2, "weekly", {"月-木": "9:00-12:00"}),
                **few,
            },
        ]

    def pool(self) -> Mapped:
        pool: Mapped = {"id": "pool", "name": "職員"}
        how = self.one("count", "shifts", "members", "members")
        if how == "members":
            self.members = ["甲", "乙", "丙"][: self.one(2, 2, 3)]
            pool["members"] = [self._member(name) for name in self.members]
            self.skilled = sum("skills" in member for member in pool["members"])
            return {**pool, **self.maybe(1, "absent", [{"days": self.stretch()}])}
        if how == "shifts":
            half = self.one({"月-水": "9:00-17:00"}, {"月-金": "9:00-12:00"})
            pool["shifts"] = [{"count": self.one(1, 2), "weekly": {"月-金": "9:00-17:00"}}, {"weekly": half}]
            self.members = [f"職員{n}" for n in range(1, pool["shifts"][0]["count"] + 2)]
            return {**pool, **self.maybe(2, "absent", [{"days": self.stretch()}])}
        pool["count"] = self.one(1, 2, 2, 3)
        self.members = [f"職員{n}" for n in range(1, pool["count"] + 1)] if pool["count"] > 1 else ["職員"]
        pool |= self.maybe(4, "absent", [{"days": self.stretch(), "count": 1}], [{"days": self.stretch()}])
        return {**pool, **self.maybe(2, "more", [{"days": [self.one(*self.days)]}])}

    def _member(self, name: str) -> Mapped:
        return {
            "name": name,
            **self.maybe(2, "absent", [self.stretch()]),
            **self.maybe(2, "weekly", {"月-水": "9:00-17:00"}, {"月-金": "9:00-12:00"}),
            **self.maybe(6, "skills", ["手話"]),
        }

    def audience(self) -> Mapped:
        apart = {"apart": self.one("moment", "moment", "day", "week")}
        return {**apart, **self.maybe(5, "tier", *TIERS), **self.maybe(2, "weight", 2)}

    def programme(self, name: str, kinds: list[Mapped]) -> Mapped:
        of_year = self.where in {QUARTER, SEASONS, NEW_YEAR}
        frequency = self.one(*FREQUENCIES[self.where])
        must = frequency.startswith(("月", "毎月", "半期", "四半期", "学期"))
        months = self.maybe(10 if must else 2, "months", *self.months)
        window = {"months": self.one(*self.months), "sessions": self.one(1, 2)}
        return {
            "id": name,
            "name": f"事業{name}",
            "frequency": frequency,
            "session": self.one(*kinds)["id"],
            **months,
            **self.maybe(2, "tags", ["tagged"]),
            **(self.maybe(3, "marks", [self.one(*self.months), window], [window]) if of_year else {}),
            **(self.maybe(1, "windows", [window]) if of_year else {}),
            **(self.maybe(5, "in_turn", "true") if "か月" in frequency else {}),
            "rules": [self.rule_of_one() for _ in range(self.one(0, 1, 1, 2))],
        }

    def in_parts(self, programme: Mapped) -> Mapped:
        """Give one programme in ten two components, where it is held with no other."""
        if self.chance.random() > 0.1 or programme["id"] in self.bonded:
            return programme
        whole, told = {"id", "name", "session", "tags"}, {"months", "marks", "windows"}
        if self.chance.random() < 0.5:
            whole, told = whole | told, set()
        numbers = [self.one(1, 2), 1]
        parts = [
            {
                "id": part,
                "name": f"{programme['name']}{part}",
                "frequency": f"年{number}回",
                **{key: value for key, value in programme.items() if key in told},
                "rules": [self.rule_of_one() for _ in range(self.one(0, 1))],
            }
            for part, number in zip("xy", numbers, strict=True)
        ]
        common = {key: value for key, value in programme.items() if key in whole}
        return {
            **common,
            **self.maybe(5, "frequency", f"年{sum(numbers)}回"),
            "components": parts,
            "rules": [self.rule_of_one() for _ in range(self.one(0, 1))],
        }

    def bond(self, programmes: list[Mapped]) -> None:
        """Hold the second programme's sessions with the first one's, where both have one series."""
        alone = all("グループ" not in programme["frequency"] for programme in programmes[:2])
        if len(programmes) > 1 and alone and self.chance.random() < 0.35:
            self.bonded = {"p0", "p1"}
            programmes[1]["together"] = {
                "with": "p0",
                **self.maybe(6, "sessions", 1, 1, 2),
                **self.maybe(4, "shared", "false"),
                **self.maybe(4, "tier", "fit", "pattern", "level"),
                **self.maybe(2, "weight", 3),
            }
            if self.chance.random() < 0.7:
                programmes[1]["session"] = programmes[0]["session"]

    def rule_of_one(self) -> Mapped:
        """Return a rule within a programme."""
        return self._softened(self.one(*RULES_OF_ONE)(self))

    def rule_of_all(self, names: list[str]) -> Mapped:
        """Return a rule over several programmes, or all."""
        rule = self._softened(self.one(*RULES_OF_ALL)(self))
        if rule["rule"] == "in_order":
            if len(names) < 2:
                return self.rule_of_all(names)
            return {**rule, "programmes": self.chance.sample(names, 2)}
        if self.chance.random() < 0.3:
            return {**rule, "programmes": self.chance.sample(names, self.chance.randint(1, len(names)))}
        return rule

    def _softened(self, rule: Mapped) -> Mapped:
        if rule["rule"] in {"share_work", "same_staff"}:  # they never cost a date: no other tier is theirs
            return rule
        return {**rule, **self.maybe(6, "tier", *TIERS), **self.maybe(2, "weight", 2, 5)}


def _named(rule: str, **parameters: Callable[[Drawn], Any]) -> Callable[[Drawn], Mapped]:
    """A rule with parameters that are drawn; None leaves one out."""

    def drawn(draw: Drawn) -> Mapped:
        given = {key: value(draw) for key, value in parameters.items()}
        return {"rule": rule, **{key: value for key, value in given.items() if value is not None}}

    return drawn


def _of(*options: Any) -> Callable[[Drawn], Any]:
    return lambda draw: draw.one(*options)


def _stretches(draw: Drawn) -> list[str]:
    return [draw.stretch() for _ in range(draw.one(1, 2))]


def _months(draw: Drawn) -> str:
    return str(draw.one(*draw.months))


def _months_or_none(draw: Drawn) -> str | None:
    return draw.one(_months(draw), None)  # type: ignore[no-any-return]


NTHS = _of([1], [2], [-1], [1, 3], [2, 4], [4])


def _member(draw: Drawn) -> str:
    return str(draw.one(*draw.members))


def _someone(draw: Drawn) -> str:
    return str(draw.one("one", "two", "pool", "一室", _member(draw)))


def _several(draw: Drawn) -> Any:
    return draw.one("pool", "pool", draw.chance.sample(draw.members, min(2, len(draw.members))))


RULES_OF_ONE = (
    _named("opening"),
    _named("in_months", months=_months),
    _named("in_dates", days=_stretches),
    _named("off_dates", days=_stretches, start=_of(None, None, "10:00")),
    _named("month_days", days=_of([1, 3, 7], [2, 4, 30], [9, 16, 24, 25])),
    _named("weekdays", weekdays=_of("月-水", "火", "木金", "月"), nths=_of(None, [1], [-1], [2, 4])),
    _named("start_times", starts=_of(["10:00"], ["11:00", "13:00"], ["13:00"])),
    _named(
        "fixed_pattern",
        weekdays=_of("火", "月", "木", "月火"),
        nths=NTHS,
        months=_months,
        closed=_of("next_week", "next_open", "previous_open", "skip"),
    ),
    _named(
        "rhythm",
        weeks=_of(1, 2, 2, 3),
        weekdays=_of("火", "月", "木", "月火"),
        months=_months_or_none,
        closed=_of(None, "next_week", "next_open", "previous_open"),
        holidays=_of(None, None, "closed", "skip"),
        since=lambda draw: draw.one(None, None, draw.days[0], draw.days[2]),
    ),
    _named("rhythm", weeks=_of(1, 2), low=_of(0, 1, 2), high=_of(None, 2), months=_months_or_none),
    _named("rhythm", weeks=_of(1, 2), months=_months_or_none),
    _named("on_dates", days=_stretches, start=_of(None, None, "10:00", "13:00")),
    _named("beside_closures", side=_of("before", "after", "both", None)),
    _named(
        "count",
        low=_of(0, 1, 2),
        high=_of(2, 3),
        per=_of(None, "half", "quarter", "term", "month", "week", "day"),
        months=_months_or_none,
        weekdays=_of(None, None, "月火", "火-木"),
    ),
    _named(
        "windows",
        windows=lambda draw: [_months(draw), {"months": _months(draw), "sessions": draw.one(1, 2)}],
    ),
    _named("month_runs", length=_of(1, 1, 2), low=_of(None, 1), high=_of(1, 2), months=_months_or_none),
    _named("day_runs", length=_of(2, 2, 3), step=_of(None, 1, 2, 7), over=_of(None, "open")),
    _named("min_gap", days=_of(2, 3, 7, 14)),
    _named("max_gap", days=_of(1, 2, 7, 14, 28)),
    _named("most", sessions=_of(0, 1, 1, 2), per=_of(None, "day", "week", "month")),
    _named(
        "habit",
        days=_of("火 10:00", "第1月 13:00", "第2木 10:00", "最終金 10:00", "5月の第1火 10:00"),
        closed=_of(None, "next_week", "next_open", "previous_week", "skip"),
    ),
    _named("steady_pattern", weeks=_of(None, "true"), weekdays=_of(None, "false")),
    _named("usual_place", per_month=_of(1, 1, 2, 3)),
    _named("weekly_rhythm", slots=_of(1, 2, 3), months=_months_or_none),
    _named("mid_month", first=_of(None, 2, 8), last=_of(None, 16, 31)),
    _named("quiet_days", days=_stretches),
    _named(
        "even_visits",
        sessions=_of(1, 2, 3),
        months=_months,
        weekdays=_of(None, None, "月-水", "火"),
    ),
    _named("even_pace", months=_months_or_none, sessions=_of(None, None, 2, 3)),
    _named("led_by", member=_member),
    _named("most_use", of=_someone, sessions=_of(0, 1, 2), per=_of(None, "week", "month")),
)
RULES_OF_ALL = (
    *RULES_OF_ONE,
    _named("level_weeks", sessions=_of(2, 4, 6), percent=_of(None, 100, 150)),
    _named("level_load", sessions=_of(1, 2), per=_of(None, "week")),
    _named("most", sessions=_of(1, 1, 2), per=_of("day", "week", "month")),
    _named("apart", per=_of(None, "day", "week")),
    _named("most_parallel", sessions=_of(1, 1, 2)),
    _named("most_use", of=_someone, sessions=_of(1, 2), per=_of(None, "week", "month")),
    _named("share_work", of=_of("pool"), percent=_of(None, 100, 150)),
    _named("same_staff", by_weekday=_of(None, "true")),
    _named("most_hours", of=_someone, hours=_of(1, 2, 3), per=_of(None, "day", "month", "year")),
    _named("most_days_in_row", of=_someone, days=_of(1, 2)),
    _named("min_rest", of=lambda draw: draw.one("pool", _member(draw)), hours=_of(11, 20, 24, 48, 72)),
    _named("turnaround", of=_someone, minutes=_of(30, 60, 90)),
    _named("travel", of=_several, between=_of(["東館", "西館"]), minutes=_of(30, 60, 150)),
    _named("fair_share", members=_several, difference=_of(None, 0, 0, 1)),
    _named("led_by", member=_member),
    _named("in_order", days=_of(None, 0, 1, 2, 7), each=_of(None, "true")),
)
