"""why: what speaks for the date of a session."""

from __future__ import annotations

import json
from collections.abc import Callable

from ksolve.api import prepare
from ksolve.cli.console import leave, put, say, teller
from ksolve.cli.options import (
    LangOption,
    PlanArgument,
    QuietOption,
    ScenarioOption,
    ScheduleArgument,
    TextOrJsonOption,
)
from ksolve.cli.scheduled import SessionOption, read_checked, tell_broken
from ksolve.cli.stopping import stoppable
from ksolve.cli.why_shown import why_as_json, why_lines
from ksolve.errors import Exit
from ksolve.explain.why import why as explained
from ksolve.schedules.naming import find_session
from ksolve.text import Text

MORE = Text(
    "ほかの回はすべて今のままとして、一年のすべての日を調べます。予定が規則を守っていなければ1で終わります。",
    "All other sessions stay; every day of the year is asked. Exits 1 on a broken schedule.",
)


def why(
    plan: PlanArgument,
    schedule: ScheduleArgument,
    session: SessionOption,
    scenario: ScenarioOption = None,
    form: TextOrJsonOption = "text",
    *,
    quiet: QuietOption = False,
    lang: LangOption = "ja",
) -> None:
    """Say what speaks for the date of a session, and where else it could be."""
    case = prepare(plan, tuple(scenario or ()))
    base, findings = read_checked(case.problem, schedule)
    named = find_session(session, case.problem, base)
    if findings:
        tell_broken(findings, lang)
        leave(Exit.FINDINGS)
    with stoppable(lang):
        found = explained(case.problem, base, named, _counter(teller(lang, quiet=quiet)))
    if form == "json":
        put(json.dumps(why_as_json(found, lang), ensure_ascii=False, indent=2))
    else:
        for line in why_lines(found, case.problem):
            say(line, lang)


_EVERY = 50


def _counter(tell: Callable[[Text], None]) -> Callable[[int, int], None]:
    def told(done: int, total: int) -> None:
        if done % _EVERY == 0:
            tell(_ASKED.fill(done=done, total=total))

    return told


_ASKED = Text("{total}日のうち{done}日を調べました", "{done} of {total} days looked at")
