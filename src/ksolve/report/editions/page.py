"""An edition as one HTML file: lists on a phone, A4 pages on paper, offline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import groupby

from markupsafe import Markup

from ksolve.calendar import WEEKDAYS, WEEKDAYS_EN
from ksolve.clock import clock
from ksolve.pages import page_template
from ksolve.report.editions.edition import Edition, Entry, Kind, Sheet
from ksolve.report.editions.paper import type_size, weeks
from ksolve.report.editions.words import WORDS
from ksolve.report.labels import GLYPHS
from ksolve.text import Lang


def edition_html(edition: Edition, lang: Lang) -> bytes:
    """Return an edition as a page; the same edition always gives the same bytes."""
    weekdays = list(WEEKDAYS) if lang == "ja" else list(WEEKDAYS_EN)
    used = {entry.colour for entry in edition.entries}
    page = page_template(_resource("edition.html.j2")).render(
        edition=edition,
        kind=edition.kind.value,
        lang=lang,
        w={key: text(lang) for key, text in WORDS.items()},
        css=Markup(_resource("edition.css")),  # noqa: S704 - our own file
        weekdays=weekdays,
        glyphs=GLYPHS,
        legend=[(index % len(GLYPHS), name) for index, name in edition.colours.items() if index in used],
        clock=clock,
        heading=lambda sheet: sheet_heading(edition, sheet, lang),
        month_name=lambda day: month_name(day, lang),
        day_name=lambda day: _day_name(day, weekdays, lang),
        by_month=_by_month,
        by_day=_by_day,
        others_of=lambda first: others_of(edition, first, lang),
        weeks=weeks,
        clauses=lambda text: re.split(r"(?<=、)|(?<=, )|(?<= )(?=\()", text),
        type_size=lambda sheet: type_size(edition, sheet),
        of_member=lambda sheet, member: [entry for entry in sheet.entries if member in entry.staff],
    )
    return page.encode("utf-8")


@cache
def _resource(name: str) -> str:
    return files("ksolve.report.editions").joinpath(name).read_text(encoding="utf-8")


def others_of(edition: Edition, first: date, lang: Lang) -> list[str]:
    """Return what others hold in a month, each with its days: 6/2〜6/24 定例会(仮)."""
    days: dict[str, list[date]] = {}
    for day, texts in sorted(edition.others.items()):
        if (day.year, day.month) == (first.year, first.month):
            for text in texts:
                days.setdefault(text(lang), []).append(day)
    return [f"{'・'.join(_runs(held))} {name}" for name, held in days.items()]


def _runs(days: list[date]) -> Iterator[str]:
    """Yield days that follow one another as a stretch: 6/2〜6/24, 6/30."""
    for _, run in groupby(enumerate(days), key=lambda pair: pair[1].toordinal() - pair[0]):
        held = [day for _, day in run]
        first, last = held[0], held[-1]
        text = f"{first.month}/{first.day}"
        yield text if first == last else f"{text}〜{last.month}/{last.day}"


def sheet_heading(edition: Edition, sheet: Sheet, lang: Lang) -> str:
    """Return what stands above a sheet: the person, the room, the month, the week."""
    if edition.kind is Kind.MONTH and sheet.first:
        return month_name(sheet.first, lang)
    if edition.kind is Kind.WEEK and sheet.first:
        first, last = sheet.days[0], sheet.days[-1]
        if lang == "en":
            return f"{first:%d %b %Y} – {last:%d %b %Y}"
        return f"{first.year}年{first.month}月{first.day}日〜{last.month}月{last.day}日"
    return sheet.name or edition.heading(lang)


def month_name(day: date, lang: Lang) -> str:
    """Return 2024年6月."""
    return f"{day:%B %Y}" if lang == "en" else f"{day.year}年{day.month}月"


def _day_name(day: date, weekdays: list[str], lang: Lang) -> str:
    weekday = weekdays[day.weekday()]
    return f"{weekday} {day.day} {day:%b}" if lang == "en" else f"{day.month}/{day.day}({weekday})"


def _by_month(entries: tuple[Entry, ...]) -> Iterator[tuple[date, list[Entry]]]:
    """Yield the first of each month that has entries, with these."""
    for first, held in groupby(entries, key=lambda entry: entry.day.replace(day=1)):
        yield first, list(held)


def _by_day(entries: list[Entry]) -> Iterator[tuple[date, list[Entry]]]:
    for day, held in groupby(entries, key=lambda entry: entry.day):
        yield day, list(held)
