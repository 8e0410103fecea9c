"""Why a plan cannot be met, in words that lead to a decision."""

from ksolve.explain.shortage import left_out, shortages, with_shortages

__all__ = ["left_out", "shortages", "with_shortages"]
