"""Moved to ksolve.problem.identity; this goes when nobody imports it."""

from ksolve.problem.identity import *  # noqa: F403
