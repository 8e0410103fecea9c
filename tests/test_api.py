"""The public functions, files written whole, and every change that a scenario can make."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from ksolve import api
from ksolve.api import Prepared
from ksolve.errors import PlanError
from ksolve.expand import expand
from ksolve.expand.scenarios import with_scenarios
from ksolve.files import beside, write_whole
from ksolve.frequency import read_frequency
from ksolve.plan.scenario import load_scenario
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule
from ksolve.rules.count import Count
from ksolve.rules.on_dates import OnDates
from ksolve.solver import Options
from tiny import tiny


def test_the_public_steps_are_all_there_and_no_others() -> None:
    for name in ("read", "load", "expand", "solve", "check", "fit", "explain", "compare", "draft"):
        assert callable(getattr(api, name))
    with pytest.raises(AttributeError, match="teleport"):
        callable(api.teleport)


def test_the_path_in_five_lines(tmp_path: Path) -> None:
    tiny(tmp_path, "programmes: [{id: a, name: 甲, frequency: 年3回, session: hour}]")
    case = api.prepare(tmp_path / "plan.yaml")
    answer = api.solve(case.problem, Options(limit_s=20))
    assert answer.schedule is not None
    assert api.check(case.problem, answer.schedule) == ()
    table = api.frames.sessions(case.plan, case.problem, answer.schedule)
    assert list(table["series"]) == ["a"] * 3
    assert list(table["date"].dt.date) == [session.day for session in answer.schedule.sessions]


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "new" / "file.txt"
    write_whole(path, b"one")
    with pytest.raises(PlanError, match="file-exists"):
        write_whole(path, b"two")
    assert path.read_bytes() == b"one"
    monkeypatch.setattr(Path, "replace", _broken_disk)
    with pytest.raises(PlanError, match="unwritable-file"):
        write_whole(path, b"three", force=True)
    monkeypatch.undo()
    assert path.read_bytes() == b"one"
    assert [item.name for item in path.parent.iterdir()] == ["file.txt"]
    write_whole(path, b"four", force=True)
    assert path.read_bytes() == b"four"
    assert path.stat().st_mode & 0o777 == 0o666 & ~_umask()


def _broken_disk(*_: Any) -> None:
    raise OSError(28, "No space left on device")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with pytest.raises(PlanError, match="unwritable-file"):
        write_whole(tmp_path / "taken" / "x.csv", b"data")


def test_a_name_in_a_file_means_the_file_beside_it() -> None:
    assert beside(Path("a/b/plan.yaml"), "../c.tsv") == Path("a/c.tsv")


PLAN = """
programmes:
  - {id: a, name: 甲, frequency: 年4回, session: kind}
  - {id: b, name: 乙, frequency: 年1回, session: kind, together: {with: a, sessions: 1}}
  - id: c
    name: 丙
    components:
      - {id: x, name: 其一, frequency: 年2回, session: kind}
      - {id: y, name: 其二, frequency: 年3回, session: kind}
centre:
  rooms: [{id: room, name: 部屋, count: 2}]
  staff: [{id: pool, name: 職員, count: 2}]
  sessions: [{id: kind, minutes: 60, starts: ["10:00"], rooms: room, staff: {pool: 1}}]
