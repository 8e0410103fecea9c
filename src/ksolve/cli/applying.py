"""apply."""

from __future__ import annotations

import sys
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ksolve.cli import app
from ksolve.cli.console import ForceOption, LangOption, PlanArgument, leave, print_findings, put, say
from ksolve.errors import Exit, PlanError, fault
from ksolve.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ksolve.plan.apply import Rewritten


@app.command()
def apply(
    plan: PlanArgument,
    scenarios: Annotated[
        list[Path],
        typer.Option("-s", "--scenario", help="書き込むシナリオ(繰り返し可、順に) / scenario to write in"),
    ],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="書き出す計画のYAML / the plan's YAML to write")
    ] = None,
    *,
    diff: Annotated[
        bool,
        typer.Option("--diff", help="何も書かずに、変わる行を示す / write nothing, show what would change"),
    ] = False,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """シナリオを計画に書き込みます / Write scenarios into a plan, comments and spelling kept.

    部屋や職員が別のファイルにあれば、それも隣に書きます。/ Resources of their own file go beside it.
    """
    from ksolve.api import load_scenarios, prepare
    from ksolve.expand.faults import plan_faults
    from ksolve.files import refuse_unwritable, write_together
    from ksolve.plan import files_of
    from ksolve.plan.apply import apply as rewrite

    if out is None and not diff:
        raise PlanError([fault("no-output", _WHERE, None)])
    loaded = load_scenarios(tuple(scenarios))
    case = prepare(plan, tuple(scenarios))
    made = rewrite(plan, tuple(zip(scenarios, loaded, strict=True)), out or plan)
    if diff:
        put("".join(_changed_lines(made)).rstrip("\n"))
    else:
        inputs = (*files_of(plan, case.plan), *scenarios)
        refuse_unwritable([one.path for one in made], force=force, inputs=inputs)
        write_together({one.path: one.data for one in reversed(made)}, force=force)
        for one in made:
            put(str(one.path))
        say(_WRITTEN.fill(changes=sum(len(one.changes) for one in loaded)), lang, to=sys.stderr)
    findings = plan_faults(case.plan)
    print_findings(findings, lang, to=sys.stderr)
    leave(Exit.FINDINGS if findings else Exit.OK)


def _changed_lines(made: Iterable[Rewritten]) -> Iterable[str]:
    for one in made:
        lines = one.before.splitlines(keepends=True), one.after.splitlines(keepends=True)
        for line in unified_diff(*lines, str(one.source), str(one.path)):
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


_WHERE = Text(
    "書き出すファイルを -o で、または変わる行だけを見る --diff を指定してください",
    "name the file to write with -o, or ask for --diff to see what would change",
)
_WRITTEN = Text(
    "シナリオの変更{changes}件を計画に書き込みました", "{changes} changes are written into the plan"
)
