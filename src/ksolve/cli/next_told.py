"""What next says on the terminal: what changed, what is to be decided, how good the schedule is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ksolve.cli.console import print_findings, put, say
from ksolve.fit.regularity import regularity
from ksolve.next_year import Change, Without
from ksolve.next_year.comparison import LESS, WHOLE
from ksolve.next_year.written import Lists, Year
from ksolve.solver import Answer, Verdict
from ksolve.text import Lang, Text


def tell(
    found: tuple[Year, Answer, Text | None],
    lists: Lists,
    without: Sequence[Without],
    paths: Sequence[Path],
    lang: Lang,
) -> None:
    """Say what changed, what is to be decided, and how good the schedule is."""
    after, answer, best = found
    for change in lists.changes:
        if change.kind not in _QUIETLY:
            put(change.text(lang))
    say(_HABITS.fill(habits=len(lists.habits), without=len(without)), lang)
    print_findings((one.finding for one in lists.asked), lang)
    say(_DECIDE.fill(asked=len(lists.asked), answered=len(lists.answered)), lang)
    say(_VERDICT.fill(verdict=answer.full_text, seconds=f"{answer.seconds:.1f}"), lang)
    for line in (*_figures(after, answer, lists.changes), *((best,) if best else ())):
        say(line, lang)
    for path in paths:
        put(str(path))


def _figures(after: Year, answer: Answer, changes: Sequence[Change]) -> Iterator[Text]:
    """Yield what is not proven, how regular the schedule is, and what is less so than last year, and why."""
    if answer.verdict is Verdict.FEASIBLE:
        for tier in answer.tiers:
            if tier.value > tier.bound:
                yield _GAP.fill(name=tier.tier.text, value=tier.value, bound=tier.bound)
    if answer.schedule is None:
        return
    now = regularity(after.problem, answer.schedule)
    if now.text:
        yield now.text
    less = [one for one in changes if one.kind == LESS]
    for whole in (one for one in changes if one.kind == WHOLE):
        yield _LAST_YEAR.fill(before=whole.before, less=len(less))
    for one in less[:_NAMED]:
        yield _LESS.fill(name=one.who, before=one.before, after=one.after, why=one.why)
    if len(less) > _NAMED:
        yield _MORE.fill(more=len(less) - _NAMED)


_QUIETLY = frozenset({"habit", "comment", WHOLE, LESS})
"""What stands in the lists and is not said one by one."""
_NAMED = 3
_LAST_YEAR = Text(
    "  前年度は{before}。下がった事業は{less}", "  last year {before}; less regular now: {less}"
)
_LESS = Text("    {name} {before} → {after} {why}", "    {name} {before} -> {after} {why}")
_MORE = Text("    ほか{more}件は changed.csv", "    {more} more in changed.csv")
_HABITS = Text(
    "例年の習慣: {habits}件を引き継ぎました(習慣のない系列 {without})",
    "habits carried over: {habits} (families without one: {without})",
)
_DECIDE = Text(
    "決めること: {asked}件(decide.csv の「答え」に書くか計画を直して、--keep で続けます)。"
    "答え済み: {answered}件",
    "to decide: {asked} (write answers into decide.csv, or edit the plan, and go on with --keep); "
    "answered: {answered}",
)
_VERDICT = Text("判定: {verdict} ({seconds}秒)", "verdict: {verdict} ({seconds} s)")
_GAP = Text("  {name}: {value} (証明された下限 {bound})", "  {name}: {value} (proven bound {bound})")
