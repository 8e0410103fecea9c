"""What others decide, as a planner writes it: 議会会期, 学校行事, 健診, 休館, 工事."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from ksolve.calendar import FiscalYear, YearlyDay
from ksolve.files import beside
from ksolve.problem.rule import WeightField
from ksolve.rules.external_dates import TakenDays
from ksolve.spelling import LISTED, ClosedField, IdField, Node, SpansField, misspelled
from ksolve.text import Text

Effect = Literal["closed", "blocked", "avoided", "info"]
EFFECTS = {
    "closed": Text("休館する", "closed"),
    "blocked": Text("行わない", "blocked"),
    "avoided": Text("避ける", "avoided"),
    "info": Text("参考", "info"),
}
"""What a calendar means for the sessions, in words."""


class ExternalEntry(Node):
    """One event of an external calendar, or one that recurs."""

    days: ClosedField = Field(
        description="the days, each year's where no year is written", examples=["6/2〜6/24", "毎月第2火曜日"]
    )
    hours: SpansField | None = Field(None, description="its hours; null: all day", examples=["13:00-15:00"])
    name: str = Field("", description="what it is", examples=["第2回定例会"])
    tentative: bool = Field(default=False, description="whether its days are an estimate (仮)")

    def taken(self, year: FiscalYear) -> Iterator[TakenDays]:
        """Yield the days that it takes in a year: a stretch as it is, what recurs day by day."""
        spans = (
            [self.days.days] if self.days.days else [(_on(day), _on(day)) for day in self.days.within(year)]
        )
        for span in spans:
            yield TakenDays(days=span, hours=self.hours, name=self.name, tentative=self.tentative)


def _on(day: date) -> YearlyDay:
    return YearlyDay(day.month, day.day, day.year)


def _entry(value: Any) -> Any:
    """Take days alone as an entry: dates: [6/2〜6/24]."""
    return {"days": value} if isinstance(value, str) else value


EntryField = Annotated[ExternalEntry, BeforeValidator(_entry, json_schema_input_type=str | ExternalEntry)]


class ExternalCalendar(Node):
    """A calendar that others keep, from a file or written here, and what it means for the sessions."""

    id: IdField
    name: str = Field(description="the name for people", examples=["議会会期"])
    effect: Effect = Field(
        description="closed: the centre is closed; blocked: no session then; avoided: none if another day "
        "will do; info: only shown"
    )
    file: str = Field("", description="a file of its dates (xlsx, CSV, ICS), relative to this one")
    columns: Annotated[tuple[str, ...], LISTED] = Field(
        (), description="what headings of the file mean", examples=[["日付=会議日"]]
    )
    sheet: str = Field("", description="the sheet of an xlsx; empty: all")
    dates: tuple[EntryField, ...] = Field((), description="dates written here", examples=[["6/2〜6/24"]])
    tentative: bool = Field(default=False, description="whether all its days are estimates (仮)")
    last_year: bool = Field(
        default=False,
        description="dates of an earlier year in it move to the same weekdays of this one, as estimates",
    )
    programmes: Annotated[tuple[str, ...], LISTED] = Field(
        (), description="the programmes that it concerns; with no programmes, tags or audiences: all"
    )
    tags: Annotated[tuple[str, ...], LISTED] = Field((), description="programmes with any of these tags")
    audiences: Annotated[tuple[str, ...], LISTED] = Field((), description="programmes for these audiences")
    weight: WeightField = Field(1, description="what one session on an avoided day costs")
    public: bool = Field(
        default=False,
        description="whether the public edition shows it (学校行事, 健診), and not only those for the centre",
    )
    why: str = ""

    @property
    def is_for_all(self) -> bool:
        """Whether it concerns every programme."""
        return not (self.programmes or self.tags or self.audiences)

    @property
    def path(self) -> Path:
        """Its file, which is named relative to the one that names it."""
        place = self.at("file")
        return beside(Path(place.file if place else ""), self.file)

    @property
    def entries(self) -> tuple[ExternalEntry, ...]:
        """Its entries, all of them tentative where the calendar is."""
        if not self.tentative:
            return self.dates
        return tuple(entry.model_copy(update={"tentative": True}) for entry in self.dates)

    @model_validator(mode="after")
    def _sensible(self) -> ExternalCalendar:
        if self.effect == "closed" and (not self.is_for_all or any(entry.hours for entry in self.dates)):
            raise misspelled(_CLOSED)
        if not self.file and not self.dates:
            raise misspelled(_NOTHING)
        return self


_CLOSED = Text(
    "「休館する」(closed)は終日・全事業のときだけです。一部の事業や時間だけなら「行わない」(blocked)と書いてください",
    "closed is for all and all day; for some programmes or hours write blocked",
)
_NOTHING = Text("日程表のファイル(file)か日(dates)を書いてください", "write a file, or dates")