"""


@pytest.fixture
def case(tmp_path: Path) -> Prepared:
    return tiny(tmp_path, PLAN)


def _changed(case: Prepared, folder: Path, change: str) -> Problem:
    path = folder / "scenario.yaml"
    path.write_text(f"schema: 1\nid: s\ntitle: 試し\nchanges:\n  - {change}\n", encoding="utf-8")
    return expand(with_scenarios(case.plan, [load_scenario(path)]))


def test_a_room_closes_and_staff_are_away(case: Prepared, tmp_path: Path) -> None:
    closed = _changed(case, tmp_path, "{do: close_room, room: room, days: 8/1〜8/2, count: 1, why: 工事}")
    sizes = {r.id: (len(r.units), len(r.exceptions)) for r in closed.of_pool("room")}
    assert sizes == {"room/1": (1, 0), "room/2": (1, 2)}
    away = _changed(case, tmp_path, "{do: absent, staff: pool, days: 8/1, why: 休暇}")
    assert [(len(r.units), list(r.exceptions.values())) for r in away.of_pool("pool")] == [(2, [()])]


def test_the_centre_closes(case: Prepared, tmp_path: Path) -> None:
    problem = _changed(case, tmp_path, "{do: close, days: 4/1〜4/5, why: 改修}")
    assert str(problem.calendar.open_days[0]) == "2024-04-08"


def test_a_pool_grows_or_shrinks(case: Prepared, tmp_path: Path) -> None:
    problem = _changed(case, tmp_path, "{do: capacity, of: pool, count: 3, why: 採用}")
    assert [r.units for r in problem.of_pool("pool")] == [("職員1", "職員2", "職員3")]
    problem = _changed(case, tmp_path, "{do: capacity, of: room, count: 1, why: 返却}")
    assert [r.units for r in problem.of_pool("room")] == [("部屋",)]


def test_a_frequency_changes(case: Prepared, tmp_path: Path) -> None:
    for target, frequency, low in (("a", "年5回", 5), ("c.y", "年7回", 7)):
        problem = _changed(
            case, tmp_path, f"{{do: frequency, programme: {target}, frequency: {frequency}, why: 希望}}"
        )
        counts = [
            posted.rule.low
            for posted in problem.rules
            if isinstance(posted.rule, Count) and [s.id for s in posted.series] == [target]
        ]
        assert counts == [low] == [read_frequency(frequency).year_count.low]


def test_a_programme_is_removed_and_nothing_is_held_with_it_any_more(case: Prepared, tmp_path: Path) -> None:
    problem = _changed(case, tmp_path, "{do: remove, programme: a, why: 廃止}")
    assert [series.id for series in problem.series] == ["b", "c.x", "c.y"]
    assert "together" not in {posted.rule.name for posted in problem.rules}
    problem = _changed(case, tmp_path, "{do: remove, programme: c.x, why: 廃止}")
    assert [series.id for series in problem.series] == ["a", "b", "c.y"]


def test_a_programme_and_rules_are_added(case: Prepared, tmp_path: Path) -> None:
    new = "{id: d, name: 丁, frequency: 月1回, session: kind}"
    problem = _changed(case, tmp_path, f"{{do: add, programme: {new}, why: 新規}}")
    assert problem.series[-1].id == "d"
    rule = "{rule: on_dates, programmes: a, days: [5/7]}"
    problem = _changed(case, tmp_path, f"{{do: rules, rules: {rule}, why: 式典}}")
    assert any(isinstance(posted.rule, OnDates) for posted in problem.rules)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("{do: absent, staff: poll, days: 8/1, why: x}", "「pool」ではありませんか"),
        ("{do: capacity, of: hall, count: 1, why: x}", "「hall」が計画にありません"),
        ("{do: frequency, programme: c.z, frequency: 年1回, why: x}", "「z」が計画にありません"),
        ("{do: remove, programme: e, why: x}", "「e」が計画にありません"),
        ("{do: close, days: 2/29, why: x}", "令和6年度にありません"),
        ("{do: close, days: 4/1}", "「why」がありません"),
        ("{do: vanish, why: x}", "「vanish」はありません"),
        ("{do: rules, rules: [{rule: min_gap, days: 2, programmes: q}], why: x}", "「q」は見つかりません"),
        ("{do: add, programme: {id: a, name: 甲, frequency: 通年}, why: x}", "id「a」"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused_with_its_place(
    case: Prepared, tmp_path: Path, change: str, words: str
) -> None:
    with pytest.raises(PlanError) as caught:
        _changed(case, tmp_path, change)
    line = caught.value.findings[0].line("ja")
    assert words in line
    assert "scenario.yaml:5:" in line


def test_what_a_scenario_makes_impossible_is_left_to_the_solver(case: Prepared, tmp_path: Path) -> None:
    problem = _changed(case, tmp_path, "{do: close, days: 4/1〜3/31, why: 改修}")
    answer = api.solve(problem, Options(limit_s=20))
    assert (answer.verdict, answer.schedule) == ("infeasible", None)
    assert Schedule(()).sessions == ()
