"""What if: scenarios, comparison, the fewest changes."""

from ksolve.whatif.compare import Difference, compare
from ksolve.whatif.matrix import Outcome, run_matrix

__all__ = ["Difference", "Outcome", "compare", "run_matrix"]
