"""What a model costs: in a tier, and in all of them as one sum."""

from __future__ import annotations

from ortools.sat.python import cp_model

from ksolve.problem import Tier
from ksolve.solver.model import Model

SWEEP = {
    Tier.HISTORY: 200,
    Tier.SHORTAGE: 200,
    Tier.WISHES: 150,
    Tier.CHANGES: 50,
    Tier.NOTICE: 10,
    Tier.NEARNESS: 3,
    Tier.ROOMS: 10,
    Tier.STAFF: 5,
    Tier.FIT: 20,
    Tier.STABILITY: 5,
    Tier.QUIET: 4,
    Tier.PATTERN: 3,
    Tier.SPREAD: 2,
    Tier.LEVEL: 1,
    Tier.PEOPLE: 1,
}
"""Weights of runs over all tiers; they guide these, and prove nothing but a sum of 0."""


def cost(model: Model, tier: Tier) -> cp_model.LinearExprT:
    """Return what a model costs in a tier."""
    return cp_model.LinearExpr.weighted_sum(
        [variable for _, variable in model.costs[tier]], [weight for weight, _ in model.costs[tier]]
    )


def swept(model: Model) -> cp_model.LinearExprT:
    """Return the weighted sum of what a model costs in all tiers."""
    return cp_model.LinearExpr.sum([SWEEP[tier] * cost(model, tier) for tier in sorted(model.costs)])
