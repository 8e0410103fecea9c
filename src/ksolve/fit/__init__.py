"""How much of what was published a schedule delivers, row by row, and as one figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from ksolve.calendar import FiscalYear, month_position
from ksolve.findings import Finding
from ksolve.fit.carried import Added, Carried, added
from ksolve.frequency import Range
from ksolve.plan import Plan, Programme
from ksolve.problem import Problem, Series
from ksolve.problem.schedule import Schedule, Session
from ksolve.published import Promise, PublishedPlan, PublishedRow
from ksolve.text import Text

DEFINITION = Text(
    "適合度 = (日付の決まった約束の回 + 守られた印) ÷ (約束の回 + 印)。"
    "約束の回は実施回数の欄(空なら内容から導いた回数)の下限、印は月の欄の○と文字を1、↔をその期間に置く回数と数える。"
    "日付の印を守るのはその日の回だけ。1回は一つの印だけを守る。通年の↓は数えない。"
    "「印の外の回」は、印のある行でどの印にも使わなかったすべての回(印の月の二つ目以降の回も含む)。",
    "fit = (promised sessions dated + marks honoured) / (promised sessions + marks). "
    "Promised sessions are the lower end of the frequency column (or, where it is empty, of the "
    "count derived from the content); a ○ or a word in a month cell is 1 mark, a ↔ as many as it "
    "places in its period. "
    "A date is honoured by a session on it alone. One session honours one mark. "
    "↓ all year round is not counted. "
    "Sessions outside the marks are, in a row with marks, all those that honour none "
    "(also a second one in the month of a mark).",
)


class Share(NamedTuple):
    """So many of a whole."""

    kept: int
    whole: int

    def __str__(self) -> str:
        """Return 466/466."""
        return f"{self.kept}/{self.whole}"


@dataclass(frozen=True, slots=True)
class MarkFit:
    """One published mark, and the session that honours it, None where none does."""

    promise: Promise
    session: Session | None


@dataclass(frozen=True, slots=True)
class FitRow:
    """One published row: what it promised, what is dated.

    `outside` are the sessions that honour none of the row's marks, for rows with marks.
    `assumed` says why a count is assumed, and `assumed_count` is that count where the plan
    assumes the whole row's; `why` is the plan's reason at this row. `changed` is the plan's count where
    the table is another year's and has another one, 0 where the plan no longer has the programme:
    it is what is promised then. `carried` says what became of the row of such a table.
    """

    row: PublishedRow
    dated: int
    sessions: tuple[Session, ...]
    marks: tuple[MarkFit, ...]
    outside: tuple[Session, ...]
    assumed: str = ""
    assumed_count: Range | None = None
    why: str = ""
    changed: Range | None = None
    carried: Carried | None = None

    @property
    def count(self) -> Range:
        """The count that is promised."""
        return self.changed or self.row.count

    @property
    def promised(self) -> int:
        """Sessions promised: the lower end of that count."""
        return self.count.low

    @property
    def kept(self) -> int:
        """Promised sessions that are dated."""
        return min(self.dated, self.promised)

    @property
    def over(self) -> int:
        """Sessions beyond the upper end of the published count (none where it is open)."""
        high = self.count.high
        optional = self.row.is_service
        return 0 if high is None or optional else max(0, self.dated - high)

    @property
    def honoured(self) -> int:
        """Marks that a session honours."""
        return sum(mark.session is not None for mark in self.marks)

    @property
    def is_kept(self) -> bool:
        """Whether every promise of the row is kept; a table of another year promises nothing."""
        if self.carried is not None:
            return True
        return self.kept == self.promised and self.honoured == len(self.marks) and not self.over


@dataclass(frozen=True, slots=True)
class FitReport:
    """The fit of a schedule with its published plan, and the plan's own contradictions.

    `year` is that of the schedule, `published_year` that of the table that it is held against.
    """

    rows: tuple[FitRow, ...]
    contradictions: tuple[Finding, ...]
    year: FiscalYear
    published_year: FiscalYear | None
    added: tuple[Added, ...] = ()

    @property
    def is_of_another_year(self) -> bool:
        """Whether the schedule is held against the table of another year."""
        return self.published_year not in (None, self.year)

    @property
    def headline(self) -> Text:
        """The figure with what it is made of, or what became of the rows of another year's table."""
        if not self.is_of_another_year:
            figure = f"{self.figure:.1%}"
            return _FIT.fill(figure=figure, sessions=self.sessions, marks=self.marks)
        counts = Counter(row.carried for row in self.rows)
        counts[Carried.NEW] = len(self.added)
        listed = [f"{one.text.ja} {counts[one]}" for one in Carried]
        english = [f"{one.text.en} {counts[one]}" for one in Carried]
        return _FROM_TABLE.fill(year=self.published_year, rows=Text("、".join(listed), ", ".join(english)))

    @property
    def against(self) -> Text:
        """Say which year's table the schedule is held against, and what that means if it is another's."""
        if self.published_year is None:
            return _NO_YEAR
        if self.published_year == self.year:
            return _SAME_YEAR.fill(year=self.year)
        return _OTHER_YEAR.fill(published=self.published_year, year=self.year)

    @property
    def sessions(self) -> Share:
        """Promised sessions: how many of them are dated."""
        return Share(sum(row.kept for row in self.rows), sum(row.promised for row in self.rows))

    @property
    def marks(self) -> Share:
        """Published marks: how many of them are honoured."""
        return Share(sum(row.honoured for row in self.rows), sum(len(row.marks) for row in self.rows))

    @property
    def figure(self) -> float:
        """The one overall figure, 0 to 1; see DEFINITION. 1 where nothing was promised."""
        whole = self.sessions.whole + self.marks.whole
        return (self.sessions.kept + self.marks.kept) / whole if whole else 1.0


