"""Plans of a whole year at random, to ask whom the usual wishes concern: marks, courses, visits, guests."""

from __future__ import annotations

from random import Random
from typing import Any

Mapped = dict[str, Any]
MONTHS = ["4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月", "1月", "2月", "3月"]
STRETCHES = ["4月～6月", "5月～9月", "6月～7月", "10月～1月", "5月・7月", "4月・8月・12月", "9月～3月"]
RHYTHMS = ["月1回", "月2回", "月1～2回", "月4回", "週1回", "毎月第2火曜日", "半期に1回", "学期に1回"]
RUNS = ["月1回×2か月×2グループ", "月1回×3か月×3グループ", "月1回×5か月"]
COUNTS = [*range(1, 9), 10, 12, 20, 36, 37, 40]


def wished_plan(chance: Random) -> Mapped:
    """Return a plan that states no rules, as the mapping that its YAML has; nobody solves it."""
    programmes = [_programme(chance, f"p{n}") for n in range(chance.randint(1, 3))]
    if len(programmes) > 1 and chance.random() < 0.4:
        programmes[1] |= _beside(chance, programmes[1])
    return {
        "schema": 1,
        "id": "wished",
        "title": "希望の計画",
        "year": "令和6年度",
        "resources": {
            "schema": 1,
            "calendar": {
                "open": {chance.choice(["月-金", "火木", "火", "月水金"]): "9:00-17:00"},
                "closed": [
                    {
                        "days": chance.choice(["8/1〜8/31", "12/29〜1/3", "6/1〜9/30", "4/1〜4/7"]),
                        "why": "休館",
                    }
                    for _ in range(chance.choice([0, 1, 2]))
                ],
            },
            "staff": [{"id": "pool", "name": "職員", "count": chance.choice([1, 2])}],
            "sessions": [
                {"id": "hour", "minutes": 60, "starts": ["10:00", "13:00"], "staff": {"pool": 1}},
                {"id": "alone", "minutes": 60, "starts": ["10:00"]},
            ],
        },
        "programmes": programmes,
    }


def _programme(chance: Random, name: str) -> Mapped:
    number = chance.choice(COUNTS)
    common = {"id": name, "name": f"事業{name}", "session": chance.choice(["hour", "hour", "alone"])}
    months = {"months": chance.choice(STRETCHES)} if chance.random() < 0.25 else {}
    shape = chance.choice(["bare", "marks", "visits", "course", "rhythm", "groups", "parts"])
    yearly = chance.choice([f"年{number}回", f"年{number}回", f"年{number}～{number + 2}回"])
    if shape == "rhythm":
        text = chance.choice(
            ["月1回", "月2回", "月1～2回", "月4回", "週1回", "毎月第2火曜日", "半期に1回", "学期に1回"]
        )
        return common | {"frequency": text} | months
    if shape == "groups":
        text = chance.choice(
            [f"年{number}回×2グループ", "月1回×2か月×2グループ", "月1回×3か月×3グループ", "月1回×5か月"]
        )
        turns = {"in_turn": "true"} if chance.random() < 0.5 else {}
        return common | {"frequency": text} | turns
    if shape == "parts":
        parts = [
            {
                "id": part,
                "name": f"内訳{part}",
                "frequency": f"年{chance.choice(COUNTS)}回",
                **_placed(chance),
            }
            for part in "xy"
        ]
        return common | {"components": parts} | months
    if shape == "visits":
        visits: list[Mapped] = [
            {
                "months": chance.choice([*MONTHS, "6月～7月", "10月～11月"]),
                "sessions": chance.choice([4, 5, 8]),
            }
            for _ in range(chance.choice([1, 1, 2]))
        ]
        total = sum(int(one["sessions"]) for one in visits) + chance.choice([0, 0, 1, 4])
        return common | {"frequency": f"年{total}回", chance.choice(["marks", "windows"]): visits}
    if shape == "course":
        whole = {"months": chance.choice(STRETCHES), "sessions": number}
        return common | {"frequency": yearly, chance.choice(["marks", "windows"]): [whole]}
    placed = _placed(chance) if shape == "marks" else {}
    return common | {"frequency": yearly} | placed | months


def _placed(chance: Random) -> Mapped:
    """Marks, or nothing."""
    if chance.random() < 0.3:
        return {}
    marks: list[Any] = chance.sample(MONTHS, chance.choice([1, 1, 2, 3]))
    if chance.random() < 0.3:
        marks.append(chance.choice([*STRETCHES, {"months": chance.choice(STRETCHES), "sessions": 2}]))
    return {"marks": marks}


def _beside(chance: Random, programme: Mapped) -> Mapped:
    """Hold a programme with the first one, all of it or in part."""
    if "components" in programme or "グループ" in programme["frequency"]:
        return {}
    bond: Mapped = {"with": "p0"}
    bond |= {"sessions": chance.choice([1, 2, 3])} if chance.random() < 0.7 else {}
    bond |= {"shared": "false"} if chance.random() < 0.3 else {}
    bond |= {"tier": "fit"} if chance.random() < 0.2 else {}
    return {"together": bond}
