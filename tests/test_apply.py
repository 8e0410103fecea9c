"""Scenarios written into plans: what is loaded is what the scenario makes, and no other byte changes."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from conftest import ROOT
from ksolve.api import Prepared, prepare
from ksolve.errors import PlanError
from ksolve.files import write_together
from ksolve.plan.apply import apply
from ksolve.plan.scenario import Change, load_scenario
from ksolve.spelling import Node
from running import PLAN, ksolve

BLOCKS = """\
# 冒頭の注
schema: 1
id: small
title: 小さな計画
year: 令和6年度
resources:
  calendar:
    open: {月-金: "9:00-17:00"}   # 月から金
    closed: 6/5
  rooms:
    # 一階
    - id: one
      name: 一室
      seats: 9
      closed:
        - days: 6/10   # 清掃
    - {id: two, name: 二室, count: 2}  # 二階
  staff:
    - id: pool
      name: 職員
      count: 2
      absent: [{days: 6/3}]
    - id: shifts
      name: 組
      shifts:
        - {count: 2, weekly: {月: 9:00-17:00}}
        - count: 1
          weekly:
            # 火曜だけ
            火: 9:00-17:00
    - {id: members, name: 名簿, members: [{name: 田中}, {name: 鈴木,
        absent: [6/4]}]}
  audiences: [{id: oyako, name: 親子, apart: day}]
  sessions:
    - id: hour
      minutes: 60
      starts: "10:00"
      rooms:
        - one
        - two

programmes:
  # ── 甲の注 ──
  - id: a
    name: 甲
    frequency: 年4回   # 四回
    session: hour
    rules:
      - rule: min_gap   # 間隔
        days: 7
        why: 準備
      - {rule: max_gap, days: 300}
  - id: b
    name: 乙
    frequency: "年2回"
    session: hour
    months: 6月～9月
    windows: [6月]
    together:
      with: a
  - id: c
    name: 丙
    why: >
      二行に
      わたる理由
    components:
      - {id: x, name: エ, frequency: 年1回, session: hour}
      - id: y
        name: ワ
        frequency: 年1回
        session: hour
        together: [{with: a}, {with: b, shared: "false"}]

rules:
  - {rule: apart, programmes: [a, c.x]}
  # 日を決める
  - rule: on_dates
    programmes: c.x
    days:
      - 6/12
# 終わりの注"""

ODD = """\
%YAML 1.1
---
"schema": '1'
id: odd
title: "二行の
  題"
year: 令和6年度
resources: {calendar: {open: {月-金: "9:00-17:00"},
    closed: [] },   # 空
  rooms: [
    # 一階
    {id: one, name: 一室, closed: [],},
    {id: two, name: 二室,
     # 注
     seats: 9}
  ],
  sessions: [{id: hour, minutes: 60, starts: "10:00", rooms: [one, two]}]}
programmes:
-
  id: a
  name: 甲
  frequency: 年4回
  session: hour
  rules:
  - {rule: min_gap, days: 7}
  -   rule: max_gap
      days: 300   # 上限
      why: |
        長い理由
        二行目

  # 乙の前
- months: 6月～9月
  id: b
  name: 乙
  frequency: >-
    年2回
  session: hour
  together:
  - with: a   # 甲と
rules: []  # 規則
...
"""
"""What YAML allows and few planners write: a dash on its own line, texts of two lines, a comma at the end."""

