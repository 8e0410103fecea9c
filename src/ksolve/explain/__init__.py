"""Why a plan cannot be met, in words that lead to a decision."""

from ksolve.explain.shortage import shortages

__all__ = ["shortages"]
