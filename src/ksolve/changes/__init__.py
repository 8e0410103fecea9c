"""Two schedules, and what a person would say has changed from the one to the other."""

from ksolve.changes.pairing import Change, Kind, changes

__all__ = ["Change", "Kind", "changes"]
