"""Plans of a middling centre at random: a month, one to five programmes, three pools, rooms, wishes."""

from __future__ import annotations

from random import Random
from typing import Any

from campaign.tiny_plans import Drawn, Mapped

DAYS = ["7/1", "7/2", "7/4", "7/8", "7/9", "7/10", "7/12", "7/17", "7/18", "7/22", "7/24", "7/26", "7/30"]
FREQUENCIES = ["年2回", "年4回", "年6回", "年8回", "年3～5回", "週1回", "週1～2回", "月4回", "月2～3回"]
FREQUENCIES += [
    "毎月第2火曜日",
    "毎月第4木曜日",
    "年3回×2グループ",
    "年2回×3グループ",
    "年5回×2グループ",
    "年0～3回",
]


def middling_plan(chance: Random) -> Mapped:
    """Return a plan of 7月, as the mapping that its YAML has."""
    draw = _Centre(chance)
    staff = [draw.named(), draw.counted(), draw.shifted()]
    rooms = draw.rooms()
    kinds = [draw.kind(f"kind{n}") for n in range(chance.randint(1, 4))]
    programmes = [draw.programme(f"p{n}", kinds) for n in range(chance.randint(1, 5))]
    draw.bond(programmes)
    names = [programme["id"] for programme in programmes]
    return {
        "schema": 1,
        "id": "middling",
        "title": "中くらいの計画",
        "year": "令和6年度",
        "wishes": "none",
        "resources": {
            "schema": 1,
            "calendar": {
                "open": {"月-金": "9:00-17:00", "土": "9:00-12:00"},
                **draw.maybe(3, "closed", [{"days": draw.stretch(), "why": "工事"}]),
            },
            "rooms": rooms,
            "staff": staff,
            "audiences": [
                {"id": "people", "name": "親子", **draw.audience()},
                {"id": "members", "name": "会員", **draw.audience()},
            ],
            "sessions": kinds,
        },
        "programmes": programmes,
        "rules": [draw.rule_of_all(names) for _ in range(chance.choice([0, 1, 2, 3]))],
    }


class _Centre(Drawn):
    """Draws the parts of a middling centre."""

    def __init__(self, chance: Random) -> None:
        super().__init__(chance, "july", DAYS, ["7月"])

    def named(self) -> Mapped:
        """A pool whose members differ."""
        self.members = ["田中", "鈴木", "佐藤", "高橋"][: self.one(2, 3, 3, 4)]
        members = [
            {
                "name": name,
                **self.maybe(3, "absent", [self.stretch()]),
                **self.maybe(3, "weekly", {"月-水": "9:00-17:00"}, {"火-金": "9:00-13:00"}),
                **self.maybe(5, "skills", ["手話"], ["手話", "英語"]),
            }
            for name in self.members
        ]
        self.skilled = sum("手話" in member.get("skills", ()) for member in members)
        return {"id": "pool", "name": "保健師", "members": members}

    def counted(self) -> Mapped:
        """A pool of so many, some of them away at times."""
        return {
            "id": "hoikushi",
            "name": "保育士",
            "count": self.one(2, 3, 3, 4, 5),
            **self.maybe(5, "absent", [{"days": self.stretch(), "count": self.one(1, 2)}]),
            **self.maybe(2, "more", [{"days": [self.stretch()]}], [{"weekly": {"水": "9:00-17:00"}}]),
        }

    def shifted(self) -> Mapped:
        """A pool of two shifts."""
        half = self.one({"月-水": "9:00-17:00"}, {"月-金": "9:00-12:00"}, {"土": "9:00-12:00"})
        shifts = [{"count": self.one(1, 2), "weekly": {"月-金": "9:00-17:00"}}, {"weekly": half}]
        return {"id": "sodanin", "name": "相談員", "shifts": shifts}

    def rooms(self) -> list[Mapped]:
        return [
            {
                "id": "one",
                "name": "一室",
                "site": "東館",
                "features": ["防音"],
                **self.maybe(2, "turnaround", 30),
                **self.maybe(2, "closed", [{"days": self.stretch()}]),
            },
            {"id": "two", "name": "二室", "site": "西館", **self.maybe(4, "count", 2, 3), "seats": 20},
            {
                "id": "three",
                "name": "三室",
                "weekly": {"月-木": "9:00-16:00"},
                **self.maybe(3, "closed", [{"days": self.stretch()}]),
                **self.maybe(3, "more", [{"weekly": {"火": "9:00-17:00"}}]),
            },
        ]

    def kind(self, name: str) -> Mapped:
        pools = self.chance.sample(["pool", "hoikushi", "sodanin"], self.chance.choice([0, 1, 1, 2, 2]))
        staff = {pool: self.one(1, 1, 2) for pool in pools}
        kind: Mapped = {
            "id": name,
            "minutes": self.one(45, 60, 90, 120, 180),
            "starts": self.one(["10:00"], ["9:30", "13:30"], ["10:00", "11:00"], ["9:00", "10:30", "13:00"]),
            "staff": staff,
            **self.maybe(2, "per_day", 2),
            **self.maybe(3, "weekdays", "月-水", "火木", "火-金", "月-土"),
            **self.maybe(4, "audiences", ["people"], ["members"], ["people", "members"]),
        }
        if self.chance.random() < 0.7:
            kind |= {
                "rooms": self.one("one", ["one", "two"], ["two", "three"], "two", ["one", "two", "three"])
            }
            kind |= self.maybe(2, "more_rooms", ["three"], [["one", "two"]]) if kind["rooms"] == "two" else {}
            kind |= self.maybe(3, "people", 10, 15)
        if 0 < staff.get("pool", 0) <= self.skilled:
            kind |= self.maybe(4, "skills", {"pool": ["手話"]})
        return kind

    def programme(self, name: str, kinds: list[Mapped]) -> Mapped:
        window: Any = {"months": "7月", "sessions": self.one(1, 2, 4)}
        return {
            "id": name,
            "name": f"事業{name}",
            "frequency": self.one(*FREQUENCIES),
            "session": self.one(*kinds)["id"],
            "months": "7月",
            **self.maybe(2, "tags", ["tagged"]),
            **self.maybe(2, "marks", [window]),
            "rules": [self.rule_of_one() for _ in range(self.one(0, 0, 1, 1, 2))],
        }
