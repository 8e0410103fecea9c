"""A schedule through a thousand drawn years: what is lost, what is made up for, what would help."""

from ksolve.stress.outcome import Outcome, Stress
from ksolve.stress.years import stress

__all__ = ["Outcome", "Stress", "stress"]
