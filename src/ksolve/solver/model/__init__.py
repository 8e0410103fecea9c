"""The facade that rules speak to, and the CP-SAT model that comes out.

Time-indexed, without occurrence symmetry: a series' count is a sum over its candidates. Verbs
may be called in any order; what they state is kept until `build`.
"""

from __future__ import annotations

from ksolve.solver.model.counting import Counting
from ksolve.solver.model.excluding import Excluding
from ksolve.solver.model.keeping import Keeping
from ksolve.solver.model.preferring import Preferring
from ksolve.solver.model.relating import Relating


class Model(Counting, Relating, Excluding, Preferring, Keeping):
    """One problem as a CP-SAT model, with the cost of each tier."""
