"""A choice of good plans: as good in every tier, as different as can be in what people see."""

from ksolve.alternatives.choosing import Alternative, Choice, End, choose

__all__ = ["Alternative", "Choice", "End", "choose"]