CHANGES = {
    "close_room": [
        "{do: close_room, room: one, days: 7/1〜7/5, count: 1}",
        "{do: close_room, room: two, days: 7/1}",
    ],
    "absent": [
        "{do: absent, staff: pool, days: 7/1〜7/5, count: 1}",
        "{do: absent, staff: shifts, days: 7/1}",
        "{do: absent, staff: members, member: 田中, days: 7/1}",
        "{do: absent, staff: members, member: 鈴木, days: 7/1}",
    ],
    "close": ["{do: close, days: 7/1〜7/2}", "{do: close, days: 毎月第3木曜日}"],
    "open": ["{do: open, days: 7/15}"],
    "present": ["{do: present, of: one, days: 6/10}", "{do: present, of: pool, days: 6/3}"],
    "relax": [
        "{do: relax, rule: min_gap, programme: a, days: 5}",
        "{do: relax, rule: max_gap, programme: a, days: 200}",
        "{do: relax, rule: max_gap, programme: a}",
        "{do: relax, rule: apart}",
        "{do: relax, rule: on_dates, dates: 6/13}",
        "{do: relax, rule: on_dates, dates: [6/13, 6/14]}",
        "{do: relax, rule: windows, programme: b}",
        "{do: relax, rule: together, programme: b}",
        "{do: relax, rule: together, programme: c.y}",
        "{do: relax, rule: windows, programme: a}",
        "{do: relax, rule: in_months, programme: b}",
        "{do: relax, rule: in_months, programme: b, months: 5月～9月}",
        "{do: relax, rule: in_months, programme: c.x, months: 5月}",
    ],
    "capacity": ["{do: capacity, of: two, count: 3}", "{do: capacity, of: one, count: 2}"],
    "session": [
        "{do: session, of: hour, weekdays: 火-金, starts: ['9:30', '10:00'], rooms: two}",
        "{do: session, of: hour, people: 5, per_day: 2}",
    ],
    "hours": [
        "{do: hours, of: one, weekly: {月: '9:00-12:00, 13:00-17:00'}}",
        "{do: hours, of: shifts, shift: 2, weekly: {火水: 9:00-17:00}}",
        "{do: hours, of: members, member: 鈴木, weekly: {木: 9:00-17:00}}",
    ],
    "more": [
        "{do: more, of: one}",
        "{do: more, of: pool, count: 2, weekly: {火: 9:00-12:00}, days: [7/1〜7/5, 7/8]}",
    ],
    "audience": ["{do: audience, of: oyako, apart: moment}"],
    "frequency": [
        "{do: frequency, programme: a, frequency: 年5回}",
        "{do: frequency, programme: b, frequency: 月1回×3か月}",
        "{do: frequency, programme: c, frequency: 年2回}",
        "{do: frequency, programme: c.x, frequency: 年2回}",
    ],
    "remove": [
        "{do: remove, programme: b}",
        "{do: remove, programme: c.y}",
    ],
    "add": [
        "{do: add, programme: {id: d, name: 'ダンス: 入門 #1', frequency: 年1回, session: hour}}",
        "{do: add, programme: {id: e, name: 戊, why: 新規, tags: [x], rules: [{rule: min_gap, days: 3}]}}",
    ],
    "rules": [
        "{do: rules, rules: {rule: min_gap, programmes: a, days: 9}}",
        "{do: rules, rules: [{rule: min_gap, programmes: a, days: 9, why: 別}, {rule: max_gap, days: 99}]}",
    ],
}
"""At least one change for each kind; those that leave out a rule that something else names are left out."""
EVERY = [(kind, change) for kind, changes in CHANGES.items() for change in changes]


def _flow(text: str) -> str:
    """Return the same plan on one line."""

    def written(value: Any) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{key}: {written(item)}" for key, item in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(map(written, value)) + "]"
        return '"' + str(value).strip() + '"'

    value = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - it makes nothing but text
    return written(value) + "\n"


