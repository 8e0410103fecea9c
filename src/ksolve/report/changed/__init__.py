"""What changed between two schedules, for people (text, CSV, xlsx, HTML), programs (JSON) and calendars."""

from ksolve.report.changed.view import Changed

__all__ = ["Changed"]
