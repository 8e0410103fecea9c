"""Moved to ksolve.problem.verbs; this goes when nobody imports it."""

from ksolve.problem.verbs import *  # noqa: F403
