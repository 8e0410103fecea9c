"""What is to be scheduled and what was: series and rules, sessions and schedules. Frozen data."""

from ksolve.problem.data import Audience, Binding, Need, Resource, Series, Setting, Tier, Within
from ksolve.problem.posted import Posted, Problem

__all__ = [
    "Audience",
    "Binding",
    "Need",
    "Posted",
    "Problem",
    "Resource",
    "Series",
    "Setting",
    "Tier",
    "Within",
]
