"""A schedule as one HTML file that opens offline and prints on A3."""

from __future__ import annotations

from collections import Counter
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from ksolve.calendar import MONTHS, WEEKDAYS, WEEKDAYS_EN
from ksolve.clock import clock
from ksolve.fit import DEFINITION, FitRow, regularity
from ksolve.problem.schedule import Session, label
from ksolve.report.fit_table import mark_texts, planned_text
from ksolve.report.labels import GLYPHS, LABELS
from ksolve.report.view import View
from ksolve.text import Lang


def schedule_html(view: View, lang: Lang) -> bytes:
    """Return the report: the year by programme, a calendar, the fit, the assumptions."""
    words = {key: text(lang) for key, text in LABELS.items()}
    by_month = Counter(session.day.month for session in view.schedule.sessions)
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string(_resource("report.html.j2"))
    page = template.render(
        view=view,
        w=words,
        lang=lang,
        css=Markup(_resource("report.css")),  # noqa: S704 - our own files
        script=Markup(_resource("report.js")),  # noqa: S704
        months=MONTHS,
        month_names=_month_names(view, lang),
        month_totals=[by_month[month] for month in MONTHS],
        weekdays=list(WEEKDAYS) if lang == "ja" else list(WEEKDAYS_EN),
        glyphs=GLYPHS,
        clock=clock,
        hint=lambda session: _hint(view, session, lang),
        planned=lambda row: planned_text(row, lang),
        promises=lambda row: _promises(row, lang),
        filters=_filters(view, lang),
        definition=DEFINITION(lang),
        regularity_definition=regularity.DEFINITION(lang),
    )
    return page.encode("utf-8")


@cache
def _resource(name: str) -> str:
    return files("ksolve.report").joinpath(name).read_text(encoding="utf-8")


def _month_names(view: View, lang: Lang) -> dict[int, str]:
    firsts = {month: view.problem.year.month(month)[0] for month in MONTHS}
    if lang == "en":
        return {month: first.strftime("%B %Y") for month, first in firsts.items()}
    return {month: f"{first.year}年{month}月" for month, first in firsts.items()}


def _hint(view: View, session: Session, lang: Lang) -> str:
    """What the pointer shows: the whole name, the time, room, staff, and with whom it is held."""
    parts = [
        label(session, view.series[session.series])(lang),
        f"{clock(session.start)}–{clock(session.end)}",
    ]
    parts += ["、".join(session.rooms), "、".join(session.staff)]
    if session.held_with:
        parts.append(f"⇔ {session.held_with}")
    return " / ".join(part for part in parts if part)


def _promises(row: FitRow, lang: Lang) -> list[str]:
    return mark_texts(row, lang).split(" ") if row.marks else []


def _filters(view: View, lang: Lang) -> list[tuple[str, str, list[tuple[str, str]]]]:
    used = {view.series[session.series].programme for session in view.schedule.sessions}
    programmes = [(p.id, p.name) for p in view.plan.programmes if p.id in used]
    rooms = sorted({room for session in view.schedule.sessions for room in session.rooms})
    staff = sorted({member for session in view.schedule.sessions for member in session.staff})
    return [
        ("programme", LABELS["programme"](lang), programmes),
        ("room", LABELS["room"](lang), [(room, room) for room in rooms]),
        ("staff", LABELS["staff"](lang), [(member, member) for member in staff]),
    ]
