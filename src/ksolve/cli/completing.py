"""What a shell is told when TAB is pressed: the programmes and sessions of the plan that is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

_BARE = re.compile(r"[\w.・ー-]+")
"""A name that a shell takes as one word without quotes."""
COMPLETING = "_KSOLVE_COMPLETE"
"""The shell asks for completions by this variable."""


def programmes(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the programmes and components of the plan whose name or id begins so."""
    return [name for name in _programmes(ctx) if name.startswith(incomplete)]


def sessions(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the sessions of the schedule that begin so: 専門相談#3."""
    return [name for name in _sessions(ctx) if name.startswith(incomplete)]


def _programmes(ctx: typer.Context) -> Iterator[str]:
    problem = _problem(ctx)
    known = [name for one in problem.series for name in (one.programme, one.name)] if problem else []
    yield from (name for name in dict.fromkeys(known) if _BARE.fullmatch(name))


def _sessions(ctx: typer.Context) -> Iterator[str]:
    from ksolve.schedules import read_schedule

    problem, named = _problem(ctx), ctx.params.get("schedule")
    if problem is None or named is None:
        return
    names = {series.id: series.name for series in problem.series}
    for session in read_schedule(Path(named), problem).sessions:
        for name in (session.series, names.get(session.series, "")):
            if _BARE.fullmatch(name):
                yield f"{name}#{session.number}"


def _problem(ctx: typer.Context) -> Any:
    """Return the problem of the plan that is named before, None where there is none."""
    from ksolve.api import prepare
    from ksolve.errors import PlanError

    named = ctx.params.get("plan")
    try:
        return prepare(Path(named)).problem if named else None
    except PlanError:
        return None
