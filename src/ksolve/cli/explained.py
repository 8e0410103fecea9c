"""The explanation of a plan, as people and as programs read it."""

from __future__ import annotations

from ksolve.api import Prepared
from ksolve.cli.machine import CauseOut, CountOut, ElementOut, Explained, RepairOut
from ksolve.expand import expand
from ksolve.explain.conflict import Conflict
from ksolve.explain.counting import Tally, tallies
from ksolve.explain.elements import Subject
from ksolve.explain.explanation import Explanation, WayOut
from ksolve.fit import fit
from ksolve.text import Lang, Text


def lines(case: Prepared, found: Explanation, *, ways: bool = True) -> list[Text]:
    """Return an explanation as people read it, line by line."""
    if found.feasible:
        return [_HOLDS]
    if not found.conflicts:
        return [_STOPPED if found.interrupted else _UNKNOWN]
    said = [_CANNOT.fill(causes=len(found.conflicts))]
    for number, conflict in enumerate(found.conflicts, start=1):
        said.append(_CAUSE.fill(number=number, minimal=_MINIMAL if conflict.minimal else _SUFFICIENT))
        said += [_ELEMENT.fill(text=e.text, place=e.place or "-") for e in conflict.elements]
        said += [(_DECIDES if t.decides else _TALLY).fill(text=t.text) for t in _tallies(case, conflict)]
    if not ways:
        return said
    said.append(_WAYS if found.ways else _NO_WAYS)
    for number, way in enumerate(found.ways, start=1):
        said += _way(case, number, way)
    return said


def _tallies(case: Prepared, conflict: Conflict) -> tuple[Tally, ...]:
    return tallies(Subject(case.plan), conflict)


def _way(case: Prepared, number: int, way: WayOut) -> list[Text]:
    proof = _PROVED.fill(fit=_fit(case, way)) if way.schedule else _NOT_PROVED
    said = [
        _WAY.fill(number=number, cause=way.cause + 1, text=way.repair.text, cost=way.repair.cost, proof=proof)
    ]
    return [*said, *(_BESIDE.fill(text=repair.text) for repair in way.beside)]


def _fit(case: Prepared, way: WayOut) -> Text:
    if case.published is None or way.schedule is None:
        return Text("", "")
    figure = fit(case.published, way.plan, expand(way.plan), way.schedule).figure
    return _FIT.fill(figure=f"{figure:.1%}")


def as_answer(case: Prepared, found: Explanation, lang: Lang) -> Explained:
    """Return an explanation for programs."""
    return Explained(
        feasible=found.feasible,
        causes=[_cause(case, conflict, lang) for conflict in found.conflicts],
        repairs=[_repair(case, number, way, lang) for number, way in enumerate(found.ways, start=1)],
    )


def _cause(case: Prepared, conflict: Conflict, lang: Lang) -> CauseOut:
    return CauseOut(
        minimal=conflict.minimal,
        elements=[
            ElementOut(rule=one.name, text=one.text(lang), place=str(one.place or ""))
            for one in conflict.elements
        ],
        counting=[CountOut(text=t.text(lang), needs=t.needs, has=t.has) for t in _tallies(case, conflict)],
    )


def _repair(case: Prepared, number: int, way: WayOut, lang: Lang) -> RepairOut:
    return RepairOut(
        number=number,
        cause=way.cause + 1,
        text=way.repair.text(lang),
        cost=way.repair.cost(lang),
        proved=way.schedule is not None,
        fit=_fit(case, way)(lang).strip(),
        changes=[dict(change) for repair in way.repairs for change in repair.changes],
    )


_HOLDS = Text("この計画は成り立ちます。矛盾はありません。", "The plan can be held: nothing contradicts.")
_UNKNOWN = Text(
    "時間内には、成り立つとも成り立たないとも言えませんでした。--limit を延ばしてください。",
    "Not known within the limit: neither a schedule nor a conflict was found. Raise --limit.",
)
_STOPPED = Text(
    "中断したので、成り立つとも成り立たないとも言えません。",
    "Interrupted before a schedule or a conflict was found: not known.",
)
_CANNOT = Text(
    "この計画は成り立ちません(二つの方法で証明済み)。独立した原因を{causes}件見つけました。",
    "The plan cannot be held (proven by two runs). Independent causes found: {causes}.",
)
_CAUSE = Text(
    "原因{number}: 次のすべては同時に守れません({minimal})",
    "Cause {number}: these cannot all hold ({minimal})",
)
_MINIMAL = Text(
    "どれか一つを外せば守れることも証明済み", "without any one of them the others can: proven for each"
)
_SUFFICIENT = Text(
    "時間内に絞り切れず、余分なものが含まれるかもしれません",
    "not narrowed down in time: some may not be needed",
)
_ELEMENT = Text("  - {text}  [{place}]", "  - {text}  [{place}]")
_DECIDES = Text("  = {text} → 足りません", "  = {text} → not enough")
_TALLY = Text("  = {text} → これだけなら足ります", "  = {text} → enough by itself")
_WAYS = Text(
    "解決策(種類ごとに小さい変更から。番号を --apply に渡すとシナリオに書きます):",
    "Ways out (the smallest of each kind first; --apply N writes one as a scenario):",
)
_NO_WAYS = Text(
    "解決策は時間内に見つかりませんでした。--limit を延ばしてください。",
    "No way out was found within the limit; raise --limit.",
)
_WAY = Text(
    "  {number}. [原因{cause}] {text} — {cost}。{proof}",
    "  {number}. [cause {cause}] {text}: {cost}. {proof}",
)
_BESIDE = Text("     あわせて: {text}", "     together with: {text}")
_PROVED = Text("これで全体が成り立つ(証明済み){fit}", "The whole plan then holds (proven){fit}")
_NOT_PROVED = Text(
    "原因の範囲では成り立つ(計画全体では未証明)",
    "enough for the programmes of the cause (not proven for the whole plan)",
)
_FIT = Text("。適合度は{figure}以上にできる", "; a fit of at least {figure} can be had")
