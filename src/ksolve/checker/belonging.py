"""Whether a schedule is of its plan at all: one of another plan or year breaks every rule, to no use."""

from __future__ import annotations

from collections.abc import Iterator

from ksolve.calendar import day_text
from ksolve.errors import nearest
from ksolve.findings import Finding, Place, Severity
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule, Session
from ksolve.text import Text, counted

OTHER_PLAN = "other-plan"
_NAMED = 3
"""So many series that the plan does not have are named."""


def of_another_plan(problem: Problem, schedule: Schedule, file: str = "") -> Iterator[Finding]:
    """Yield a finding where more than half of the sessions are of no series of the plan, or of its year."""
    sessions = schedule.sessions
    known = {series.id for series in problem.series}
    strange = [session for session in sessions if session.series not in known]
    outside = [session for session in sessions if session.day not in problem.year]
    if 2 * max(len(strange), len(outside)) <= len(sessions):
        return
    why: list[Text] = []
    if strange:
        names = list(dict.fromkeys(session.series for session in strange))
        shown, more = "、".join(names[:_NAMED]), len(names) > _NAMED
        named = Text(shown + " など" * more, shown.replace("、", ", ") + " and others" * more)
        why.append(_STRANGE.fill(count=_sessions(strange), names=named))
    if outside:
        days = day_text(min(s.day for s in outside)), day_text(max(s.day for s in outside))
        why.append(_OUTSIDE.fill(count=_sessions(outside), year=problem.year, first=days[0], last=days[1]))
    reasons = Text("、".join(one.ja for one in why), "; ".join(one.en for one in why))
    text = _OTHER.fill(total=_sessions(sessions), why=reasons)
    yield Finding(OTHER_PLAN, Severity.ERROR, text, Place(file) if file else None, remedy=_COMPARE)


def unknown_series(problem: Problem, schedule: Schedule, file: str = "") -> Iterator[Finding]:
    """Yield a finding for each series that the plan does not have, at its first session in the file."""
    known = [series.id for series in problem.series]
    strange: dict[str, list[Session]] = {}
    for session in schedule.sessions:
        if session.series not in known:
            strange.setdefault(session.series, []).append(session)
    for series, sessions in strange.items():
        first = min(sessions, key=lambda session: session.line)
        text = _UNKNOWN.fill(series=series, count=_sessions(sessions), day=day_text(first.day))
        ids = tuple(session.id for session in sessions)
        place = Place(file, first.line) if first.line else None
        yield Finding("unknown-series", Severity.ERROR, text, place, ids, remedy=nearest(series, known))


def _sessions(some: tuple[Session, ...] | list[Session]) -> Text:
    return Text(f"{len(some)}回", counted(len(some), "session"))


_OTHER = Text(
    "この予定は、この計画のものではないようです({total}のうち、{why})",
    "this schedule seems to be of another plan (of {total}: {why})",
)
_STRANGE = Text("{count}は計画にない事業({names})", "{count} of no programme of the plan, {names}")
_OUTSIDE = Text(
    "{count}は{year}の外の日付({first}〜{last})", "{count} not in its year {year} ({first} to {last})"
)
_COMPARE = Text(
    "計画と予定のファイルの組み合わせが正しいか確かめてください",
    "see whether plan and schedule are the files that belong together",
)
_UNKNOWN = Text(
    "「{series}」という系列(事業・グループ)は計画にありません({count}、最初は {day})",
    "the plan has no series {series} ({count}, the first on {day})",
)
