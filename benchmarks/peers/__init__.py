"""Ways of solving an instance: ksolve itself and its peers, one adapter each.

PyJobShop is not among them: its tasks have modes, breaks and precedences, but no count of sessions in
overlapping windows, no choice of a usual weekday, no bound on a running count and no cost of these, so
neither the objective nor most rules can be said in it.
"""

from __future__ import annotations

from importlib import import_module

from peers.outcome import Way

WAYS = {
    "ksolve": "peers.ours",
    "before": "peers.before",
    "series": "peers.series",
    "occurrence": "peers.occurrence",
    "highs": "peers.highs",
    "cpmpy": "peers.cpmpy_",
}
"""Each way, and the module that has its `run`; the last two need the extra ``[bench]``."""


def way(name: str) -> Way:
    """Return a way. Raises KeyError for an unknown name, ImportError where its package is not installed."""
    found: Way = import_module(WAYS[name]).run
    return found
