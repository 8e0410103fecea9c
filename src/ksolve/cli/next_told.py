"""What next says on the terminal: what changed, what is to be decided, how good the schedule is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ksolve.cli.console import print_findings, put, say
from ksolve.fit.regularity import regularity
from ksolve.next_year import Without
from ksolve.next_year.written import Lists, Year
from ksolve.solver import Answer, Verdict
from ksolve.text import Lang, Text, plain


def tell(
    found: tuple[Year, Year, Answer, Text | None],
    lists: Lists,
    without: Sequence[Without],
    paths: Sequence[Path],
    lang: Lang,
) -> None:
    """Say what changed, what is to be decided, and how good the schedule is."""
    before, after, answer, best = found
    for change in lists.changes:
        if change.kind not in _QUIETLY:
            put(change.text(lang))
    say(_HABITS.fill(habits=len(lists.habits), without=len(without)), lang)
    print_findings((one.finding for one in lists.asked), lang)
    say(_DECIDE.fill(asked=len(lists.asked), answered=len(lists.answered)), lang)
    say(_VERDICT.fill(verdict=answer.full_text, seconds=f"{answer.seconds:.1f}"), lang)
    for line in (*_figures(before, after, answer), *((best,) if best else ())):
        say(line, lang)
    for path in paths:
        put(str(path))


def _figures(before: Year, after: Year, answer: Answer) -> Iterator[Text]:
    """Yield what is not proven, how regular the schedule is, and what is less so than last year."""
    if answer.verdict is Verdict.FEASIBLE:
        for tier in answer.tiers:
            if tier.value > tier.bound:
                yield _GAP.fill(name=tier.tier.text, value=tier.value, bound=tier.bound)
    if answer.schedule is None:
        return
    was, now = (regularity(one.problem, one.schedule) for one in (before, after))
    if now.text:
        yield now.text
    if was.share and now.share and now.share < was.share:
        shares = {one.name: one.share for one in was.rhythms}
        fallen = [one for one in now.rhythms if one.share < shares.get(one.name, 0)]
        lost = sorted(fallen, key=lambda one: (one.share - shares[one.name]) * one.sessions)
        names = "、".join(one.name for one in lost[:_NAMED])
        yield _FELL.fill(share=f"{float(100 * was.share):.1f}", names=plain(names))


_QUIETLY = frozenset({"habit", "comment"})
"""What stands in the lists and is not said one by one."""
_NAMED = 3
_FELL = Text(
    "  前年度は{share}%。下がったのは {names} など(regularity.csv に、休館などに当たるいつもの日)",
    "  last year {share} %; less regular are {names}, ... (regularity.csv has their closed usual days)",
)
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
