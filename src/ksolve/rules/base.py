"""Moved to ksolve.problem.rule; this goes when nobody imports it."""

from ksolve.problem.rule import *  # noqa: F403
