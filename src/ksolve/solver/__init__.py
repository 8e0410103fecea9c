"""The search for schedules: the only place that imports ortools."""

from ksolve.solver.answer import Answer, Options, Progress, TierValue, Tuning, Verdict, Watch
from ksolve.solver.model.naming import concerning, pools_apart
from ksolve.solver.search.farthest import Farther, Farthest
from ksolve.solver.search.feasible import any_schedule
from ksolve.solver.search.naming import least_names
from ksolve.solver.search.parts import parts
from ksolve.solver.search.solving import solve, solve_apart
from ksolve.solver.search.sparing import sparing
from ksolve.solver.search.worthiest import worthiest

__all__ = [
    "Answer",
    "Farther",
    "Farthest",
    "Options",
    "Progress",
    "TierValue",
    "Tuning",
    "Verdict",
    "Watch",
    "any_schedule",
    "concerning",
    "least_names",
    "parts",
    "pools_apart",
    "solve",
    "solve_apart",
    "sparing",
    "worthiest",
]
