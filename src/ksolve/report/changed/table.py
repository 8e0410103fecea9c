"""Changes as a table of text, as CSV, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ksolve.clock import clock
from ksolve.files.separated import csv_bytes
from ksolve.problem.schedule import Session
from ksolve.report.changed.view import HEADER, Changed, cells
from ksolve.report.two_years.table import as_json
from ksolve.text import Lang

SCHEMA = 1
"""The version of the JSON; it is raised when a key changes its meaning or goes."""


def change_rows(changed: Changed, lang: Lang) -> Iterator[tuple[str, ...]]:
    """Yield a header and one row for each change; columns in which nothing stands are left out."""
    rows = [cells(changed, change, lang) for change in changed.changes]
    kept = [column for column in range(len(HEADER)) if column < 4 or any(row[column] for row in rows)]
    yield tuple(HEADER[column](lang) for column in kept)
    for row in rows:
        yield tuple(row[column] for column in kept)


def changes_csv(changed: Changed, lang: Lang) -> bytes:
    """Return the changes as CSV in UTF-8 with a byte order mark: always the same columns, and the uid."""
    header = [*(text(lang) for text in HEADER), "uid"]
    rows = [(*cells(changed, change, lang), change.either.uid) for change in changed.changes]
    return csv_bytes([header, *rows])


def changes_json(changed: Changed) -> str:
    """Return the changes for programs; texts in both languages."""
    value: dict[str, Any] = {
        "schema": SCHEMA,
        "title": changed.title,
        "notes": [{"ja": note.ja, "en": note.en} for note in changed.notes],
        "changes": [
            {
                "kind": change.kind.value,
                "uid": change.either.uid,
                "series": change.series,
                "name": changed.name(change),
                "before": session_dict(change.before) if change.before else None,
                "after": session_dict(change.after) if change.after else None,
                "why": {"ja": change.why.ja, "en": change.why.en} if change.why else None,
            }
            for change in changed.changes
        ],
    }
    if changed.years:
        value["years"] = as_json(changed.years)
    return json.dumps(value, ensure_ascii=False, indent=2)


def session_dict(session: Session) -> dict[str, Any]:
    """Return when and where a session is for programs: ISO date, hours, names."""
    return {
        "session": session.id,
        "date": session.day.isoformat(),
        "start": clock(session.start),
        "end": clock(session.end),
        "rooms": list(session.rooms),
        "staff": list(session.staff),
    }
