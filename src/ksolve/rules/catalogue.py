"""Every rule in one list, and those of them that a planner may write."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ksolve.problem.rule import Breach, Case, Rule, TierName, WeightField, rule_name
from ksolve.problem.verbs import Period, Verbs
from ksolve.rules.apart import Apart
from ksolve.rules.as_held import AsHeld
from ksolve.rules.audience_apart import AudienceApart
from ksolve.rules.beside_closures import BesideClosures
from ksolve.rules.capacity import Capacity
from ksolve.rules.count import Count
from ksolve.rules.day_runs import DayRuns
from ksolve.rules.distinct_starts import DistinctStarts
from ksolve.rules.even_pace import EvenPace
from ksolve.rules.even_visits import EvenVisits
from ksolve.rules.fair_share import FairShare
from ksolve.rules.few_moves import FewMoves
from ksolve.rules.fixed_pattern import FixedPattern
from ksolve.rules.habit import Habit
from ksolve.rules.in_dates import InDates
from ksolve.rules.in_months import InMonths
from ksolve.rules.in_order import InOrder
from ksolve.rules.keep_units import KeepUnits
from ksolve.rules.led_by import LedBy
from ksolve.rules.level_load import LevelLoad
from ksolve.rules.level_weeks import LevelWeeks
from ksolve.rules.max_gap import MaxGap
from ksolve.rules.mid_month import MidMonth
from ksolve.rules.min_gap import MinGap
from ksolve.rules.min_rest import MinRest
from ksolve.rules.month_days import MonthDays
from ksolve.rules.month_runs import MonthRuns
from ksolve.rules.most import Most
from ksolve.rules.most_days_in_row import MostDaysInRow
from ksolve.rules.most_hours import MostHours
from ksolve.rules.most_parallel import MostParallel
from ksolve.rules.most_use import MostUse
from ksolve.rules.near_moves import NearMoves
from ksolve.rules.needs import Needs
from ksolve.rules.off_dates import OffDates
from ksolve.rules.on_dates import OnDates
from ksolve.rules.opening import Opening
from ksolve.rules.pinned import Pinned
from ksolve.rules.quiet_days import QuietDays
from ksolve.rules.rhythm import Rhythm
from ksolve.rules.same_staff import SameStaff
from ksolve.rules.share_work import ShareWork
from ksolve.rules.short_notice import ShortNotice
from ksolve.rules.start_times import StartTimes
from ksolve.rules.steady_pattern import SteadyPattern
from ksolve.rules.together import Together
from ksolve.rules.travel import Travel
from ksolve.rules.turnaround import Turnaround
from ksolve.rules.usual_place import UsualPlace
from ksolve.rules.weekdays import Weekdays
from ksolve.rules.weekly_rhythm import WeeklyRhythm
from ksolve.rules.windows import Window, WindowField, Windows

RULES: tuple[type[Rule], ...] = (
    Opening,
    InMonths,
    InDates,
    MonthDays,
    Weekdays,
    StartTimes,
    FixedPattern,
    Rhythm,
    OnDates,
    OffDates,
    BesideClosures,
    Count,
    Windows,
    MonthRuns,
    DayRuns,
    MinGap,
    MaxGap,
    Most,
    MostUse,
    MostHours,
    MostDaysInRow,
    MinRest,
    FairShare,
    Turnaround,
    Travel,
    MostParallel,
    DistinctStarts,
    Apart,
    InOrder,
    Needs,
    LedBy,
    Capacity,
    AudienceApart,
    Together,
    AsHeld,
    Pinned,
    FewMoves,
    ShortNotice,
    KeepUnits,
    NearMoves,
    Habit,
    QuietDays,
    UsualPlace,
    WeeklyRhythm,
    SteadyPattern,
    EvenPace,
    EvenVisits,
    LevelWeeks,
    LevelLoad,
    MidMonth,
    SameStaff,
    ShareWork,
)
"""Every rule, in the order in which `ksolve rules` and the docs list them."""

BY_NAME: dict[str, type[Rule]] = {rule_name(rule): rule for rule in RULES}

PlannedRule = Annotated[
    Opening
    | InMonths
    | InDates
    | MonthDays
    | Weekdays
    | StartTimes
    | FixedPattern
    | Rhythm
    | OnDates
    | OffDates
    | BesideClosures
    | Count
    | Windows
    | MonthRuns
    | DayRuns
    | MinGap
    | MaxGap
    | Most
    | MostUse
    | MostHours
    | MostDaysInRow
    | MinRest
    | FairShare
    | Turnaround
    | Travel
    | MostParallel
    | Apart
    | InOrder
    | LedBy
    | Habit
    | QuietDays
    | UsualPlace
    | WeeklyRhythm
    | SteadyPattern
    | EvenPace
    | EvenVisits
    | LevelWeeks
    | LevelLoad
    | MidMonth
    | SameStaff
    | ShareWork,
    Field(discriminator="rule"),
]
"""The rules that a planner may write in a plan; the others follow from its programmes."""

__all__ = [
    "BY_NAME",
    "RULES",
    "Apart",
    "AsHeld",
    "AudienceApart",
    "BesideClosures",
    "Breach",
    "Capacity",
    "Case",
    "Count",
    "DayRuns",
    "DistinctStarts",
    "EvenPace",
    "EvenVisits",
    "FairShare",
    "FewMoves",
    "FixedPattern",
    "Habit",
    "InDates",
    "InMonths",
    "InOrder",
    "KeepUnits",
    "LedBy",
    "LevelLoad",
    "LevelWeeks",
    "MaxGap",
    "MidMonth",
    "MinGap",
    "MinRest",
    "MonthDays",
    "MonthRuns",
    "Most",
    "MostDaysInRow",
    "MostHours",
    "MostParallel",
    "MostUse",
    "NearMoves",
    "Needs",
    "OffDates",
    "OnDates",
    "Opening",
    "Period",
    "Pinned",
    "PlannedRule",
    "QuietDays",
    "Rhythm",
    "Rule",
    "SameStaff",
    "ShareWork",
    "ShortNotice",
    "StartTimes",
    "SteadyPattern",
    "TierName",
    "Together",
    "Travel",
    "Turnaround",
    "UsualPlace",
    "Verbs",
    "Weekdays",
    "WeeklyRhythm",
    "WeightField",
    "Window",
    "WindowField",
    "Windows",
    "rule_name",
]
