"""Moved to ksolve.problem.patterns; this goes when nobody imports it."""

from ksolve.problem.patterns import *  # noqa: F403