def fit(published: PublishedPlan, plan: Plan, problem: Problem, schedule: Schedule) -> FitReport:
    """Hold a schedule against the published table that its plan was made from.

    Sessions belong to a row by the line that their programme names in `published`.
    """
    by_line = {
        node.published.line: node for node in plan.programmes if node.published and node.published.line
    }
    of_another_year = published.year not in (None, plan.year)
    rows = []
    for row in published.rows:
        programme = by_line.get(row.line)
        found = _row(row, programme, problem, schedule)
        rows.append(_changed(found, programme) if of_another_year else found)
    new = added(published, plan, problem, schedule) if of_another_year else ()
    return FitReport(tuple(rows), published.findings, plan.year, published.year, new)


def _changed(found: FitRow, programme: Programme | None) -> FitRow:
    """Return a row of another year's table as the plan has changed it: no count of that year is promised."""
    if programme is None:
        return replace(found, changed=Range(0, 0), marks=(), carried=Carried.DROPPED)
    moved = any(mark.session is None for mark in found.marks)
    carried = Carried.CHANGED if moved else Carried.OVER
    if found.row.is_service:
        return replace(found, carried=carried)
    nodes = (programme,) if programme.frequency else programme.components
    counts = [node.frequency.year_count for node in nodes if node.frequency]
    count = sum(counts, Range(0, 0))
    if counts and count != found.row.count:
        return replace(found, changed=count, carried=Carried.CHANGED)
    return replace(found, carried=carried)


def _row(row: PublishedRow, programme: Programme | None, problem: Problem, schedule: Schedule) -> FitRow:
    series = [one for one in problem.series if one.published_line == row.line]
    sessions = schedule.of_series(series)
    days = sorted(set(row.days_in(problem.year)))
    marks = tuple(_match(row.promises, days, sessions, {one.id: one for one in series}))
    used = {mark.session for mark in marks}
    outside = tuple(session for session in sessions if marks and session not in used)
    nodes = (programme, *programme.components) if programme else ()
    return FitRow(
        row,
        len(sessions),
        sessions,
        marks,
        outside,
        assumed="、".join(node.assumed for node in nodes if isinstance(node.assumed, str)),
        assumed_count=_assumed_count(programme),
        why=" ".join(node.why for node in nodes if node.why),
    )


def _assumed_count(programme: Programme | None) -> Range | None:
    if programme is None or not programme.assumed or programme.frequency is None:
        return None
    return programme.frequency.year_count


def _match(
    promises: Sequence[Promise],
    days: Sequence[date],
    sessions: Sequence[Session],
    series: dict[str, Series],
) -> Iterator[MarkFit]:
    """Give each mark the first free session in its months, the mark that closes first before others.

    A published date is honoured by a session on it and by no other.
    """
    free, dates = list(sessions), list(days)
    for promise in sorted(promises, key=lambda p: (month_position(p.months[-1]), -len(p.months))):
        for _ in range(promise.sessions):
            day = next((day for day in dates if day.month in promise.months), None)
            found = next((s for s in free if _honours(s, promise, day, series)), None)
            if day:
                dates.remove(day)
            if found:
                free.remove(found)
            yield MarkFit(promise, found)


def _honours(session: Session, promise: Promise, day: date | None, series: dict[str, Series]) -> bool:
    right_part = not promise.part or series[session.series].part == promise.part
    return right_part and session.day.month in promise.months and day in (None, session.day)


_NO_YEAR = Text("年度の書かれていない表と比べました", "held against a table that names no year")
_SAME_YEAR = Text("{year}の表と比べました", "held against the table of {year}")
_OTHER_YEAR = Text(
    "{published}の表と比べました(この予定は{year})。前の年度の表なので、違いは変更であり、約束の違反ではありません。"
    "{year}の表ができたら、計画の published(記入表では「公表された表」)をその表に替えてください",
    "held against the table of {published} (the schedule is of {year}): what differs is a change, "
    "and no broken promise. When the table of {year} is printed, name it in the plan (published)",
)
_FIT = Text(
    "適合度 {figure} (約束の回 {sessions}、印 {marks})",
    "fit {figure} (promised sessions {sessions}, marks {marks})",
)
_FROM_TABLE = Text("{year}の表から: {rows}", "from the table of {year}: {rows}")