def _scenario(folder: Path, *changes: str) -> Path:
    path = folder / "scenario.yaml"
    told = [change.replace("{do:", "{why: 理由です, do:", 1) for change in changes]
    lines = ["schema: 1", "id: s", "title: 変更", "changes:", *(f"  - {one}" for one in told)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _same(one: Prepared, other: Prepared) -> bool:
    return all(
        _unplaced(getattr(one, part)) == _unplaced(getattr(other, part)) for part in ("plan", "problem")
    )


def _unplaced(value: Any) -> Any:
    """Return a value without the places of files, and without the name of the published table."""
    if isinstance(value, Node):
        left = {"place", "places", "published"} if hasattr(value, "programmes") else {"place", "places"}
        return {key: _unplaced(getattr(value, key)) for key in type(value).model_fields if key not in left}
    if is_dataclass(value):
        return {f.name: _unplaced(getattr(value, f.name)) for f in fields(value) if f.name != "place"}
    if isinstance(value, tuple | list):
        return [_unplaced(item) for item in value]
    return value


def test_every_kind_of_change_is_tried() -> None:
    kinds = {kind.model_fields["do"].annotation for kind in get_args(get_args(Change)[0])}
    assert {get_args(kind)[0] for kind in kinds} == set(CHANGES)


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("form", [str, _flow], ids=["blocks", "flow"])
@pytest.mark.parametrize(("kind", "change"), EVERY, ids=[change for _, change in EVERY])
def test_the_applied_plan_is_what_the_scenario_makes(
    kind: str, change: str, form: Any, newline: str, tmp_path: Path
) -> None:
    plan, out = tmp_path / "plan.yaml", tmp_path / "new.yaml"
    text = form(BLOCKS).replace("\n", newline)
    plan.write_bytes(text.encode())
    scenario = _scenario(tmp_path, change)
    (made,) = apply(plan, ((scenario, load_scenario(scenario)),), out)
    out.write_bytes(made.data)
    assert not _same(prepare(out), prepare(plan)) or "windows, programme: a" in change
    assert _same(prepare(out), prepare(plan, (scenario,))), kind
    after = out.read_bytes().decode()
    assert "理由です" in after  # each change with its why
    assert after.count("\n") == after.count(newline)
    comments = [line.strip() for line in text.splitlines() if line.strip().startswith("#")]
    assert all(line in after for line in comments)


ODDLY = [
    "{do: close, days: 7/22}",
    "{do: close_room, room: one, days: 7/1}",
    "{do: close_room, room: two, days: 7/1}",
    "{do: capacity, of: two, count: 2}",
    "{do: capacity, of: one, count: 2}",
    "{do: session, of: hour, starts: ['9:30', '10:00'], people: 4}",
    "{do: frequency, programme: b, frequency: 年3回}",
    "{do: relax, rule: max_gap, programme: a, days: 200}",
    "{do: relax, rule: min_gap, programme: a}",
    "{do: relax, rule: max_gap, programme: a}",
    "{do: relax, rule: in_months, programme: b}",
    "{do: relax, rule: together, programme: b}",
    "{do: rules, rules: {rule: min_gap, days: 2, programmes: a}}",
]


@pytest.mark.parametrize("changes", [[one] for one in ODDLY] + [ODDLY], ids=str)
def test_odd_but_right_yaml_is_written_into_as_well(changes: list[str], tmp_path: Path) -> None:
    plan, out = tmp_path / "plan.yaml", tmp_path / "new.yaml"
    plan.write_text(ODD, encoding="utf-8")
    scenario = _scenario(tmp_path, *changes)
    (made,) = apply(plan, ((scenario, load_scenario(scenario)),), out)
    out.write_bytes(made.data)
    assert _same(prepare(out), prepare(plan, (scenario,)))
    for line in (
        "%YAML 1.1",
        "\"schema\": '1'",
        'title: "二行の',
        "    # 一階",
        "     # 注",
        "  # 乙の前",
        "...",
    ):
        assert line in made.after.splitlines()


def test_every_programme_may_make_room_for_another(tmp_path: Path) -> None:
    plan, out = tmp_path / "plan.yaml", tmp_path / "new.yaml"
    plan.write_text(ODD, encoding="utf-8")
    new = "{do: add, programme: {id: z, name: 新, frequency: 年1回, session: hour}}"
    scenario = _scenario(tmp_path, "{do: remove, programme: a}", "{do: remove, programme: b}", new)
    (made,) = apply(plan, ((scenario, load_scenario(scenario)),), out)
    out.write_bytes(made.data)
    assert _same(prepare(out), prepare(plan, (scenario,)))


def test_all_changes_together_keep_every_line_that_they_do_not_concern(tmp_path: Path) -> None:
    plan, out = tmp_path / "plan.yaml", tmp_path / "new.yaml"
    plan.write_text(BLOCKS, encoding="utf-8")
    first = [changes[0] for kind, changes in CHANGES.items() if kind != "remove"]
    scenario = _scenario(tmp_path, *first)
    done = ksolve("apply", plan, "-s", scenario, "-o", out)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [str(out)]
    assert _same(prepare(out), prepare(plan, (scenario,)))
    lines = out.read_text(encoding="utf-8").splitlines()
    for line in ("    # 一階", "            # 火曜だけ", "  # ── 甲の注 ──", "      二行に", "# 終わりの注"):
        assert line in lines
    assert "    frequency: 年5回   # 四回" in lines  # the comment beside a changed value stays
    assert lines[lines.index("    frequency: 年5回   # 四回") + 1] == "    why: 理由です"
    at = lines.index("        days: 5")
    assert lines[at - 1] == "        # 理由です"  # the rule has a reason of its own, which stays
    assert lines[at + 1] == "        why: 準備"


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "scenarios").glob("*.yaml")))
def test_the_scenarios_of_koganei_are_written_into_plan_and_resources(name: str, tmp_path: Path) -> None:
    scenario, out = ROOT / "scenarios" / name, tmp_path / "next" / "plan.yaml"
    done = ksolve("apply", PLAN, "-s", scenario, "-o", out)
    assert done.returncode == 0, done.stderr
    assert _same(prepare(out), prepare(PLAN, (scenario,)))
    resources = out.with_name("plan-resources.yaml")
    concerns_centre = name != "hiroba-260.yaml"  # which changes a frequency, no room and nobody
    assert resources.exists() is concerns_centre
    assert done.stdout.split() == [str(out), *([str(resources)] if concerns_centre else [])]
    before = (PLAN.with_name("resources.yaml") if concerns_centre else PLAN).read_text(encoding="utf-8")
    after = (resources if concerns_centre else out).read_text(encoding="utf-8")
    # every line but that of the schema, that of the change and those of paths is as it was
    differing = set(before.splitlines()) - set(after.splitlines())
    assert len(differing) == (2 if concerns_centre else 4)


