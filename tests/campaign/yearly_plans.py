"""Plans of a small centre over a whole year at random, with the usual wishes: a few of them can be kept."""

from __future__ import annotations

from random import Random
from typing import Any

Mapped = dict[str, Any]
FREQUENCIES = ["月1回", "月1回", "月2回", "年6回", "年10回", "年20回", "年4～6回", "月1回×5か月×2グループ"]
SELDOM = ["年1回", "年2回", "年3回"]


def yearly_plan(chance: Random) -> Mapped:
    """Return a plan as the mapping that its YAML has; about one in five is too tight for all its wishes."""
    weekdays = "".join(sorted(chance.sample("月火水木金", chance.choice([1, 2, 2])), key="月火水木金".index))
    kinds = [_kind(chance, f"kind{n}") for n in range(chance.randint(1, 2))]
    count = chance.randint(1, 4)
    programmes = [_programme(chance, f"p{n}", chance.choice(kinds)["id"]) for n in range(count)]
    return {
        "schema": 1,
        "id": "yearly",
        "title": "一年の計画",
        "year": chance.choice(["令和6年度", "令和7年度"]),
        "wishes": "usual",
        "resources": {
            "schema": 1,
            "calendar": {
                "open": {"・".join(weekdays): "9:00-17:00"},
                "closed": [{"days": _stretch(chance), "why": "工事"} for _ in range(chance.randint(0, 3))],
            },
            "rooms": [{"id": "one", "name": "一室", **_at_times(chance, "closed")}],
            "staff": [{"id": "pool", "name": "職員", "count": chance.choice([1, 2])}],
            "audiences": [{"id": "people", "name": "親子", "apart": chance.choice(["moment", "day"])}],
            "sessions": kinds,
        },
        "programmes": programmes,
    }


def _kind(chance: Random, name: str) -> Mapped:
    return {
        "id": name,
        "minutes": chance.choice([60, 120]),
        "starts": chance.choice([["10:00"], ["10:00", "13:30"]]),
        "rooms": "one",
        "staff": {"pool": 1},
        **({"audiences": ["people"]} if chance.random() < 0.3 else {}),
    }


def _programme(chance: Random, name: str, kind: str) -> Mapped:
    frequency = chance.choice(FREQUENCIES if chance.random() < 0.8 else SELDOM)
    gap = {"rule": "min_gap", "days": chance.choice([7, 10, 14])}
    return {
        "id": name,
        "name": f"事業{name}",
        "frequency": frequency,
        "session": kind,
        "rules": [gap] if chance.random() < 0.4 else [],
    }


def _at_times(chance: Random, field: str) -> Mapped:
    return {field: [{"days": _stretch(chance)}]} if chance.random() < 0.5 else {}


def _stretch(chance: Random) -> str:
    month, first = chance.randint(1, 12), chance.randint(1, 18)
    return f"{month}/{first}〜{month}/{first + chance.choice([0, 6, 10])}"
