"""What planners write, as pydantic types: 10:30, 火木, 5月～7月, 8/1〜8/31, 年20回."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from ksolve.calendar import (
    WEEKDAYS,
    FiscalYear,
    YearlyDay,
    parse_days,
    parse_fiscal_year,
    parse_weekdays,
    show_weekdays,
)
from ksolve.clock import Spans, parse_clock, parse_spans
from ksolve.findings import Place
from ksolve.frequency import LAST, Frequency, FrequencyError, Months, read_frequency
from ksolve.frequency.closures import ClosedDays, parse_closed_days
from ksolve.letters import narrow
from ksolve.spelling.absent_days import absent_day
from ksolve.spelling.usual_days import UsualDay
from ksolve.text import Text

SPELLING = "spelling"
"""The pydantic error type of every field below; its context holds ``ja``, ``en`` and ``offset``."""


def _without_places(schema: dict[str, Any]) -> None:
    """Places are for messages; nobody writes them."""
    for key in ("__place__", "__places__"):
        schema["properties"].pop(key, None)


class Node(BaseModel):
    """A mapping of a file that a planner writes; it knows its own place and those of its keys."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        arbitrary_types_allowed=True,
        json_schema_extra=_without_places,
        defer_build=True,  # a plan is built once as a whole, not each of its parts first
    )

    place: Place | None = Field(None, alias="__place__", exclude=True, repr=False)
    places: dict[str, Place] = Field(default_factory=dict, alias="__places__", exclude=True, repr=False)

    def at(self, key: str) -> Place | None:
        """Return where the value of a key stands, or the mapping itself where the key is not written."""
        return self.places.get(key, self.place)


def listed(value: Any) -> Any:
    """Take a single value where a list is wanted as a list of one."""
    return value if isinstance(value, list | tuple) or value is None else [value]


LISTED = BeforeValidator(listed, json_schema_input_type=str | list[str])
"""For lists of words that may be written as a single word."""


def bare(value: Any) -> Any:
    """Take a mapping whose keys are the planner's own without the places beside them."""
    if not isinstance(value, dict):
        return value
    return {key: item for key, item in value.items() if not str(key).startswith("__")}


def misspelled(text: Text, offset: int = 0) -> PydanticCustomError:
    """Return the error that a field raises; `offset` is the column of the fault in the value."""
    return PydanticCustomError(SPELLING, "{en}", {"ja": text.ja, "en": text.en, "offset": offset})


def _reader(parse: Callable[[str], Any], wanted: Text) -> BeforeValidator:
    def read(value: Any) -> Any:
        if _is_no_text(value):
            raise misspelled(wanted)
        if not isinstance(value, str):
            return value
        try:
            return parse(value)
        except ValueError as error:
            raise misspelled(absent_day(value) or wanted) from error

    return BeforeValidator(read)


def parse_months(text: str) -> Months:
    """Return 5月～7月・10月, 4月又は5月 or 奇数月 as months. Raises ValueError."""
    meaning = read_frequency(text)
    only = meaning.terms[0] if len(meaning.terms) == 1 else None
    if only is None or only.months is None or only.pattern or only.without or only.groups != 1:
        raise ValueError(text)
    return only.months


_USUAL_DAY = re.compile(
    r"(?:(?P<months>.*月)の?)?(?P<weeks>(?:(?:第?[1-5]|最終)[・,])*(?:第[1-5]|最終|(?<=[・,])[1-5]))?"
    r"(?:毎週)?(?P<weekday>[月火水木金土日])(?:曜日?)?\s*(?P<start>\d{1,2}:\d\d)"
)


def parse_usual_day(text: str) -> UsualDay:
    """Return 第2火 10:00, 第1・第3金曜日 13:30, 最終木 10:00 or 7月の第2土 10:00. Raises ValueError."""
    found = _USUAL_DAY.fullmatch(narrow(text).strip())
    if not found:
        raise ValueError(text)
    weeks = re.split("[・,]", found["weeks"]) if found["weeks"] else []
    months = parse_months(found["months"]).values if found["months"] else ()
    nths = tuple(LAST if week == "最終" else int(week.removeprefix("第")) for week in weeks)
    if len(set(nths)) < len(nths):
        raise ValueError(text)
    return UsualDay(WEEKDAYS.index(found["weekday"]), parse_clock(found["start"]), nths, months)


def _is_no_text(value: Any) -> bool:
    """Whether a file has a list or a mapping where one word is wanted."""
    return isinstance(value, list) or (isinstance(value, dict) and "__place__" in value)


def _frequency(value: Any) -> Any:
    if _is_no_text(value):
        raise misspelled(_FREQUENCY)
    if not isinstance(value, str):
        return value
    try:
        return read_frequency(value)
    except FrequencyError as error:
        mark = "" if error.column >= len(value) else value[error.column]
        reason = Text(f"{error.column + 1}文字目「{mark}」: ", f"character {error.column + 1} ({mark}):")
        raise misspelled(reason + error.reason + _near(error), error.column) from error


def _near(error: FrequencyError) -> Text:
    from ksolve.frequency.nearest import nearest  # only where a frequency is wrong

    near = nearest(error)
    return Text(f"。近い書き方: {near}", f"; nearest form: {near}") if near else Text("", "")


_FREQUENCY = Text(
    "実施回数は 年6回 や 月1回×5か月 のように一行で書いてください",
    "write a frequency in one line, as 年6回 or 月1回×5か月",
)


def parse_share(text: str) -> float:
    """Return 0.05 or 5% as a part of one. Raises ValueError, also below 0 and above 1."""
    number, percent, rest = narrow(text).strip().partition("%")
    share = float(number) / (100 if percent else 1)
    if rest or not 0 <= share <= 1:
        raise ValueError(text)
    return share


