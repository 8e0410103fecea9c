"""Pages as people meet them: on a wide screen, on a phone, on paper, by keyboard and by ear."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from browsing import PHONE, WIDE, opened
from ksolve.alternatives.choosing import choose
from ksolve.alternatives.contrast import contrasts
from ksolve.alternatives.page import choice_html
from ksolve.alternatives.table import Told
from ksolve.api import Prepared
from ksolve.changes import changes
from ksolve.cli.view import make_view
from ksolve.findings import Finding, Severity
from ksolve.problem import Tier
from ksolve.problem.schedule import Schedule, Session
from ksolve.report import View, schedule_html
from ksolve.report.changed.page import changes_html
from ksolve.report.changed.view import Changed
from ksolve.report.editions import Kind, edition_files, make_edition
from ksolve.report.two_years import Year, side_by_side
from ksolve.report.view import Reached
from ksolve.solver import Options
from ksolve.stress.page import stress_html
from ksolve.stress.years import stress
from ksolve.text import Text
from tiny import tiny

PLAN = """
programmes:
  - id: a
    name: 赤ちゃん広場
    frequency: 年12回
    session: kind
    for: 0歳児と保護者
    sign_up: 前日まで電話で
    why: 印のない月にも行う
  - {id: b, name: 職員会議, frequency: 年2回, session: kind, public: false}
  - {id: s, name: 総合相談, frequency: 通年}
centre:
  assumed: 部屋と職員は仮定です
  external:
    - {id: gakko, name: 運動会, effect: info, dates: [5/25]}
    - {id: gikai, name: 議会会期, effect: info, dates: [9/2〜9/13]}
  rooms: [{id: room, name: 集会室, count: 2}]
  staff: [{id: pool, name: 相談員, members: [{name: 田中}, {name: 林}]}]
  sessions: [{id: kind, minutes: 60, starts: ["10:00", "13:00"], rooms: room, staff: {pool: 1}}]
"""
MONTHS = [*((2024, month) for month in range(4, 13)), (2025, 1), (2025, 2), (2025, 3)]
SESSIONS = (
    *(
        Session("a", number, date(year, month, 9), 600, 60, ("集会室1",), ("田中",))
        for number, (year, month) in enumerate(MONTHS, start=1)
    ),
    Session("b", 1, date(2024, 5, 8), 600, 60, ("集会室1",), ("林",)),
    Session("b", 2, date(2024, 11, 6), 780, 60, ("集会室2",), ("林",)),
)
A3, A4 = {(420, 297)}, {(297, 210), (210, 297)}


@pytest.fixture
def case(tmp_path: Path) -> Prepared:
    return tiny(tmp_path, PLAN)


@pytest.fixture
def view(case: Prepared) -> View:
    breach = Finding("opening", Severity.ERROR, Text("休館日に行います", "held on a closed day"))
    view = make_view(case, Schedule.of(SESSIONS), (Text("最適", "optimal"),), (breach,))
    tiers = (Reached(Tier.QUIET, 2, 1), Reached(Tier.PATTERN, 0, 0))
    return replace(view, tiers=tiers, last_year=Year(case.problem, view.schedule))


@pytest.fixture
def report(view: View, tmp_path: Path) -> Path:
    path = tmp_path / "report.html"
    path.write_bytes(schedule_html(view, "ja"))
    return path


@pytest.fixture
def editions(view: View, tmp_path: Path) -> dict[Kind, Path]:
    paths = {}
    for kind in Kind:
        paths[kind] = tmp_path / f"{kind}.html"
        paths[kind].write_bytes(edition_files(make_edition(view, kind), "ja")[f"{kind}.html"])
    return paths


@pytest.fixture
def others(case: Prepared, view: View, tmp_path: Path) -> list[Path]:
    """The pages beside the report: changes within a year and from one to another, drawn years, a choice."""
    problem, base = case.problem, Schedule.of(SESSIONS)
    moved = Schedule.of([replace(SESSIONS[0], day=date(2024, 4, 16)), *SESSIONS[1:-1]])
    title, names = problem.title, {series.id: series.name for series in problem.series}
    changed = Changed(title, base, moved, changes(base, moved), names, (Text("最小です", "fewest"),))
    assert view.last_year is not None
    years = replace(changed, years=side_by_side(view.last_year, Year(problem, moved)))
    choice = choose(problem, 2, Fraction(0), Options(10))
    told = Told(title, choice, contrasts(problem, [plan.schedule for plan in choice.plans]))
    drawn = stress(case.plan, problem, base, 40, 0)
    made = {
        "changes": changes_html(changed, "ja"),
        "years": changes_html(years, "ja"),
        "choice": choice_html(told, "ja"),
        "stress": stress_html(drawn, title, "ja"),
    }
    paths = [tmp_path / f"{name}.html" for name in made]
    for path, data in zip(paths, made.values(), strict=True):
        path.write_bytes(data)
    return paths


def grave(page: Page) -> list[tuple[str, str]]:
    """Return what axe-core calls serious or critical: its rule, and the first element."""
    found: Any = Axe().run(page).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]


def is_narrow(page: Page) -> bool:
    """Tell whether nothing of a page is wider than the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_axe_finds_nothing_serious_on_any_page_wide_or_narrow(
    report: Path, editions: dict[Kind, Path], browser: Browser
) -> None:
    with opened(browser, report) as page:
        assert grave(page) == []
        assert is_narrow(page)
        page.evaluate("document.querySelector('h1').append(document.createElement('img'))")
        assert [rule for rule, _ in grave(page)] == ["image-alt"]  # it does look
    with opened(browser, report, PHONE) as page:
        assert grave(page) == []
        assert is_narrow(page)
    for kind, size in (*((kind, PHONE) for kind in Kind), (Kind.MONTH, WIDE)):
        with opened(browser, editions[kind], size) as page:
            assert (kind, size, grave(page)) == (kind, size, [])
            assert is_narrow(page)


