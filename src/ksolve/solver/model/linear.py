"""The series model as linear rows, for solvers that know nothing else.

Converted: linear constraints, at most one, exactly one, clauses, and implications of one literal by
others; a literal is a variable or one less it. Not converted: a linear constraint that is enforced by a
literal, a domain with a hole, and any other kind (intervals, cumulatives, tables, ...). The models of
ksolve hold none of these; one that did is refused by `rows`, never solved as something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

UNBOUNDED = 1 << 62


@dataclass(frozen=True)
class Row:
    """low <= the sum of coefficients times variables <= high; an end of None bounds nothing."""

    variables: Sequence[int]
    coefficients: Sequence[int]
    low: int | None
    high: int | None


class NotLinearError(ValueError):
    """The model says something that linear rows do not."""


def bounds(cp: cp_model.CpModel) -> list[tuple[int, int]]:
    """Return the lowest and the highest value of each variable. Raises NotLinearError at a hole."""
    found: list[tuple[int, int]] = []
    for variable in cp.proto.variables:
        domain = list(variable.domain)
        if len(domain) != 2:
            raise NotLinearError(f"domain {domain}")
        found.append((domain[0], domain[1]))
    return found


def rows(cp: cp_model.CpModel) -> Iterator[Row]:
    """Yield every constraint of a model. Raises NotLinearError at the first that is none."""
    for constraint in cp.proto.constraints:
        enforced = list(constraint.enforcement_literal)
        if constraint.has_linear() and not enforced:
            linear = constraint.linear
            domain = list(linear.domain)
            if len(domain) != 2:
                raise NotLinearError(f"domain {domain}")
            low, high = domain
            yield Row(
                list(linear.vars),
                list(linear.coeffs),
                low if low > -UNBOUNDED else None,
                high if high < UNBOUNDED else None,
            )
        elif constraint.has_at_most_one() and not enforced:
            yield _literals(list(constraint.at_most_one.literals), None, 1)
        elif constraint.has_exactly_one() and not enforced:
            yield _literals(list(constraint.exactly_one.literals), 1, 1)
        elif constraint.has_bool_or():
            yield _literals([*(~one for one in enforced), *constraint.bool_or.literals], 1, None)
        elif constraint.has_bool_and():
            for then in constraint.bool_and.literals:
                yield _literals([*(~one for one in enforced), then], 1, None)
        else:
            raise NotLinearError(str(constraint)[:200])


def _literals(literals: Sequence[int], low: int | None, high: int | None) -> Row:
    """Sum literals: a negative one, -1 - v, stands for 1 - v."""
    negated = sum(one < 0 for one in literals)
    return Row(
        [one if one >= 0 else ~one for one in literals],
        [1 if one >= 0 else -1 for one in literals],
        None if low is None else low - negated,
        None if high is None else high - negated,
    )


def objective(cp: cp_model.CpModel) -> list[tuple[int, int]]:
    """Return (variable, coefficient) of each term that is minimised."""
    terms = cp.proto.objective
    return [
        (variable, coefficient) if variable >= 0 else (~variable, -coefficient)
        for variable, coefficient in zip(terms.vars, terms.coeffs, strict=True)
    ]