_SHARE = Text(
    "0から1までの割合を、0.05 か 5% のように書いてください", "write a part from 0 to 1, as 0.05 or 5%"
)


def _schema(example: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "examples": [example]})


ShareField = Annotated[
    float,
    Field(ge=0, le=1),
    _reader(parse_share, _SHARE),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0, "maximum": 1},
                {"type": "string", "pattern": r"^\s*\d+(\.\d+)?\s*[%%]?\s*$", "examples": ["5%"]},
            ]
        }
    ),
]
"""A part of one: 0.05 or 5%."""
YearField = Annotated[
    FiscalYear,
    _reader(
        parse_fiscal_year,
        Text(
            "令和6年度 または 2024年度 と書いてください(祝日の分かる1949年度から2150年度まで)",
            "write 令和6年度 or 2024年度, from 1949 to 2150, the years whose holidays are known",
        ),
    ),
    _schema("令和6年度"),
]
ClockField = Annotated[
    int,
    _reader(parse_clock, Text("時刻は 10:30 の形で書いてください", "write a time as 10:30")),
    _schema("10:30"),
]
WeekdaysField = Annotated[
    frozenset[int],
    _reader(
        parse_weekdays,
        Text("曜日は 火木 または 月-金 の形で書いてください", "write weekdays as 火木 or 月-金"),
    ),
    _schema("月-金"),
]
MonthsField = Annotated[
    Months,
    _reader(
        parse_months,
        Text("月は 5月～7月 または 4月・9月 の形で書いてください", "write months as 5月～7月 or 4月・9月"),
    ),
    _schema("5月～7月"),
]
UsualDayField = Annotated[
    UsualDay,
    _reader(
        parse_usual_day,
        Text(
            "いつもの日は 第2火 10:00、第1・第3金 13:30、最終木 10:00、月 10:30、7月の第2土 10:00 の形で"
            "書いてください",
            "write a usual day as 第2火 10:00, 第1・第3金 13:30, 最終木 10:00, 月 10:30 or 7月の第2土 10:00",
        ),
    ),
    _schema("第2火 10:00"),
]
DaysField = Annotated[
    tuple[YearlyDay, YearlyDay],
    _reader(
        parse_days,
        Text(
            "日付は 8/1〜8/31 または 2024-08-01 の形で書いてください",
            "write dates as 8/1〜8/31 or 2024-08-01",
        ),
    ),
    _schema("8/1〜8/31"),
]


def _spans(value: Any) -> Any:
    """Take hours in one word, or a stretch of hours a word: [9:00-12:00, 13:00-17:00]."""
    parts = listed(value)
    if isinstance(value, tuple):
        return value  # read before
    if not parts or not all(isinstance(part, str) for part in parts):
        raise misspelled(_SPANS)
    try:
        return parse_spans(",".join(parts))
    except ValueError as error:
        raise misspelled(_SPANS) from error


def _once_each(value: Any) -> Any:
    """Refuse a weekday in two keys: 月-金 and 月〜金 are one, and of two hours none may be lost."""
    hours = bare(value)
    if not isinstance(hours, dict):
        return hours
    taken: dict[int, str] = {}
    for key in hours:
        try:
            weekdays = key if isinstance(key, frozenset) else parse_weekdays(key)
        except ValueError:
            continue  # said of the key itself
        for weekday in sorted(weekdays):
            if weekday in taken:
                days = show_weekdays([weekday])
                raise misspelled(_TWO_KEYS.fill(day=days, first=taken[weekday], second=key, hours=hours[key]))
            taken[weekday] = key
    return hours


_SPANS = Text(
    "時間帯は 9:00-17:00、または 9:00-12:00, 13:00-17:00 の形で、重ならないように書いてください",
    "write hours as 9:00-17:00, or 9:00-12:00, 13:00-17:00, not overlapping",
)
_TWO_KEYS = Text(
    "「{first}」と「{second}」の両方に{day}曜日があります。一つにまとめてください"
    '(昼休みなどで分かれるなら 月-金: "9:00-12:00, 13:00-17:00")',
    "{first} and {second} both hold {day}: write each weekday once"
    ' (two stretches of hours: 月-金: "9:00-12:00, 13:00-17:00")',
)
SpansField = Annotated[
    Spans,
    BeforeValidator(_spans, json_schema_input_type=str | list[str]),
    Field(examples=["9:00-17:00", "9:00-12:00, 13:00-17:00"]),
]
WeeklyField = Annotated[dict[WeekdaysField, SpansField], BeforeValidator(_once_each)]
"""Weekdays to hours, such as ``{月-金: "9:00-12:00, 13:00-17:00", 土: 9:00-12:00}``."""
ClosedField = Annotated[
    ClosedDays,
    _reader(
        parse_closed_days,
        Text(
            "休みの日は 8/1〜8/31、毎月第3木曜日、祝日の翌日、月曜日(祝日の場合は翌日) の形で書いてください",
            "write closed days as 8/1〜8/31, 毎月第3木曜日, 祝日の翌日 or 月曜日(祝日の場合は翌日)",
        ),
    ),
    _schema("12/29〜1/3"),
]
"""A stretch of days, or days that recur."""
FrequencyField = Annotated[Frequency, BeforeValidator(_frequency), _schema("月1回×5か月×2グループ")]


IdField = Annotated[
    str,
    Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60, description="ASCII id", examples=["hiroba"]),
]

NameField = Annotated[
    str,
    Field(min_length=1, description="an id, a name, or a part of it that no other has", examples=["hiroba"]),
]
"""What names something that has an id."""
