"""Drawn years as lines of text, as CSV and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ksolve.calendar import MONTHS_EN
from ksolve.files.separated import csv_bytes
from ksolve.stress.outcome import LATE, WARNING, Outcome, Saving, Stress
from ksolve.text import Lang, Text, plain

SCHEMA = 1
"""The version of the JSON; it is raised when a key changes its meaning or goes."""
_SHOWN = 5
"""So many programmes, people and rooms are named on a terminal; the table has all."""


def lines(found: Stress) -> Iterator[Text]:
    """Yield what drawn years say, the most important first."""
    yield _HEAD.fill(years=found.years, seed=found.seed, hits=_number(len(found.hits) / found.years))
    yield _LOST.fill(mean=_number(found.mean), ninetieth=f"{found.ninetieth:g}")
    for outcome, share in found.shares.items():
        if share or outcome in (Outcome.SPOT, Outcome.LOST):
            yield _SHARE.fill(share=_percent(share), outcome=outcome.text)
    if found.asked[0]:
        yield _ASKED.fill(needing=found.asked[0], known=found.asked[1])
    yield _PROMISES
    for one in found.kept[:_SHOWN]:
        yield _KEPT.fill(name=one.name, promised=one.promised, dated=one.dated, chance=_percent(one.chance))
    yield from _dearest(found)
    yield from _helps(found)
    if not found.risks.places:
        yield _DEFAULTS


def _dearest(found: Stress) -> Iterator[Text]:
    """Yield the person, the room and the month whose failure costs most."""
    kinds = {unit: one.kind for one in found.problem.resources for unit in one.units}
    for kind, template in (("staff", _PERSON), ("room", _ROOM)):
        worst = next((one for one in found.by_unit if kinds.get(one[0]) == kind), None)
        if worst:
            yield template.fill(name=worst[0], lost=_number(worst[1]), hits=_number(worst[2]))
    month, lost, hits = max(found.by_month, key=lambda one: one[1:])
    yield _MONTH.fill(month=month_text(month), lost=_number(lost), hits=_number(hits))


def _helps(found: Stress) -> Iterator[Text]:
    """Yield what one day, one person and one room more would save, the best of each."""
    yield _HELPS
    for savings, template, nothing in (
        (found.reserve_days, _DAY, _NO_DAY),
        (found.stand_ins, _STAND_IN, _NO_STAND_IN),
        (found.rooms, _ONE_ROOM, _NO_ROOM),
    ):
        best = next(iter(savings), None)
        if best is None:
            continue
        lost, moved = _number(best.lost), _number(best.moved)
        saves = {lost, moved} != {_number(0)}
        yield template.fill(name=saving_name(best), lost=lost, moved=moved) if saves else nothing


def saving_name(saving: Saving) -> Text:
    """Return what a saving is called: a month in both languages, a pool or room by its name."""
    number = saving.name.removesuffix("月")
    return month_text(int(number)) if number.isdecimal() else plain(saving.name)


def month_text(month: int) -> Text:
    """Return 6月, Jun."""
    return Text(f"{month}月", MONTHS_EN[month - 1])


def cause_text(cause: str) -> Text:
    """Return a cause as people call it: a member or room by name, 警報, 遅刻."""
    return {WARNING: _WARNING, LATE: _LATE}.get(cause, plain(cause))


def _number(value: float) -> str:
    return f"{value:.2f}"


def _percent(value: float) -> str:
    return f"{value:.1%}"


def table_rows(found: Stress, lang: Lang) -> Iterator[tuple[str, ...]]:
    """Yield a header, then a row for each programme, cause, month, and thing that would help."""
    yield tuple(text(lang) for text in _COLUMNS)
    for one in found.kept:
        dated = f"{one.promised}/{one.dated}"
        yield _KINDS["programme"](lang), one.name, dated, _percent(one.chance), f"{one.lost:.3f}", ""
    for cause, lost, hits in found.by_unit:
        yield _KINDS["cause"](lang), cause_text(cause)(lang), "", "", f"{lost:.3f}", f"{hits:.3f}"
    for month, lost, hits in found.by_month:
        yield _KINDS["month"](lang), month_text(month)(lang), "", "", f"{lost:.3f}", f"{hits:.3f}"
    helps = (("day", found.reserve_days), ("stand_in", found.stand_ins), ("room", found.rooms))
    for kind, savings in helps:
        for saving in savings:
            name = saving_name(saving)(lang)
            yield _KINDS[kind](lang), name, "", "", _less(saving.lost), _less(saving.moved)


def _less(saved: float) -> str:
    """Return by how much a number falls; what does not fall has no sign."""
    return f"{-round(saved, 3) or 0.0:.3f}"


def stress_csv(found: Stress, lang: Lang) -> bytes:
    """Return the table as CSV in UTF-8 with a byte order mark."""
    return csv_bytes(table_rows(found, lang))


def stress_json(found: Stress) -> str:
    """Return drawn years for programs."""
    value: dict[str, Any] = {
        "schema": SCHEMA,
        "years": found.years,
        "seed": found.seed,
        "risks": {
            **found.risks.model_dump(mode="json", exclude={"warnings", "places"}),
            "assumed": found.risks.assumed or not found.risks.places,
        },
        "sessions": len(found.schedule.sessions),
        "hits_a_year": len(found.hits) / found.years,
        "lost_a_year": {"mean": found.mean, "ninetieth_percentile": found.ninetieth},
        "lost_by_year": found.lost_by_year.tolist(),
        "shares": {outcome.value: share for outcome, share in found.shares.items()},
        "asked_of_the_solver": {"sessions": found.asked[0], "answered": found.asked[1]},
        "programmes": [
            {
                "name": one.name,
                "promised": one.promised,
                "dated": one.dated,
                "chance_kept": one.chance,
                "lost_a_year": one.lost,
            }
            for one in found.kept
        ],
        "causes": [
            {"name": cause, "lost_a_year": lost, "hits_a_year": hits} for cause, lost, hits in found.by_unit
        ],
        "months": [
            {"month": month, "lost_a_year": lost, "hits_a_year": hits} for month, lost, hits in found.by_month
        ],
        "would_save": {
            kind: [{"name": one.name, "lost_a_year": one.lost, "moved_a_year": one.moved} for one in savings]
            for kind, savings in (
                ("reserve_day", found.reserve_days),
                ("stand_in", found.stand_ins),
                ("room", found.rooms),
            )
        },
    }
    return json.dumps(value, ensure_ascii=False, indent=2)


_HEAD = Text(
    "{years}年分を試しました(乱数の種 {seed})。1年に{hits}回が予定どおりに行えません。",
    "{years} years drawn (seed {seed}). In a year {hits} sessions cannot be held as planned.",
)
_LOST = Text(
    "失われる回: 平均{mean}回、10年に9年は{ninetieth}回以下",
    "sessions lost a year: {mean} on average, {ninetieth} or fewer in nine years of ten",
)
_SHARE = Text("  {share} {outcome}", "  {share} {outcome}")
_ASKED = Text(
    "  ほかの回を動かさなければ行えない回は{needing}件。動かせるか調べたのは{known}件(--solver)",
    "  others would have to make room for {needing} sessions; known for {known} if they can (--solver)",
)
_PROMISES = Text("約束した回数を守れる見込み(低い順):", "chance to keep the promised count, the least first:")
_KEPT = Text(
    "  {chance} {name} (約束{promised}回、予定{dated}回)",
    "  {chance} {name} ({promised} promised, {dated} dated)",
)
_PERSON = Text(
    "休むと影響の最も大きい人: {name} (1年に{lost}回を失い、{hits}回に影響)",
    "the person whose absence costs most: {name} ({lost} sessions lost a year, {hits} disturbed)",
)
_ROOM = Text(
    "使えないと影響の最も大きい部屋: {name} (1年に{lost}回を失い、{hits}回に影響)",
    "the room whose failure costs most: {name} ({lost} sessions lost a year, {hits} disturbed)",
)
_MONTH = Text(
    "失う回の最も多い月: {month} (1年に{lost}回を失い、{hits}回に影響)",
    "the month that loses most: {month} ({lost} sessions lost a year, {hits} disturbed)",
)
_HELPS = Text("一つ増やしたときに減る回(1年に):", "what one more would save in a year:")
_DAY = Text(
    "  {name}の後に予備日を1日: 失う回が{lost}回減る",
    "  a reserve day after {name}: {lost} sessions fewer lost",
)
_STAND_IN = Text(
    "  {name}をもう1人: 失う回が{lost}回、動く回が{moved}回減る",
    "  one {name} more: {lost} sessions fewer lost, {moved} fewer moved",
)
_ONE_ROOM = Text(
    "  {name}をもう1室: 失う回が{lost}回、動く回が{moved}回減る",
    "  one {name} more: {lost} sessions fewer lost, {moved} fewer moved",
)
_DEFAULTS = Text(
    "計画に risks がないので、割合は仮のものです(docs/stress.md に出典)。",
    "The plan states no risks: the chances are defaults (docs/stress.md says where from).",
)
_NO_DAY = Text("  予備日を1日: 減らない", "  a reserve day, after any month: nothing")
_NO_STAND_IN = Text("  職員をもう1人(どの職種でも): 減らない", "  one member of staff more, of any: nothing")
_NO_ROOM = Text("  部屋をもう1室(どの部屋でも): 減らない", "  one room more, of any kind: nothing")
_WARNING = Text("警報", "warning")
_LATE = Text("遅刻", "late")
_COLUMNS = (
    Text("種類", "kind"),
    Text("名前", "name"),
    Text("約束/予定の回数", "promised/dated"),
    Text("約束を守れる見込み", "chance kept"),
    Text("失う回(年)", "lost a year"),
    Text("影響のある回・動く回(年)", "disturbed or moved a year"),
)
_KINDS = {
    "programme": Text("事業", "programme"),
    "cause": Text("原因", "cause"),
    "month": Text("月", "month"),
    "day": Text("予備日を足す", "a reserve day after"),
    "stand_in": Text("人を足す", "one member more"),
    "room": Text("部屋を足す", "one room more"),
}
