"""A choice of plans as lines of text, as CSV and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ksolve.alternatives.choosing import Alternative, Choice, End
from ksolve.alternatives.contrast import Contrast
from ksolve.changes.distance import SCALE, Distance
from ksolve.files.separated import csv_bytes
from ksolve.text import Lang, Text

SCHEMA = 1
"""The version of the JSON; it is raised when a key changes its meaning or goes."""
_SHOWN = 8
"""So many programmes are named for each plan on a terminal; the table has all."""


@dataclass(frozen=True)
class Told:
    """A choice with what sets its plans apart, and what the plan is called."""

    title: str
    choice: Choice
    contrasts: tuple[Contrast, ...]

    @property
    def numbers(self) -> range:
        """The numbers of the plans, from 1 on."""
        return range(1, len(self.choice.plans) + 1)

    def lines(self) -> Iterator[Text]:
        """Yield for each plan after the first how far it is and from what it differs, then how it ended."""
        for number in self.numbers[1:]:
            yield from plan_lines(self.choice.plans[number - 1], number)
            differing = [text for one in self.contrasts if (text := one.against(0, number - 1))]
            for text in differing[:_SHOWN]:
                yield _ITEM.fill(text=text)
            if len(differing) > _SHOWN:
                yield _MORE.fill(more=len(differing) - _SHOWN)
        yield ending(self.choice)


def plan_lines(plan: Alternative, number: int) -> Iterator[Text]:
    """Yield how far a plan is from the nearest before it, with the proven bound, and from the others."""
    near = plan.distances[plan.nearest - 1]
    yield _PLAN.fill(
        number=number, nearest=plan.nearest, apart=_apart(near), bound=f"{plan.bound / SCALE:.1f}"
    )
    for earlier, other in enumerate(plan.distances, start=1):
        if earlier != plan.nearest:
            yield _OTHER.fill(number=earlier, apart=_apart(other))


def _apart(distance: Distance) -> Text:
    return _APART.fill(programmes=f"{distance.programmes:.1f}", sessions=f"{distance.sessions:g}")


def ending(choice: Choice) -> Text:
    """Return why there are as many plans as there are."""
    return _ENDS[choice.end].fill(found=len(choice.plans), wanted=choice.wanted)


def choice_rows(told: Told, lang: Lang) -> Iterator[tuple[str, ...]]:
    """Yield a header, then for each programme what differs, and its sentence or dates in each plan."""
    plans = tuple(_NUMBER.fill(number=number)(lang) for number in told.numbers)
    yield (_PROGRAMME(lang), _DIFFERS(lang), *plans)
    for one in told.contrasts:
        yield (one.name, _kind(one)(lang), *(text(lang) for text in one.when))


def _kind(one: Contrast) -> Text:
    if one.weekday_differs:
        return _WEEKDAY
    if one.pattern_differs:
        return _PATTERN
    return _DATES if any(one.elsewhere) else _SAME


def choice_csv(told: Told, lang: Lang) -> bytes:
    """Return the table as CSV in UTF-8 with a byte order mark."""
    return csv_bytes(choice_rows(told, lang))


def choice_json(told: Told) -> str:
    """Return a choice for programs; texts in both languages."""
    choice = told.choice
    value = {
        "schema": SCHEMA,
        "title": told.title,
        "wanted": choice.wanted,
        "end": choice.end.value,
        "ending": _both(ending(choice)),
        "limits": {tier.name.lower(): limit for tier, limit in choice.limits.items()},
        "plans": [_plan(plan, number) for number, plan in zip(told.numbers, choice.plans, strict=True)],
        "programmes": [
            {
                "name": one.name,
                "weekdays": [_both(text) for text in one.weekdays],
                "when": [_both(text) for text in one.when],
                "elsewhere": list(one.elsewhere),
            }
            for one in told.contrasts
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=2)


def _plan(plan: Alternative, number: int) -> dict[str, Any]:
    return {
        "folder": str(number),
        "verdict": plan.answer.verdict.value,
        "tiers": [
            {"tier": tier.tier.name.lower(), "value": tier.value, "bound": tier.bound}
            for tier in plan.answer.tiers
        ],
        "distances": [{"programmes": one.programmes, "sessions": one.sessions} for one in plan.distances],
        "nearest": str(plan.nearest) if plan.distances else None,
        "bound": {
            "programmes": plan.bound / SCALE,
            "sessions": None if plan.dates_bound is None else plan.dates_bound / 2,
        }
        if plan.distances
        else None,
    }


def _both(text: Text) -> dict[str, str]:
    return {"ja": text.ja, "en": text.en}


_PLAN = Text(
    "案{number}: いちばん近い案{nearest}から、{apart}"
    "(曜日・パターンの違いを{bound}事業分より大きくできないことは証明済み)",
    "plan {number}: from plan {nearest}, the nearest, {apart} (no plan is farther in rhythm than {bound} "
    "programmes, proven)",
)
_OTHER = Text("  案{number}からは、{apart}", "  from plan {number}, {apart}")
_APART = Text(
    "曜日・パターンで{programmes}事業分、日時で{sessions}回",
    "{programmes} programmes in rhythm and {sessions} sessions in dates",
)
_ITEM = Text("  - {text}", "  - {text}")
_MORE = Text("  - ほか{more}事業", "  - and {more} more programmes")
_NUMBER = Text("案{number}", "plan {number}")
_PROGRAMME = Text("事業", "programme")
_DIFFERS = Text("違い", "what differs")
_WEEKDAY = Text("曜日", "weekday")
_PATTERN = Text("パターン", "pattern")
_DATES = Text("日時", "dates")
_SAME = Text("同じ", "nothing")
_ENDS = {
    End.FULL: Text("案は{found}件あります。", "{found} plans."),
    End.EXHAUSTED: Text(
        "案は{found}件だけです。許された減点の範囲で、日時の違う予定がほかにないことを、二つの方法で証明しました。",
        "There are only {found} plans: at what tiers may cost no other has different dates (proven twice).",
    ),
    End.UNKNOWN: Text(
        "時間内に見つかった案は{found}件です(求められた{wanted}件のうち)。ほかにあるかは不明です。"
        "--limit を延ばしてください。",
        "{found} of {wanted} plans were found in time; whether there are more is unknown: raise --limit.",
    ),
    End.INTERRUPTED: Text(
        "中断しました。案は{found}件です(求められた{wanted}件のうち)。",
        "Interrupted, with {found} of {wanted} plans.",
    ),
}
