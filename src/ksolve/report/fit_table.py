"""The fit as rows of text, for the terminal, CSV and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ksolve.calendar import WEEKDAYS
from ksolve.files.separated import csv_bytes
from ksolve.fit import DEFINITION, FitReport, FitRow, MarkFit
from ksolve.fit.carried import Carried
from ksolve.frequency import Months
from ksolve.problem.schedule import Session
from ksolve.report.labels import LABELS
from ksolve.text import Lang

_KEYS = ("line", "programme", "frequency", "planned", "dated", "kept_marks", "marks", "outside", "note")


def fit_rows(report: FitReport, lang: Lang) -> Iterator[tuple[str, ...]]:
    """Yield a header, then for each row that promises or holds sessions its cells."""
    yield tuple(LABELS[key](lang) for key in _KEYS)
    for row in report.rows:
        if row.promised or row.marks or row.dated or row.carried is Carried.DROPPED:
            yield _cells(row, lang)
    for one in report.added:
        yield ("", one.name, one.frequency, "", f"{Carried.NEW.text(lang)} {one.dated}", "", "", "", "")


def _cells(row: FitRow, lang: Lang) -> tuple[str, ...]:
    return (
        str(row.row.line),
        row.row.name,
        row.row.frequency_text,
        planned_text(row, lang),
        f"{sign_of(row, lang)} {row.dated}",
        f"{row.honoured}/{len(row.marks)}" if row.marks else "",
        mark_texts(row, lang),
        " ".join(short_date(session) for session in row.outside),
        note_of(row, lang),
    )


def sign_of(row: FitRow, lang: Lang) -> str:
    """Return ✓ or ✗, or what became of the row of another year's table."""
    if row.carried is not None:
        return row.carried.text(lang)
    return "✓" if row.is_kept else "✗"


def planned_text(row: FitRow, lang: Lang) -> str:
    """Return the count that is promised: ``仮定15`` where the plan assumes it, ``20→18`` where it changed."""
    if row.changed is not None:
        return f"{row.row.count}→{row.changed}"
    if row.assumed_count is None:
        return str(row.row.count)
    return f"{LABELS['assumed'](lang)}{' ' if lang == 'en' else ''}{row.assumed_count}"


def mark_texts(row: FitRow, lang: Lang) -> str:
    """Return each mark with its months and the session that honours it; many alike are counted."""
    if len(row.marks) > 12:
        return f"{_sign(row.marks[0])} {row.honoured}/{len(row.marks)}"
    return " ".join(mark_text(mark, lang, is_promised=row.carried is None) for mark in row.marks)


def mark_text(mark: MarkFit, lang: Lang, *, is_promised: bool = True) -> str:
    """Return ``○11月→11/26(火)``, or ``○3月→✗なし``; without the ✗ where nothing was promised."""
    missing = f"{'✗' if is_promised else ''}{LABELS['missing'](lang)}"
    when = short_date(mark.session) if mark.session else missing
    return f"{_sign(mark)}→{when}"


def _sign(mark: MarkFit) -> str:
    return f"{mark.promise.marks[0].text}{Months(mark.promise.months)}"


def short_date(session: Session) -> str:
    """Return ``6/12(水)``."""
    return f"{session.day.month}/{session.day.day}({WEEKDAYS[session.day.weekday()]})"


def note_of(row: FitRow, lang: Lang) -> str:
    """Return what is assumed in a row, and why the plan departs from the published text."""
    assumed = f"{LABELS['assumed'](lang)}: {row.assumed}" if row.assumed else ""
    return " ".join(part for part in (assumed, row.why) if part)


def fit_csv(report: FitReport, lang: Lang) -> bytes:
    """Return the fit as CSV in UTF-8 with a byte order mark."""
    return csv_bytes(fit_rows(report, lang))


def fit_json(report: FitReport, lang: Lang) -> str:
    """Return the fit as JSON for machines."""
    rows = [
        {
            "line": row.row.line,
            "programme": row.row.name,
            "planned": [row.row.count.low, row.row.count.high],
            "changed_to": [row.changed.low, row.changed.high] if row.changed is not None else None,
            "assumed_count": str(row.assumed_count) if row.assumed_count else None,
            "dated": row.dated,
            "marks": [_mark_dict(mark) for mark in row.marks],
            "outside": [session.id for session in row.outside],
            "kept": row.is_kept,
            "carried": row.carried.name.lower() if row.carried else None,
            "why": row.why,
            "assumed": row.assumed,
        }
        for row in report.rows
    ]
    whole = {
        "fit": None if report.is_of_another_year else round(report.figure, 6),
        "added": [one.name for one in report.added],
        "definition": DEFINITION(lang),
        "year": str(report.year),
        "published_year": str(report.published_year) if report.published_year else None,
        "sessions": report.sessions._asdict(),
        "marks": report.marks._asdict(),
        "rows": rows,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _mark_dict(mark: MarkFit) -> dict[str, object]:
    return {
        "mark": mark.promise.marks[0].text,
        "column": mark.promise.marks[0].column,
        "months": list(mark.promise.months),
        "session": mark.session.id if mark.session else None,
    }
