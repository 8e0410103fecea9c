"""Windows that each hold a stated number of sessions; a session counts for one window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import month_position
from ksolve.periods import days_of_months
from ksolve.problem import Posted, Tier
from ksolve.rules.base import Breach, Case, Rule, Verbs
from ksolve.schedule import Session
from ksolve.spelling import MonthsField, Node
from ksolve.text import Text


class Window(Node):
    """`sessions` sessions within the months."""

    months: MonthsField = Field(description="the months of the window")
    sessions: int = Field(1, ge=1, description="how many sessions it holds")

    def __str__(self) -> str:
        """Return 10月～1月に3回."""
        return f"{self.months}に{self.sessions}回"


class Windows(Rule):
    """The marks of a published table: ○ in 11月 and 12月, ↔ over 5月～6月.

    Overlapping windows are exact: with ↔ 5月～6月 and ○ 6月 two sessions are needed, and one
    of them in June. One unit of breach is one session that a window lacks.
    """

    joint: ClassVar[bool] = True
    usual: ClassVar[Tier | None] = Tier.FIT

    rule: Literal["windows"] = "windows"
    windows: tuple[Window, ...] = Field(min_length=1, description="the windows")

    @property
    def sentence(self) -> Text:
        """The windows, one after the other."""
        listed = "、".join(str(window) for window in self.windows)
        english = ", ".join(f"{window.sessions} in {window.months}" for window in self.windows)
        return Text(listed, english)

    def post(self, posted: Posted, model: Verbs) -> None:
        """State each window with its number of sessions."""
        year = model.problem.year
        windows = [(days_of_months(window.months.values, year), window.sessions) for window in self.windows]
        model.windows(posted, posted.series, windows)

    def check(self, posted: Posted, case: Case) -> Iterator[Breach]:
        """Hand each session to the open window that closes first, and name what stays empty."""
        left = list(case.sessions(posted))
        for window in sorted(self.windows, key=_closing):
            for _ in range(window.sessions):
                session = _first_within(left, window)
                if session is None:
                    yield Breach(
                        _BREACH.fill(who=posted.who, months=window.months), period=_dates(window, case)
                    )
                else:
                    left.remove(session)


def _dates(window: Window, case: Case) -> tuple[date, date]:
    days = days_of_months(window.months.values, case.problem.year)
    return days[0], days[-1]


def _closing(window: Window) -> tuple[int, int]:
    positions = [month_position(month) for month in window.months.values]
    return positions[-1], -positions[0]


def _first_within(sessions: list[Session], window: Window) -> Session | None:
    return next((session for session in sessions if session.day.month in window.months.values), None)


_BREACH = Text(
    "{who}: {months}の回が1回足りません",
    "{who}: one session is missing in {months}",
)