def test_axe_finds_nothing_serious_on_the_pages_beside_the_report(
    others: list[Path], browser: Browser
) -> None:
    for path in others:
        for size in (WIDE, PHONE):
            with opened(browser, path, size) as page:
                assert (path.name, size, grave(page)) == (path.name, size, [])
                assert is_narrow(page), path.name


def test_on_a_phone_months_are_lists_of_the_days_that_hold_anything(report: Path, browser: Browser) -> None:
    with opened(browser, report, PHONE) as page:
        assert page.locator(".month td:visible").count() == 14 + 2  # and where something of others begins
        september = page.locator(".month", has_text="2024年9月").inner_text().split()
        assert september[:4] == [
            "2024年9月",
            "2月◇議会会期",
            "9月◇議会会期",
            "10:00",
        ]  # not each of twelve days
        may = page.locator(".month", has_text="2024年5月").inner_text().split()
        assert may[:4] == ["2024年5月", "8水", "10:00", "●職員会議"]
        assert "集会室1" in " ".join(may)  # nobody hovers over a phone
        assert page.locator(".annual thead").is_hidden()
        row = page.locator(".annual tr[data-programme=b]").inner_text().split()
        assert row == ["職員会議", "年2回", "2", "8水10:00", "6水13:00"]
    with opened(browser, report, WIDE) as page:
        assert page.locator(".month td.none:visible").count() > 300


def test_times_stand_in_the_year_where_they_differ_and_once_where_they_do_not(
    report: Path, browser: Browser
) -> None:
    with opened(browser, report) as page:
        assert page.locator(".annual tr[data-programme=a] time").count() == 0
        same = page.locator(".annual tr[data-programme=a] td.frequency").all_inner_texts()
        assert same == ["年12回", "10:00–11:00"]
        assert page.locator(".annual tr[data-programme=b] time").all_inner_texts() == ["10:00", "13:00"]


def test_a_keyboard_reaches_the_content_and_shows_what_a_mouse_would(report: Path, browser: Browser) -> None:
    with opened(browser, report) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
        size = page.locator(".session .more").first.bounding_box()
        assert size is not None
        assert size["width"] <= 1
        page.locator("#details").focus()
        page.keyboard.press("Space")
        size = page.locator(".session .more").first.bounding_box()
        assert size is not None
        assert size["width"] > 20
        page.locator("summary").first.focus()
        page.keyboard.press("Enter")
        assert page.locator("details[open] table").is_visible()


def test_on_paper_the_year_is_a3_and_each_month_a_page_of_a4(
    report: Path, editions: dict[Kind, Path], browser: Browser, tmp_path: Path
) -> None:
    pages = printed(browser, report, tmp_path)
    sizes = [size for size, _ in pages]
    assert {sizes[0]} == A3
    assert set(sizes[1:]) <= A4
    assert "年間予定表" in pages[0][1]
    for place, (year, month) in enumerate(MONTHS, start=1):
        assert f"{year}年{month}月" in pages[place][1]
    months = printed(browser, editions[Kind.MONTH], tmp_path)
    assert len(months) == 12
    assert {size for size, _ in months} == {(297, 210)}
    assert "公表・配布しないでください" in months[11][1]  # on every page that may hang on a wall
    people = printed(browser, editions[Kind.STAFF], tmp_path)
    assert ["田中" in text for _, text in people] == [True, False]


def printed(browser: Browser, path: Path, folder: Path) -> list[tuple[tuple[int, int], str]]:
    """Print a page, and return the size in millimetres and the text of each sheet."""
    paper = folder / "printed.pdf"
    with opened(browser, path) as page:
        page.pdf(path=paper, prefer_css_page_size=True, print_background=True)
    with pypdfium2.PdfDocument(paper) as pdf:
        sizes = [tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in pdf]
        texts = [page.get_textpage().get_text_bounded() for page in pdf]
    return list(zip(sizes, texts, strict=True))
