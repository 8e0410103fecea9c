"""Windows that each hold a stated number of sessions; a session counts for one window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field

from ksolve.calendar import month_position
from ksolve.problem import Binding, Setting, Tier
from ksolve.problem.case import Breach, Case, Demand
from ksolve.problem.periods import days_of_months
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.spelling import MonthsField, Node, misspelled, parse_months
from ksolve.text import Text


class Window(Node):
    """`sessions` sessions within the months."""

    months: MonthsField = Field(description="期間の月 / the months of the window")
    sessions: int = Field(1, ge=1, description="期間に入る回数 / how many sessions it holds")
    label: str = Field(
        "",
        description="表のその月に、印○の代わりに書く文字 / words in the table's cell instead of a mark",
        examples=["第10期 第5回"],
    )

    def __str__(self) -> str:
        """Return 10月～1月に3回."""
        return f"{self.months}に{self.sessions}回"


def _window(value: Any) -> Any:
    """A mark may be written as its months alone: 11月 means one session in 11月."""
    if not isinstance(value, str):
        return value
    try:
        return {"months": parse_months(value)}
    except ValueError as error:
        raise misspelled(
            Text("月は 11月 または 5月～6月 の形で書いてください", "write months as 11月 or 5月～6月")
        ) from error


WindowField = Annotated[Window, BeforeValidator(_window, json_schema_input_type=str | Window)]
"""``11月`` for one session, or ``{months: 10月～1月, sessions: 3}``."""


class Windows(Rule):
    """The marks of a published table: ○ in 11月 and 12月, ↔ over 5月～6月.

    Overlapping windows are exact: with ↔ 5月～6月 and ○ 6月 two sessions are needed, and one
    of them in June. One unit of breach is one session that a window lacks.
    """

    title: ClassVar[Text] = Text("期間ごとの回数", "Windows with a count")
    japanese: ClassVar[str] = (
        "それぞれの期間(月)に、この回数が入ります(11月に○、10月～1月に↔で3回)。重なる期間でも、"
        "一つの回は一つの期間だけに数えます。違反の一単位は、期間に足りない1回です。"
    )
    example: ClassVar[str] = (
        "{rule: windows, windows: [11月, {months: 10月～1月, sessions: 3}], programmes: kaigi}"
    )

    chapter: ClassVar[Chapter] = Chapter.COUNTS
    does: ClassVar[Does] = "demands"
    joint: ClassVar[bool] = True
    usual: ClassVar[Tier | None] = Tier.FIT

    rule: Literal["windows"] = "windows"
    windows: tuple[WindowField, ...] = Field(min_length=1, description="期間 / the windows")

    @property
    def sentence(self) -> Text:
        """The windows, one after the other."""
        listed = "、".join(str(window) for window in self.windows)
        english = ", ".join(f"{window.sessions} in {window.months.english}" for window in self.windows)
        return Text(listed, english)

    def demands(self, posted: Binding, problem: Setting) -> Iterator[Demand]:
        """The sessions of each window."""
        for window in self.windows:
            days = days_of_months(window.months.values, problem.year)
            yield Demand(posted.who, posted.series, days, window.sessions)

    def post(self, posted: Binding, model: Verbs) -> None:
        """State each window with its number of sessions."""
        year = model.problem.year
        windows = [(days_of_months(window.months.values, year), window.sessions) for window in self.windows]
        model.windows(posted, posted.series, windows)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Match sessions with windows, the window that closes first before others; name what stays empty."""
        windows = sorted(self.windows, key=_closing)
        months = [session.day.month for session in case.sessions(posted)]
        for window, missing in zip(windows, _unfilled(windows, months), strict=True):
            if missing:
                when = Text(str(window.months), window.months.english)
                text = _BREACH.fill(who=posted.who, months=when, missing=missing)
                yield Breach(text, amount=missing, period=_dates(window, case))


def _dates(window: Window, case: Case) -> tuple[date, date]:
    days = days_of_months(window.months.values, case.problem.year)
    return days[0], days[-1]


def _closing(window: Window) -> tuple[int, int]:
    positions = [month_position(month) for month in window.months.values]
    return positions[-1], -positions[0]


def _unfilled(windows: Sequence[Window], months: Sequence[int]) -> list[int]:
    """Return how many sessions each window lacks in a largest matching (augmenting paths, Kuhn 1955).

    Sessions of the same month are alike: only how many of a month a window has matters.
    """
    left = Counter(months)
    taken: list[Counter[int]] = [Counter() for _ in windows]
    missing = [0] * len(windows)
    for index, window in enumerate(windows):
        for _ in range(window.sessions):
            missing[index] += not _take(index, windows, left, taken)
    return missing


def _take(index: int, windows: Sequence[Window], left: Counter[int], taken: Sequence[Counter[int]]) -> bool:
    """Give a window one more session, moving others' sessions between months where that makes room."""
    came: dict[int, tuple[int, int] | None] = {index: None}
    queue = [index]
    for window in queue:
        for month in windows[window].months.values:
            if left[month]:
                left[month] -= 1
                _pass_on(window, month, came, taken)
                return True
            for other, held in enumerate(taken):
                if held[month] and other not in came:
                    came[other] = (window, month)
                    queue.append(other)
    return False


def _pass_on(
    window: int, month: int, came: dict[int, tuple[int, int] | None], taken: Sequence[Counter[int]]
) -> None:
    """Let a window take a month's session, and hand on the one that it was asked for."""
    taken[window][month] += 1
    while step := came[window]:
        asking, handed = step
        taken[window][handed] -= 1
        taken[asking][handed] += 1
        window = asking


_BREACH = Text(
    "{who}: {months}の回が{missing}回足りません",
    "{who}: {missing} missing in {months}",
)
