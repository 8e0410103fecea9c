"""explain."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from ksolve.cli import app
from ksolve.cli.console import (
    ForceOption,
    LangOption,
    LimitOption,
    PlanArgument,
    ScenarioOption,
    leave,
    put,
    say,
)
from ksolve.errors import Exit
from ksolve.text import Lang, Text

if TYPE_CHECKING:
    from ksolve.api import Case
    from ksolve.explain.conflict import Conflict
    from ksolve.explain.counting import Tally
    from ksolve.explain.explanation import Explanation, WayOut


@app.command()
def explain(  # noqa: PLR0913, PLR0917 - one parameter for each option
    plan: PlanArgument,
    scenario: ScenarioOption = None,
    limit: LimitOption = 30.0,
    ways: Annotated[
        int,
        typer.Option("--ways", min=1, help="原因ごとに探す解決策の数 / how many ways out of each cause"),
    ] = 5,
    apply: Annotated[
        int | None,
        typer.Option(
            "--apply", min=1, help="この番号の解決策をシナリオに書く / write this way out as a scenario"
        ),
    ] = None,
    out: Annotated[Path, typer.Option("-o", "--out", help="--apply の書き先 / where --apply writes")] = Path(
        "repair.yaml"
    ),
    revise: Annotated[
        Path | None,
        typer.Option(
            "--revise",
            metavar="SCHEDULE",
            help="--apply のシナリオで、この予定を最小の変更で直し、シナリオの隣に書く / "
            "revise this schedule for it, beside the scenario",
        ),
    ] = None,
    form: Annotated[
        Literal["text", "json"], typer.Option("--format", help="出力の形式 / output format")
    ] = "text",
    *,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """計画が成り立たない理由と、解決策を示します / Say why a plan cannot be met, and the ways out.

    成り立てば0、成り立たなければ3、時間内に分からなければ4で終わります。
    / Exits 0 when the plan can be held, 3 when it cannot, 4 when that is not known.
    """
    from ksolve.api import prepare
    from ksolve.cli.stopping import stoppable
    from ksolve.explain.explanation import explain as explained
    from ksolve.files import refuse_unwritable
    from ksolve.plan import files_of

    if revise is not None and apply is None:
        say(_NO_WAY_NAMED, lang, to=sys.stderr)
        leave(Exit.USAGE)
    case = prepare(plan, tuple(scenario or ()))
    if apply is not None:
        refuse_unwritable([out], force=force, inputs=(*files_of(plan, case.plan), *(scenario or ())))
    with stoppable(lang):
        found = explained(case.plan, limit, lambda text: say(text, lang, to=sys.stderr), ways)
    if form == "json":
        put(json.dumps(_as_json(case, found, lang), ensure_ascii=False, indent=2))
    else:
        for line in lines(case, found):
            say(line, lang)
    if apply is not None:
        _write(case, found, apply, out, lang, force=force)
    if apply is not None and revise is not None:
        from ksolve.cli.revision import Request, carry_out
        from ksolve.cli.revision_asked import Files

        files = Files(revise, (*(scenario or ()), out))
        leave(carry_out(Request(plan, files, out.with_suffix("")), lang, force=force))
    leave(_status(found))


def _status(found: Explanation) -> Exit:
    if found.feasible is None:
        return Exit.INTERRUPTED if found.interrupted else Exit.UNKNOWN
    return Exit.OK if found.feasible else Exit.INFEASIBLE


def _write(case: Case, found: Explanation, number: int, out: Path, lang: Lang, *, force: bool) -> None:
    import yaml

    from ksolve.explain.repairs import scenario_of
    from ksolve.files import write_whole

    if number > len(found.ways):
        say(_NO_SUCH.fill(number=number, ways=len(found.ways)), lang, to=sys.stderr)
        leave(Exit.USAGE)
    told = scenario_of(found.ways[number - 1].repairs, case.plan.id)
    text = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=120)
    write_whole(out, text.encode(), force=force)
    say(_WRITTEN.fill(path=out), lang, to=sys.stderr)


def lines(case: Case, found: Explanation, *, ways: bool = True) -> list[Text]:
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


def _tallies(case: Case, conflict: Conflict) -> tuple[Tally, ...]:
    from ksolve.explain.counting import tallies
    from ksolve.explain.elements import Subject

    return tallies(Subject(case.plan), conflict)


def _way(case: Case, number: int, way: WayOut) -> list[Text]:
    proof = _PROVED.fill(fit=_fit(case, way)) if way.schedule else _NOT_PROVED
    said = [
        _WAY.fill(number=number, cause=way.cause + 1, text=way.repair.text, cost=way.repair.cost, proof=proof)
    ]
    return [*said, *(_BESIDE.fill(text=repair.text) for repair in way.beside)]


def _fit(case: Case, way: WayOut) -> Text:
    from ksolve.expand import expand
    from ksolve.fit import fit

    if case.published is None or way.schedule is None:
        return Text("", "")
    figure = fit(case.published, way.plan, expand(way.plan), way.schedule).figure
    return _FIT.fill(figure=f"{figure:.1%}")


def _as_json(case: Case, found: Explanation, lang: Lang) -> dict[str, Any]:
    return {
        "feasible": found.feasible,
        "causes": [
            {
                "minimal": conflict.minimal,
                "elements": [
                    {"rule": e.name, "text": e.text(lang), "place": str(e.place or "")}
                    for e in conflict.elements
                ],
                "counting": [
                    {"text": t.text(lang), "needs": t.needs, "has": t.has} for t in _tallies(case, conflict)
                ],
            }
            for conflict in found.conflicts
        ],
        "repairs": [
            {
                "number": number,
                "cause": way.cause + 1,
                "text": way.repair.text(lang),
                "cost": way.repair.cost(lang),
                "proved": way.schedule is not None,
                "fit": _fit(case, way)(lang).strip(),
                "changes": [change for repair in way.repairs for change in repair.changes],
            }
            for number, way in enumerate(found.ways, start=1)
        ],
    }


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
    "この計画は成り立ちません(二つの方法で証明済み)。独立した原因を{causes}つ見つけました。",
    "The plan cannot be held (proven by two runs). Independent causes found: {causes}.",
)
_CAUSE = Text(
    "原因{number}: 次のすべては両立しません({minimal})", "Cause {number}: these cannot all hold ({minimal})"
)
_MINIMAL = Text(
    "どれか一つがなければ両立することも証明済み", "without any one of them the others can: proven for each"
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
_NO_SUCH = Text(
    "解決策{number}はありません(見つかったのは{ways}つ)", "there is no way out {number} ({ways} were found)"
)
_NO_WAY_NAMED = Text(
    "--revise には --apply N(どの解決策か)も要ります", "--revise needs --apply N: which way out"
)
_WRITTEN = Text("{path} に書きました", "written to {path}")
