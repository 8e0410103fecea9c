"""From a plan and what was held to the plan of the next year."""

from ksolve.next_year.habits import Habit, Without, habits_of
from ksolve.next_year.plan_text import Basis, NextPlan, next_plan
from ksolve.next_year.said import FARTHEST, Change, Question, Said

__all__ = [
    "FARTHEST",
    "Basis",
    "Change",
    "Habit",
    "NextPlan",
    "Question",
    "Said",
    "Without",
    "habits_of",
    "next_plan",
]
