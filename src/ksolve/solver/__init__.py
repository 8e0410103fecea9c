"""The only place that imports ortools."""

from ksolve.solver.answer import Answer, Options, Progress, TierValue, Verdict
from ksolve.solver.asking import any_schedule
from ksolve.solver.run import Tuning
from ksolve.solver.search import Watch
from ksolve.solver.solving import solve

__all__ = [
    "Answer",
    "Options",
    "Progress",
    "TierValue",
    "Tuning",
    "Verdict",
    "Watch",
    "any_schedule",
    "solve",
]
