"""What goes wrong outside the program: the user's files, and the exit statuses that say so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum

from ksolve.findings import Finding, Place, Severity
from ksolve.text import Text


class Exit(IntEnum):
    """Exit statuses of the command line."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    INFEASIBLE = 3
    UNKNOWN = 4
    INTERNAL = 70
    INTERRUPTED = 130


class PlanError(Exception):
    """The user's file cannot be used; carries every fault of the file, in file order."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings: tuple[Finding, ...] = tuple(findings)
        super().__init__("\n".join(finding.line("en") for finding in self.findings))


def fault(rule: str, text: Text, place: Place | None, remedy: Text | None = None) -> Finding:
    """Return an error finding: what was found at `place`, and the way out."""
    return Finding(rule, Severity.ERROR, text, place, remedy=remedy)


def nearest(name: str, known: Iterable[str]) -> Text:
    """Return a remedy: the known names that are nearest, or all of them where none is near."""
    names = sorted(known)
    near = _near(name, names)
    if len(near) == 1:
        return Text(f"「{near[0]}」ではありませんか", f"did you mean {near[0]}?")
    if near:
        *others, last = near
        quoted = "".join(f"「{one}」" for one in near)
        return Text(f"{quoted}のどれかではありませんか", f"did you mean {', '.join(others)} or {last}?")
    if not names:
        return _NONE
    listed, more = names[:_LISTED], len(names) - _LISTED
    told = Text(f"使えるもの: {'、'.join(listed)}", f"known: {', '.join(listed)}")
    return told + Text(f"、ほか{more}件", f"and {more} more") if more > 0 else told


def _near(name: str, names: Sequence[str]) -> list[str]:
    """Return the names that are nearest, the nearest first; those beside it if they are nearly as near."""
    from difflib import SequenceMatcher, get_close_matches  # only where a name is wrong

    near = get_close_matches(name, names, n=1, cutoff=_FAR)
    if not near:
        return []
    least = SequenceMatcher(None, near[0], name).ratio() - _BESIDE
    return get_close_matches(name, names, n=_MOST, cutoff=max(_FAR, least))


_FAR = 0.5
_BESIDE = 0.1
_MOST = 5
_LISTED = 10
"""So many names are listed where none is near."""
_NONE = Text("使えるものが一つもありません", "nothing of that kind is known")
