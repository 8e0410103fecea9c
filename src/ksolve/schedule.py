"""Moved to ksolve.problem.schedule; this goes when nobody imports it."""

from ksolve.problem.schedule import *  # noqa: F403