def test_diff_shows_the_change_and_writes_nothing(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(BLOCKS, encoding="utf-8")
    scenario = _scenario(tmp_path, CHANGES["capacity"][0])
    done = ksolve("apply", plan, "-s", scenario, "--diff")
    assert done.returncode == 0, done.stderr
    changed = [
        line for line in done.stdout.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")
    ]
    assert changed == [
        "-    - {id: two, name: 二室, count: 2}  # 二階",
        "+    # 理由です",
        "+    - {id: two, name: 二室, count: 3}  # 二階",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan.yaml", "scenario.yaml"]


def test_the_byte_order_mark_of_a_plan_stays(tmp_path: Path) -> None:
    plan, out = tmp_path / "plan.yaml", tmp_path / "new.yaml"
    plan.write_bytes(BLOCKS.encode("utf-8-sig"))
    done = ksolve("apply", plan, "-s", _scenario(tmp_path, CHANGES["open"][0]), "-o", out)
    assert done.returncode == 0, done.stderr
    assert out.read_bytes().startswith(b"\xef\xbb\xbf# ")


def test_wrong_input_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    plan, out = tmp_path / "plan.yaml", tmp_path / "new.yaml"
    plan.write_text(BLOCKS, encoding="utf-8")
    right = _scenario(tmp_path, CHANGES["open"][0])
    unknown = tmp_path / "unknown.yaml"
    unknown.write_text(
        right.read_text(encoding="utf-8").replace("do: open", "do: close_room, room: onee"), encoding="utf-8"
    )
    other = ROOT / "scenarios" / "room-closed-august.yaml"
    for arguments, said in (
        (("-s", unknown, "-o", out), ("unknown.yaml:5:", "unknown-target", "one")),
        (("-s", other, "-o", out), ("room-closed-august.yaml:7:", "koza")),
        (("-s", right, "-o", plan, "--force"), ("output-is-input",)),
        (("-s", right, "-o", right, "--force"), ("output-is-input",)),
        (("-s", right), ("--diff",)),
        (("-o", out), ("--scenario",)),
    ):
        done = ksolve("apply", plan, *arguments)
        assert done.returncode == 2, (arguments, done.stdout, done.stderr)
        assert all(word in done.stderr for word in said), done.stderr
        assert not out.exists()
    assert plan.read_text(encoding="utf-8") == BLOCKS


def test_a_scenario_of_another_plan_is_called_that(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(BLOCKS, encoding="utf-8")
    scenario = _scenario(
        tmp_path, "{do: remove, programme: karugamo}", "{do: close_room, room: taiikukan, days: 7/1}"
    )
    done = ksolve("apply", plan, "-s", scenario, "-o", tmp_path / "new.yaml")
    assert done.returncode == 2
    assert "other-plan" in done.stderr


def test_an_existing_file_is_replaced_with_force_alone_and_both_files_or_neither(tmp_path: Path) -> None:
    out, resources = tmp_path / "plan.yaml", tmp_path / "plan-resources.yaml"
    scenario = ROOT / "scenarios" / "room-closed-august.yaml"
    resources.write_text("mine", encoding="utf-8")
    done = ksolve("apply", PLAN, "-s", scenario, "-o", out)
    assert done.returncode == 2
    assert "file-exists" in done.stderr
    assert not out.exists()
    assert resources.read_text(encoding="utf-8") == "mine"
    assert ksolve("apply", PLAN, "-s", scenario, "-o", out, "--force").returncode == 0
    assert "空調工事" in resources.read_text(encoding="utf-8")


def test_files_that_go_together_are_both_written_or_neither(tmp_path: Path) -> None:
    one, within = tmp_path / "one", tmp_path / "one" / "other"  # once a file, `one` can be no folder
    with pytest.raises(PlanError):
        write_together({one: b"1", within: b"2"})
    assert list(tmp_path.iterdir()) == []
    write_together({one: b"1", tmp_path / "other": b"2"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"one": b"1", "other": b"2"}


def test_removing_every_programme_is_refused(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(BLOCKS[: BLOCKS.index("rules:\n  - {rule: apart")], encoding="utf-8")
    scenario = _scenario(tmp_path, *(f"{{do: remove, programme: {name}}}" for name in "abc"))
    done = ksolve("apply", plan, "-s", scenario, "-o", tmp_path / "new.yaml")
    assert done.returncode == 2
    assert "no-programmes" in done.stderr
    assert not (tmp_path / "new.yaml").exists()


def test_a_plan_that_the_scenario_makes_impossible_is_written_and_called_that(tmp_path: Path) -> None:
    plan, out = tmp_path / "plan.yaml", tmp_path / "new.yaml"
    plan.write_text(BLOCKS, encoding="utf-8")
    scenario = _scenario(tmp_path, "{do: relax, rule: on_dates}", "{do: close, days: 6/1〜9/30}")
    done = ksolve("apply", plan, "-s", scenario, "-o", out)
    assert done.returncode == 1
    assert "closed-window" in done.stderr
    assert out.exists()


def test_help_and_messages_are_in_both_languages(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(BLOCKS, encoding="utf-8")
    scenario = _scenario(tmp_path, CHANGES["open"][0])
    done = ksolve("apply", plan, "-s", scenario, "-o", tmp_path / "a.yaml", "--lang", "en")
    assert "1 changes are written" in done.stderr or "written into the plan" in done.stderr
    assert "apply" in ksolve("--help").stdout
