"""The oracle of the rules knows the whole catalogue; what the campaign tries, a little of it every time."""

from __future__ import annotations

import re
from pathlib import Path

from oracle.judging import KNOWN

DOCS = Path(__file__).parents[1] / "docs"


def test_the_oracle_knows_every_rule_of_the_catalogue_and_no_other() -> None:
    catalogue = set(re.findall(r"^## (\w+)$", (DOCS / "rules.md").read_text("utf-8"), re.MULTILINE))
    assert catalogue - KNOWN == set()
    assert KNOWN - catalogue == set()
