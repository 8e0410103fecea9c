"""A schedule as one HTML file: offline, lists on a phone; the year prints on A3, months on A4."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from markupsafe import Markup

from ksolve.calendar import MONTHS, MONTHS_EN, WEEKDAYS, WEEKDAYS_EN
from ksolve.clock import clock
from ksolve.expand.external import events_of_others
from ksolve.fit import DEFINITION, FitRow, regularity
from ksolve.fit.carried import Carried
from ksolve.pages import page_template
from ksolve.problem.schedule import Session, label
from ksolve.report.fit_table import mark_texts, planned_text, sign_of
from ksolve.report.labels import GLYPHS, LABELS
from ksolve.report.pictures import pictures
from ksolve.report.two_years.section import years_section
from ksolve.report.view import Line, View
from ksolve.text import Lang


def schedule_html(view: View, lang: Lang) -> bytes:
    """Return the report: the year by programme, a calendar, the fit, the assumptions."""
    words = {key: text(lang) for key, text in LABELS.items()}
    by_month = Counter(session.day.month for session in view.held)
    page = page_template(_resource("report.html.j2")).render(
        view=view,
        w=words,
        lang=lang,
        css=Markup(_resource("report.css")),  # noqa: S704 - our own files
        script=Markup(_resource("report.js")),  # noqa: S704
        months=MONTHS,
        month_names=_month_names(view, lang),
        short_months={month: f"{month}月" if lang == "ja" else MONTHS_EN[month - 1] for month in MONTHS},
        month_totals=[by_month[month] for month in MONTHS],
        weekdays=list(WEEKDAYS) if lang == "ja" else list(WEEKDAYS_EN),
        glyphs=GLYPHS,
        clock=clock,
        hint=lambda session: _hint(view, session, lang),
        detail=_detail,
        time_of=_time_of,
        grouped=_grouped,
        pictures=list(pictures(view, lang)),
        has_others=bool(events_of_others(view.plan)),
        planned=lambda row: planned_text(row, lang),
        sign=lambda row: sign_of(row, lang),
        new=Carried.NEW.text(lang),
        promises=lambda row: _promises(row, lang),
        filters=_filters(view, lang),
        definition=DEFINITION(lang),
        years=years_section(view.years, lang) if view.years else "",
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


def _detail(session: Session) -> str:
    """What a calendar's entry has no room for, and screen readers say: the end, rooms, staff, the host."""
    parts = [f"–{clock(session.end)}", "・".join(session.rooms), "・".join(session.staff)]
    parts += [f"⇔ {session.held_with}"] if session.held_with else []
    return " ".join(part for part in parts if part)


def _time_of(line: Line) -> str:
    """Return the time of all sessions of a line, empty where they have several (or none)."""
    times = {(session.start, session.end) for sessions in line.months for session in sessions}
    return "–".join(map(clock, times.pop())) if len(times) == 1 else ""


def _grouped(sessions: Sequence[Session]) -> list[tuple[str, str]]:
    """Return the starts of a month's many sessions, each with its days: 10:30 and 1・8・15."""
    starts: dict[int, list[str]] = {}
    for session in sessions:
        starts.setdefault(session.start, []).append(str(session.day.day))
    return [(clock(start), "・".join(days)) for start, days in sorted(starts.items())]


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
