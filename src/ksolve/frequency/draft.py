"""A draft: what the words of one part of a text say, some of it still open; and two drafts made one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum, auto
from typing import Any, NamedTuple, TypeVar

from ksolve.calendar import YearlyDay
from ksolve.clock import Span
from ksolve.frequency.values import Days, Hedge, Months, Moved, OffDays, Pattern, Per, Range
from ksolve.text import Text


class ContradictionError(Exception):
    """A text whose parts cannot all be meant; `at` is the place in the text where that shows."""

    def __init__(self, reason: Text, at: int | None = None) -> None:
        self.reason = reason
        self.at = at
        super().__init__(reason.en)


class Says(Enum):
    """What a word says besides its value."""

    TOTAL = auto()  # 計10回: of all that is counted beside it
    WHOLE = auto()  # 全10回
    EACH = auto()  # 各2回
    APIECE = auto()  # 月2回ずつ
    UNCOUNTED = auto()  # すべて金曜日: no count is implied
    STRETCH = auto()  # 28日～31日
    PART_OF_MONTH = auto()  # 毎月下旬
    OF_WEEKDAY = auto()  # 第1・3, of a weekday beside it
    OF_DAYS = auto()  # 水曜日2回: a count that follows its weekdays
    LOOSE = auto()  # 10講座: courses that are no factor
    EACH_SITE = auto()  # 各クラス月2回
    IN_DAYS = auto()  # 年10日
    EITHER = auto()  # 第1又は第2
    PARITY = auto()  # 奇数月
    OTHERS = auto()  # その他の月は
    RUNNING = auto()  # 連続3回
    DAY_BY_DAY = auto()  # 連続4日間
    NAMED = auto()  # 総会3回: a part, and no total
    RANGED = auto()  # 1～2か月に1回


class Draft(NamedTuple):
    """What is said of one part of a text; nothing is said where a field has its default.

    `half` is a period whose months give way to those beside it (前期); `windows` are periods that
    hold a session each (春・秋), or `window_count`; `spans` are the stretches of a list of months;
    `weeks` and `periods` are factors (×10週, ×5か月); `sites` places that are named beside a count;
    `longest` is the upper end of 1～2か月に; `a_day` is 1日2回; `left_nths` are weeks left out
    (第5週を除く), `left_out` days; `numbered` is 第1期.
    """

    count: Range | None = None  # type: ignore[assignment] # instead of the tuple's own, which nobody asks
    per: Per | None = None
    every: int = 0
    longest: int = 0
    periods: int = 0
    weeks: int = 0
    groups: int = 0
    courses: int = 0
    sites: int = 0
    pace: tuple[int, Per] | None = None
    a_day: Range | None = None
    months: Months | None = None
    spans: tuple[Months, ...] = ()
    half: Months | None = None
    windows: tuple[Draft, ...] = ()
    window_count: Range | None = None
    without: Months | None = None
    within: tuple[Days, ...] = ()
    pattern: Pattern | None = None
    dates: tuple[YearlyDay, ...] = ()
    days: tuple[int, ...] = ()
    hours: Span | None = None
    holidays: bool = True
    left_nths: tuple[int, ...] = ()
    left_weekdays: frozenset[int] = frozenset()
    left_out: tuple[Days, ...] = ()
    moved: tuple[Moved, OffDays] | None = None
    exceptions: tuple[tuple[Months, Pattern | Range], ...] = ()
    numbered: int = 0
    hedges: frozenset[Hedge] = frozenset()
    says: frozenset[Says] = frozenset()

    def has(self, *says: Says) -> bool:
        """Whether one of these is said."""
        return not self.says.isdisjoint(says)

    def marked(self, *says: Says) -> Draft:
        """Return the draft with these said as well."""
        return self._replace(says=self.says.union(says))

    def unmarked(self, *says: Says) -> Draft:
        """Return the draft without these."""
        return self._replace(says=self.says.difference(says))

    def unsaid(self, *names: str) -> Draft:
        """Return the draft with nothing said in some of its fields."""
        return self._replace(**{name: getattr(NOTHING, name) for name in names})

    @property
    def stated(self) -> frozenset[str]:
        """The names of the fields that say something; `says` and `hedges` state nothing by themselves."""
        fields = zip(self._fields[:-2], self, NOTHING, strict=False)
        return frozenset(name for name, value, nothing in fields if value != nothing)

    @property
    def is_yearly(self) -> bool:
        """Whether a count is that of the year, as it is where nothing else is said."""
        return self.per in (None, Per.YEAR)

    @property
    def is_total(self) -> bool:
        """Whether a yearly count is stated and nothing else."""
        if self.count is None or not self.is_yearly or Says.NAMED in self.says:
            return False
        return self.stated <= {"count", "per", "groups", "courses"}


NOTHING = Draft()


T = TypeVar("T")


def every(steps: Iterable[Callable[[], Iterable[T]]], at: int | None = None) -> list[T]:
    """Return what all steps give; a step that makes no sense gives nothing.

    Raises the first ContradictionError, at that place of the text, where none makes sense.
    """
    found: list[T] = []
    refused: list[ContradictionError] = []
    for step in steps:
        try:
            found += step()
        except ContradictionError as error:
            error.at = at if error.at is None else error.at
            refused.append(error)
    if refused and not found:
        raise refused[0]
    return found


COUNTED = ("count", "per", "every")
"""What states a count and its period."""
_WHEN = {"months", "spans", "half", "windows", "within", "pattern", "dates", "days", "numbered"}
_ADDED = {"without", "left_out"}
"""What is left out adds up."""

TOTAL = Text(
    "全体の{total}回と、そのほかに書かれた{held}回が合いません",
    "the total of {total} and the {held} stated beside it do not agree",
)
TWICE = Text("同じことが二通りに書かれています", "says the same thing in two ways")


def conflicts(one: Draft, other: Draft) -> frozenset[str]:
    """Return the fields that both state, and differently."""
    both = one.stated & other.stated - _ADDED
    return frozenset(name for name in both if getattr(one, name) != getattr(other, name))


def merged(one: Draft, other: Draft) -> Draft:
    """Return what both say; what is left out and hedges add up.

    Raises ContradictionError where they differ on one thing.
    """
    said: dict[str, Any] = {}
    values: tuple[tuple[Any, ...], ...] = (one, other, NOTHING)
    for name, old, new, nothing in zip(Draft._fields, *values, strict=True):
        if new in (nothing, old):
            continue
        if old == nothing:
            said[name] = new
        elif name in ("hedges", "says"):
            said[name] = old | new
        elif name == "without":
            said[name] = Months((*old.values, *new.values))
        elif name == "left_out":
            said[name] = (*old, *new)
        else:
            raise ContradictionError(TWICE)
    return one._replace(**said) if said else one


def differ(one: Draft, other: Draft) -> bool:
    """Whether two parts speak of different times or courses, so that their sessions add up."""
    again = conflicts(one, other) & _WHEN
    if "numbered" in again:
        return True
    for name in ("half", "months"):
        if name in again:
            return not set(getattr(one, name).values) & set(getattr(other, name).values)
    if "pattern" in again and not again & {"within", "dates", "days"}:
        first, second = one.pattern or Pattern(), other.pattern or Pattern()
        return bool(second.nths or other.per or not first.nths)
    return bool(again)
