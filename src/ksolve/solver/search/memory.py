"""The memory that a search will take, told before it begins: the system kills what takes too much."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ksolve.errors import PlanError, fault
from ksolve.problem import Problem
from ksolve.solver.search.parts import candidates
from ksolve.text import Text

PER_CANDIDATE = 4_700
"""Bytes that CP-SAT takes for a date and start that a session could have, for each worker and once more.

Measured on the Koganei plan and on eight centres like it (docs/decisions/0009-memory.md).
"""
SHARE = 0.8
"""The part of the memory that is free which a search may take."""
_GIB = 1 << 30


def needed(problem: Problem, workers: int) -> int:
    """Return about how many bytes the search of a problem as one model takes."""
    return candidates(problem.series, problem) * PER_CANDIDATE * (workers + 1)


def refuse_too_large(parts: Sequence[Problem], processes: int, workers: int, limit: int | None) -> None:
    """Refuse a search whose largest parts, as many as run at once, need more than `limit` bytes.

    Without a limit it is a share of what is free; where that is not known, nothing is refused.
    Raises PlanError.
    """
    free = free_bytes()
    allowed = limit if limit is not None else free and int(free * SHARE)
    at_once = sorted((needed(part, max(1, workers // processes)) for part in parts), reverse=True)[:processes]
    wanted = sum(at_once)
    if allowed is None or wanted <= allowed:
        return
    values = {
        "candidates": sum(candidates(part.series, part) for part in parts),
        "series": sum(len(part.series) for part in parts),
        "wanted": _gib(wanted),
        "allowed": _gib(allowed),
    }
    raise PlanError([fault("too-large", _TOO_LARGE.fill(**values), None, _WAY_OUT)])


def free_bytes() -> int | None:
    """Return the memory that programs can have, the least of what system and container allow."""
    found = [bytes_ for bytes_ in (_available(), _of_container()) if bytes_ is not None]
    return min(found, default=None)


def _available() -> int | None:
    for line in _lines("/proc/meminfo"):
        name, _, rest = line.partition(":")
        if name == "MemAvailable":
            return int(rest.split()[0]) * 1024
    return None


def _of_container() -> int | None:
    most, used = (_lines(f"/sys/fs/cgroup/memory.{name}") for name in ("max", "current"))
    if not (most and used and most[0].isdecimal() and used[0].isdecimal()):
        return None
    return max(0, int(most[0]) - int(used[0]))


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="ascii").splitlines()
    except OSError:
        return []


def _gib(count: int) -> str:
    return f"{count / _GIB:.1f}"


_TOO_LARGE = Text(
    "この計画の探索には約{wanted}GBのメモリが必要ですが、使えるのは{allowed}GBです"
    "({series}系列、日付と開始時刻の候補{candidates}通りからの見積もり)",
    "the search needs about {wanted} GB of memory, and {allowed} GB may be used"
    " (estimated from {series} series with {candidates} dates and starts to choose from)",
)
_WAY_OUT = Text(
    "--workers を減らす、館ごとに計画を分ける、開始時刻や月を絞る、のどれかで小さくなります。"
    "足りると分かっているなら --memory で上限を決めてください",
    "it takes less with fewer --workers, with a plan for each centre, or with fewer starts and months;"
    " where you know better, set the limit with --memory",
)
