"""apply: scenarios written into a plan."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from difflib import unified_diff
from pathlib import Path
from typing import Annotated

from ksolve.api import load_scenarios, prepare
from ksolve.cli.console import leave, print_findings, put, say
from ksolve.cli.options import ForceOption, LangOption, PlanArgument
from ksolve.cli.parameters import option
from ksolve.errors import Exit, PlanError, fault
from ksolve.expand.faults import plan_faults
from ksolve.files import refuse_unwritable, write_together
from ksolve.plan import files_of
from ksolve.plan.apply import Rewritten
from ksolve.plan.apply import apply as rewrite
from ksolve.plan.form_files import plan_file
from ksolve.text import Text

MORE = Text(
    "計画の書き方と注記は残ります。部屋や職員が別のファイルにあれば、それも隣に書きます。",
    "Comments and spelling are kept. Resources of their own file go beside it.",
)


def apply(
    plan: PlanArgument,
    scenarios: Annotated[
        list[Path],
        option(Text("書き込むシナリオ(順に)", "scenario to write in"), "-s", "--scenario"),
    ],
    out: Annotated[
        Path | None, option(Text("書き出す計画のYAML", "the plan's YAML to write"), "-o", "--out")
    ] = None,
    *,
    diff: Annotated[
        bool,
        option(Text("何も書かずに、変わる行を示す", "write nothing, show what would change"), "--diff"),
    ] = False,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """Write scenarios into a plan."""
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
        files = {one.path: one.data for one in reversed(made)}
        if made[0].path.suffix.lower() == ".xlsx":  # a form, which holds the resources, too
            files = {made[0].path: plan_file(made[0].path, {one.path: one.after for one in made}, lang)}
        write_together(files, force=force)
        for path in reversed(files):
            put(str(path))
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
