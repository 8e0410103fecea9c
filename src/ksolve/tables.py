"""Moved to ksolve.schedules.tidy; this goes when nobody imports it."""

from ksolve.schedules.tidy import *  # noqa: F403
