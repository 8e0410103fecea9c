"""What makes a session the same one when it is moved, renumbered, or written anew: its uid."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from ksolve.problem.data import Setting
from ksolve.problem.schedule import Schedule

_UID = re.compile(r"(?P<series>.+)-(?P<count>\d{1,6})\.(?P<year>\d{4})@(?P<plan>.+)")


def identified(schedule: Schedule, problem: Setting, used: Iterable[str] = ()) -> Schedule:
    """Return a schedule in which every session has a uid.

    It is made of the series, a count, the fiscal year and the plan when a session is first dated, and
    stays whatever becomes of the session's number. A session without one gets its own number as
    count, where no session of the series has or had that one (`used`: of those that are gone),
    else the next after all of them.
    """
    taken: dict[str, set[int]] = defaultdict(set)
    for uid in (*used, *(session.uid for session in schedule.sessions)):
        found = _UID.fullmatch(uid)
        if found:
            taken[found["series"]].add(int(found["count"]))
    done = []
    for session in schedule.sessions:
        if not session.uid:
            counts = taken[session.series]
            free = session.number not in counts and session.number > max(counts, default=0)
            count = session.number if free or not counts else max(counts) + 1
            counts.add(count)
            uid = f"{session.series}-{count}.{problem.year.start}@{problem.id}"
            session = replace(session, uid=uid)  # noqa: PLW2901 - the same session, with its uid
        done.append(session)
    return replace(schedule, sessions=tuple(done))


def series_of(uid: str) -> str:
    """Return the series that a uid was made for, empty where it is none of ours."""
    found = _UID.fullmatch(uid)
    return found["series"] if found else ""
