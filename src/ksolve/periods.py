"""Moved to ksolve.problem.periods; this goes when nobody imports it."""

from ksolve.problem.periods import *  # noqa: F403
