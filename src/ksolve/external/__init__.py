"""Calendars that others keep, read from their files: 議会会期, 学校行事, 休館日."""

from ksolve.external.filled import filled

__all__ = ["filled"]
