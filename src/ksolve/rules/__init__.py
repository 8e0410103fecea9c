"""The rule catalogue: one file, one rule.

What is asked of this package is looked up in its catalogue, which imports every rule; whoever needs
a few imports these alone, as a problem that was kept does.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ksolve.rules.catalogue import *  # noqa: F403 - a rule is listed there, and nowhere again


def __getattr__(name: str) -> Any:
    """Import the catalogue when it is first asked."""
    catalogue = import_module("ksolve.rules.catalogue")
    if name not in catalogue.__all__:
        raise AttributeError(f"module 'ksolve.rules' has no attribute {name!r}")
    return getattr(catalogue, name)
