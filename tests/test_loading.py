"""Plans with faults: every fault of the file in one run, with its line, column and way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from ksolve.api import prepare
from ksolve.errors import PlanError
from ksolve.findings import Finding

GOOD = """\
schema: "1"
id: tiny
title: 小さな計画
year: 令和6年度
resources:
  calendar: {open: {月-金: 9:00-17:00}, closed: [{days: 8/1〜8/31, why: 改修}]}
  rooms:
    - {id: room, name: 部屋, seats: 10}
  staff:
    - {id: nurse, name: 保健師, count: 2}
  audiences:
    - {id: babies, name: 乳児}
  sessions:
    - {id: hour, minutes: 60, starts: ["10:00"], rooms: room, staff: {nurse: 1}, people: 10}
    - {id: long, minutes: 90, starts: ["10:00"]}
programmes:
  - {id: a, name: 甲, frequency: 年2回, session: hour}
  - {id: b, name: 乙, frequency: 月1回, session: hour, months: 5月～7月, tags: [monthly]}
rules:
  - {rule: min_gap, days: 7, programmes: a}
"""


def _faults(folder: Path, text: str) -> list[Finding]:
    path = folder / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PlanError) as caught:
        prepare(path)
    return list(caught.value.findings)


def test_the_good_plan_is_good(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert [series.id for series in prepare(path).problem.series] == ["a", "b"]


BAD = [
    # what is wrong, old, new, (rule, line, what stands at its column), words of the message
    ("unknown key", "seats: 10", "seets: 10", ("unknown-key", 8, "seets"), "「seats」ではありませんか"),
    ("unknown key on top", "year: 令和6年度", "year: 令和6年度\nyeer: 1", ("unknown-key", 5, "yeer"), "year"),
    ("duplicate key", "name: 甲,", "name: 甲, name: 丁,", ("duplicate-key", 17, "name: 丁"), "17行目"),
    ("missing key", "{id: a, name: 甲,", "{id: a,", ("missing-key", 17, "{id: a"), "「name」がありません"),
    ("wrong type", "days: 7", "days: often", ("wrong-value", 20, "often"), "整数"),
    ("number too small", "days: 7", "days: 0", ("wrong-value", 20, "0, programmes"), "1以上"),
    ("a list where a word is wanted", "title: 小さな計画", "title: [小]", ("wrong-value", 3, "[小]"), "文字"),
    (
        "unreadable frequency",
        "年2回",
        "年に何度か",
        ("unreadable-frequency", 17, "何度か"),
        "読み取れません",
    ),
    ("a frequency as a list", "年2回", "[年2回]", ("unreadable-frequency", 17, "[年2回"), "一行で"),
    ("a mapping for a year", "令和6年度", "{令和: 6}", ("wrong-value", 4, "{令和"), "令和6年度"),
    ("a month beyond December", "5月～7月", "5月～13月", ("wrong-value", 18, "5月～13月"), "5月～7月"),
    (
        "unreadable time",
        '60, starts: ["10:00"]',
        '60, starts: ["25:00"]',
        ("wrong-value", 14, '"25:00"'),
        "10:30",
    ),
    ("unreadable hours", "9:00-17:00", "9時まで", ("wrong-value", 6, "9時まで"), "9:00-17:00"),
    ("unreadable weekday", "月-金", "毎日", ("wrong-value", 6, "毎日"), "曜日"),
    ("unreadable days", "8/1〜8/31", "八月", ("wrong-value", 6, "八月"), "8/1〜8/31"),
    ("unreadable year", "令和6年度", "来年度", ("wrong-value", 4, "来年度"), "令和6年度"),
    ("an id with Japanese", "id: b,", "id: 乙,", ("wrong-value", 18, "乙, name"), "英小文字"),
    ("duplicate id", "id: b,", "id: a,", ("duplicate-id", 18, "a, name: 乙"), "17行目"),
    ("unknown room", "rooms: room", "rooms: rom", ("unknown-room", 14, "rom,"), "「room」ではありませんか"),
    ("unknown staff", "staff: {nurse: 1}", "staff: {nurze: 1}", ("unknown-staff", 14, "{nurze"), "nurse"),
    (
        "unknown kind of session",
        "session: hour}\n  - {id: b",
        "session: houl}\n  - {id: b",
        ("unknown-session", 17, "houl"),
        "hour",
    ),
    (
        "a rule that names an unknown programme",
        "programmes: a}",
        "programmes: c}",
        ("unknown-programme", 20, "c}"),
        "「c」",
    ),
    (
        "a rule that names an unknown tag",
        "programmes: a}",
        "tags: weekly}",
        ("unknown-tag", 20, "weekly"),
        "monthly",
    ),
    ("an unknown rule", "rule: min_gap", "rule: mingap", ("unknown-rule", 20, "mingap"), "min_gap"),
    ("a rule without its name", "rule: min_gap, ", "", ("missing-key", 20, "{days"), "「rule」"),
    ("a window with no open day", "5月～7月", "8月", ("closed-window", 18, "8月"), "開館日"),
    ("no room with enough seats", "people: 10", "people: 11", ("too-few-seats", 14, "11}"), "最大で定員10人"),
    (
        "more rooms at once than there are",
        "rooms: room",
        "rooms: room, more_rooms: room",
        ("too-few-rooms", 14, "room, staff"),
        "1室しかありません",
    ),
    ("more staff than there are", "nurse: 1", "nurse: 3", ("too-few-staff", 14, "{nurse"), "2人しかいません"),
    (
        "a programme without a kind of session",
        ", session: hour}\n  - {id: b",
        "}\n  - {id: b",
        ("missing-session", 17, "{id: a"),
        "session",
    ),
    (
        "longer than the centre is open",
        "minutes: 60",
        "minutes: 600",
        ("closed-hours", 14, '["10:00"], rooms'),
        "600分",
    ),
    (
        "a day that the year does not have",
        "8/1〜8/31",
        "2/29",
        ("no-such-day", 6, "2/29"),
        "令和6年度にありません",
    ),
    ("days that end before they begin", "8/1〜8/31", "8/31〜8/1", ("days-reversed", 6, "8/31"), "12/29〜1/3"),
    ("a day of another year", "8/1〜8/31", "2023-08-01", ("date-outside-year", 6, "2023"), "令和6年度の外"),
    ("a room named like a pool", "name: 保健師", "name: 部屋", ("duplicate-name", 10, "部屋"), "8行目"),
    ("an alias", "name: 甲,", "name: &n 甲, why: *n,", ("yaml-alias", 17, "&n 甲"), "別名"),
]


@pytest.mark.parametrize(
    ("old", "new", "expected", "words"), [bad[1:] for bad in BAD], ids=[bad[0] for bad in BAD]
)
def test_a_fault_has_its_place_and_a_way_out(
    tmp_path: Path, old: str, new: str, expected: tuple[str, int, str], words: str
) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    found = _faults(tmp_path, text)
    rule, line, needle = expected
    column = text.splitlines()[line - 1].index(needle) + 1
    places = [(f.rule, f.place.line, f.place.column) for f in found if f.place]
    assert places == [(rule, line, column)]
    assert words in found[0].line("ja")
    assert found[0].line("en")


def test_all_faults_of_a_plan_and_its_resources_come_in_one_run(tmp_path: Path) -> None:
    head, _, tail = GOOD.partition("resources:\n")
    resources, _, programmes = tail.partition("programmes:\n")
    indented = "\n".join(line[2:] for line in resources.splitlines())
    (tmp_path / "centre.yaml").write_text(indented.replace("seats: 10", "seats: ten"), encoding="utf-8")
    text = f"{head}resources: centre.yaml\nprogrammes:\n{programmes}"
    text = (
        text.replace("frequency: 年2回", "frequency: 年?回")
        .replace("days: 7", "dais: 7")
        .replace("session: hour, months", "session: our, months")
    )
    found = _faults(tmp_path, text)
    places = {(Path(f.place.file).name, f.place.line, f.rule) for f in found if f.place}
    assert places == {
        ("centre.yaml", 3, "wrong-value"),
        ("plan.yaml", 7, "unreadable-frequency"),
        ("plan.yaml", 8, "unknown-session"),
        ("plan.yaml", 10, "missing-key"),
        ("plan.yaml", 10, "unknown-key"),
    }


def test_scalars_keep_their_spelling(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    text = (
        GOOD.replace("name: 甲", "name: no").replace("name: 乙", "name: 010").replace('["10:00"]', "[10:30]")
    )
    path.write_text(text, encoding="utf-8")
    problem = prepare(path).problem
    assert [(series.name, series.starts) for series in problem.series] == [("no", (630,)), ("010", (630,))]


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "empty-file"),
        (b"# only a comment\n", "empty-file"),
        (b"\xff\xfe\x00\x01\x02", "unknown-encoding"),
        (b"\x80\x81\xfe\xff", "unknown-encoding"),
        ("title: [未完".encode(), "yaml-syntax"),
        (b"\ttitle: tab\n", "yaml-syntax"),
        (b"- a\n- b\n", "wrong-type"),
        (b"just words\n", "wrong-type"),
    ],
)
def test_what_is_no_plan_is_refused(tmp_path: Path, data: bytes, rule: str) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(data)
    with pytest.raises(PlanError) as caught:
        prepare(path)
    assert [found.rule for found in caught.value.findings] == [rule]


@pytest.mark.parametrize(
    ("plan", "scenario", "words"),
    [
        ("changes: [{do: close, days: 8/1}]\n", "", "これはシナリオのファイルで"),
        ("rooms: []\nstaff: []\n", "", "部屋・職員のファイル"),
        ("- a\n", "", "計画は"),
        (GOOD, GOOD, "これは計画のファイルで"),
        (GOOD, "- a\n", "シナリオは"),
        (GOOD, "PK\x03\x04", "Excel"),
    ],
)
def test_a_file_of_another_kind_is_called_what_it_is(
    tmp_path: Path, plan: str, scenario: str, words: str
) -> None:
    files = [tmp_path / "plan.yaml", tmp_path / "scenario.yaml"]
    for path, text in zip(files, (plan, scenario), strict=True):
        path.write_text(text, encoding="utf-8")
    with pytest.raises(PlanError) as caught:
        prepare(files[0], tuple(files[1:]) if scenario else ())
    (found,) = caught.value.findings
    assert found.rule == "wrong-type"
    assert words in found.text.ja
    assert found.remedy


def test_a_plan_in_shift_jis_is_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(GOOD.replace("〜", "～").encode("cp932"))
    assert prepare(path).plan.title == "小さな計画"


def test_a_missing_file_and_missing_resources_are_named(tmp_path: Path) -> None:
    with pytest.raises(PlanError) as caught:
        prepare(tmp_path / "none.yaml")
    assert [found.rule for found in caught.value.findings] == ["unreadable-file"]
    head = GOOD.partition("resources:\n")[0]
    found = _faults(
        tmp_path, head + "resources: nowhere.yaml\nprogrammes:\n  - {id: a, name: 甲, frequency: 通年}\n"
    )
    assert ("unreadable-file", 5) in [(f.rule, f.place.line) for f in found if f.place]
