"""Changes as one HTML file: the list, and the year with both schedules, what changed marked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from ksolve.calendar import MONTHS, WEEKDAYS, WEEKDAYS_EN
from ksolve.changes import Kind
from ksolve.clock import clock
from ksolve.pages import page_template
from ksolve.problem.schedule import Session
from ksolve.report.changed.view import HEADER, Changed, cells
from ksolve.report.two_years.section import years_section
from ksolve.text import Lang, Text


@dataclass(frozen=True, slots=True)
class Entry:
    """A session in the year: `state` is kept, gone, come, or other (its room or staff)."""

    session: Session
    state: str


@dataclass
class Row:
    """A programme with its sessions of each month, those of both schedules."""

    name: str
    months: dict[int, list[Entry]] = field(default_factory=lambda: defaultdict(list))

    @property
    def is_changed(self) -> bool:
        """Whether anything of the programme changes."""
        return any(entry.state != "kept" for entries in self.months.values() for entry in entries)


def changes_html(changed: Changed, lang: Lang) -> bytes:
    """Return the changes as a page that opens offline and prints on A3."""
    page = page_template(_template()).render(
        changed=changed,
        lang=lang,
        title=f"{changed.title} {_WORDS['changes'](lang)}",
        w={key: text(lang) for key, text in _WORDS.items()},
        header=[text(lang) for text in HEADER],
        rows=[(change.kind.value, cells(changed, change, lang)) for change in changed.changes],
        year=_year(changed),
        months=MONTHS,
        weekdays=WEEKDAYS if lang == "ja" else WEEKDAYS_EN,
        clock=clock,
        years=years_section(changed.years, lang) if changed.years else "",
    )
    return page.encode("utf-8")


def _year(changed: Changed) -> list[Row]:
    """Return the programmes in the order of their names in the schedule, those that change first."""
    gone = {id(c.before) for c in changed.changes if c.kind in (Kind.MOVED, Kind.DROPPED)}
    come = {id(c.after) for c in changed.changes if c.kind in (Kind.MOVED, Kind.ADDED)}
    other = {id(c.after) for c in changed.changes if c.kind in (Kind.ROOM, Kind.STAFF)}
    rows: dict[str, Row] = {}
    entries = [Entry(session, "gone") for session in changed.before.sessions if id(session) in gone]
    for session in changed.after.sessions:
        state = "come" if id(session) in come else "other" if id(session) in other else "kept"
        entries.append(Entry(session, state))
    for entry in sorted(entries, key=lambda e: (e.session.day, e.session.start, e.state)):
        series = entry.session.series
        row = rows.setdefault(series, Row(changed.names.get(series, series)))
        row.months[entry.session.day.month].append(entry)
    return sorted(rows.values(), key=lambda row: (not row.is_changed, row.name))


@cache
def _template() -> str:
    return files("ksolve.report.changed").joinpath("page.html.j2").read_text(encoding="utf-8")


_WORDS = {
    "changes": Text("変更一覧", "Changes"),
    "year": Text("年間予定(変更前と変更後)", "The year, before and after"),
    "programme": Text("事業", "Programme"),
    "legend": Text("凡例", "Legend"),
    "gone": Text("取りやめた日時", "no longer held"),
    "come": Text("新しい日時", "new"),
    "other": Text("部屋・職員の変更", "other room or staff"),
    "kept": Text("変更なし", "as before"),
    "only": Text("変更のある事業だけを表示", "only programmes that change"),
}
