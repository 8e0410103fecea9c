"""Comments of a plan that are of its year alone: the new plan has none of them."""

from __future__ import annotations

import re

from ksolve.calendar import FiscalYear, find_fiscal_years
from ksolve.letters import narrow
from ksolve.next_year.habit_lines import ABOVE
from ksolve.next_year.said import Change, Said
from ksolve.text import Text

TO_DECIDE = "決めること:"
"""What stands above the questions of a plan."""
_MADE = re.compile(r"#\s*\S+の案: .*(?:ksolve).*")
_FOLLOWING = re.compile(r"#   \S.*")
_ONCE = (
    re.compile(rf"#\s*(?:{re.escape(TO_DECIDE)}|そのままは引き継げないもの:)"),
    re.compile(rf"#\s*(?:{re.escape(ABOVE)}|前年度の習慣).*"),
    re.compile(r"#\s*(?:\S+ )?(?:\[[^\]]*\])?\d+:\d+ \[[a-z-]+\] .*"),  # what reading a table had to say
)
_BRACKETS = re.compile(r"\s*[(（][^()（）]*[)）]")
_WESTERN = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年|[-/.]\d)")


def without_old_years(text: str, old: FiscalYear, new: FiscalYear) -> tuple[str, Said]:
    """Return a plan's text whose comments name no older year, and what was left out for that.

    The year of the plan becomes the new one; what else is of an older year goes, with its brackets or with
    its line. Notes that earlier runs of this program wrote go without a word.
    """
    kept: list[str] = []
    changes: list[Change] = []
    listing = False
    for line in text.splitlines():
        comment = line.strip()
        if not comment.startswith("#"):
            listing = False
            kept.append(line)
            continue
        if _MADE.fullmatch(comment) or any(way.fullmatch(comment) for way in _ONCE):
            listing = comment == f"# {TO_DECIDE}" or comment.startswith("# そのまま")
            continue
        if listing and _FOLLOWING.fullmatch(comment):
            continue
        listing = False
        said = _of_new_year(line, old, new)
        if said is not None:
            kept.append(said)
        if said != line:
            changes.append(Change("comment", "", comment, (said or "").strip(), _OF_YEAR))
    return "\n".join([*kept, ""]), Said(tuple(changes))


def _of_new_year(line: str, old: FiscalYear, new: FiscalYear) -> str | None:
    """Return a comment as it is in the new year, None where it says nothing then."""
    said = line
    for spelling, year in find_fiscal_years(line):
        if year == old and spelling.endswith("年度"):
            said = said.replace(spelling, str(new))
    if _names_older(said, new):
        said = _BRACKETS.sub(lambda found: "" if _names_older(found[0], new) else found[0], said)
    return None if _names_older(said, new) else said.rstrip()


def _names_older(text: str, new: FiscalYear) -> bool:
    eras = any(year < new for _, year in find_fiscal_years(text))
    return eras or any(int(found) < new.start for found in _WESTERN.findall(narrow(text)))


_OF_YEAR = Text("前の年度についての注記だったため", "the comment was about an older year")
