"""How often a search may look at a rule."""

from __future__ import annotations

from dataclasses import dataclass


class TooManyError(Exception):
    """The plan is not tiny."""


@dataclass
class Looks:
    """Counts the looks of one search; raises TooManyError where there are none left."""

    left: int

    def look(self, number: int = 1) -> None:
        """Look so many times."""
        self.left -= number
        if self.left < 0:
            raise TooManyError
