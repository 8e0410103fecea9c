"""Moved to ksolve.errors; this goes when nobody imports it."""

from ksolve.errors import *  # noqa: F403
