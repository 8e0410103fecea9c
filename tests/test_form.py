"""A plan as a workbook to fill in: there and back without loss, and read wherever a plan is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from conftest import ROOT, SMALL
from forms import change, fill, form_file, headings, opened, sheet_of
from ksolve.api import prepare
from ksolve.errors import PlanError
from ksolve.plan import Plan, load
from ksolve.plan.difference import difference
from ksolve.plan.form_files import make_form, written_plan
from ksolve.rules.weekdays import Weekdays
from running import PLAN, ksolve
from tiny import write_plan

PLANS = [PLAN, *sorted((ROOT / "scenarios" / "infeasible").glob("*.yaml"))]
CASES = sorted((ROOT / "tests" / "rules").glob("*.yaml"))


def back_and_forth(plan: Path, folder: Path, lang: Any = "ja") -> Plan:
    """Return the plan that the YAML of the form of a plan is."""
    form = form_file(plan, folder, lang)
    again = folder / "again.yaml"
    again.write_text(written_plan(form, again), encoding="utf-8")
    return load(again)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_plans_come_back_from_their_forms_as_they_were(tmp_path: Path, lang: str) -> None:
    for plan in PLANS[:: 3 if lang == "ja" else 7]:
        assert difference(load(plan), back_and_forth(plan, tmp_path, lang), but=("published",)) is None, plan


def test_every_rule_comes_back_from_a_form(tmp_path: Path) -> None:
    for case in CASES[::9]:  # each is a plan with a rule of its own, and what that needs of the centre
        plan = write_plan(tmp_path, yaml.load(case.read_text("utf-8"), Loader=yaml.BaseLoader))  # noqa: S506
        assert difference(load(plan), back_and_forth(plan, tmp_path)) is None, case


WORDS = st.text("あ会1 、;/(=@'\n・年仮○×-〜9:{}[]#\"", min_size=1, max_size=7).filter(str.strip)
NAMES = WORDS.filter(lambda text: ";" not in text and text == " ".join(text.split()))
HOURS = st.sampled_from(["月-金", "火・木", "土"]).map(lambda days: {days: "9:00-12:00, 13:00-17:00"})
DAYS = st.sampled_from(["8/1〜8/31", "10/12", "2024-11-03", "2/3"])


def optional(**values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=values)


@st.composite
def plans(draw: st.DrawFn) -> dict[str, Any]:
    """A plan with names and texts that a cell could take for something else."""
    names = draw(st.lists(NAMES, min_size=6, max_size=6, unique_by=lambda text: "".join(text.split())))
    absences = st.lists(
        st.builds(lambda days, more: {"days": days} | more, DAYS, optional(count=st.just("1"), why=WORDS)),
        max_size=2,
    )
    assumed = st.sampled_from(["true", "仮", "聞いたところ"])
    room = {"id": "one", "name": names[0]} | draw(
        optional(seats=st.just("12"), features=st.lists(WORDS, max_size=2), weekly=HOURS, closed=absences)
    )
    pool = {"id": "pool", "name": names[1]} | draw(
        st.one_of(
            optional(count=st.just("3"), weekly=HOURS, absent=absences, assumed=assumed),
            st.just(
                {"shifts": [{"count": "2", "weekly": {"月": "9:00-17:00"}}, {"weekly": {"火": "9:00-12:00"}}]}
            ),
            st.builds(
                lambda more: {"members": [{"name": names[2], **more}]}, optional(absent=st.lists(DAYS))
            ),
        )
    )
    rules = st.lists(
        st.sampled_from(
            [
                {"rule": "on_dates", "days": ["10/12"], "tier": "fit", "why": "祭り"},
                {"rule": "in_dates", "days": ["10/12", "11/1〜11/3"], "tier": "fit"},
                {"rule": "weekdays", "weekdays": "火", "nths": ["2"], "tier": "pattern"},
                {"rule": "held_in", "room": "one", "tier": "rooms"},
                {"rule": "min_gap", "days": "7", "why": "準備(片付け、清掃)"},
                {"rule": "led_by", "member": "pool", "tier": "people"},
                {"rule": "in_order", "programmes": ["a", "b"]},
                {"rule": "start_times", "starts": ["10:00"]},
                {"rule": "off_dates", "days": ["8/13〜8/15"]},
            ]
        ),
        max_size=3,
    )
    programme = {"id": "a", "name": names[3], "frequency": "年3回", "session": "hour"} | draw(
        optional(
            description=WORDS,
            why=WORDS,
            tags=st.lists(WORDS, max_size=2),
            marks=st.sampled_from([["5月"], [{"months": "10月～1月", "sessions": "2"}, "5月"]]),
            rules=rules,
            assumed=assumed,
            opened=st.just("5/5"),
            audiences=st.just(["who"]),
            reserve=st.sampled_from(["1", {"dates": "2", "within": "7"}]),
            together=st.builds(lambda why: {"with": "b", "sessions": "2", "why": why}, WORDS),
        )
    )
    calendar = {"open": {"月-土": "9:00-17:00"}} | draw(
        optional(
            closed=st.lists(
                st.one_of(DAYS, st.builds(lambda days, why: {"days": days, "why": why}, DAYS, WORDS)),
                max_size=2,
            ),
            quiet=st.lists(DAYS, max_size=2),
            holidays=st.just("open"),
        )
    )
    hour = {"id": "hour", "name": names[5], "minutes": "60", "starts": ["10:00"], "rooms": "one"}
    entry = st.builds(
        lambda days, more: {"days": days} | more, DAYS, optional(name=WORDS, tentative=st.just("true"))
    )
    external: dict[str, Any] = {
        "id": "ext",
        "name": draw(NAMES),
        "effect": draw(st.sampled_from(["closed", "avoided", "info"])),
    }
    external |= draw(optional(weight=st.just("3"), tentative=st.just("true"), why=WORDS))
    audience = {"id": "who", "name": draw(NAMES)}
    audience |= draw(optional(apart=st.just("day"), tier=st.just("fit"), assumed=assumed))
    due = st.sampled_from(["2か月前の25日", "14日前"])
    lead = st.builds(
        lambda what, due, more: {"what": what, "due": due} | more,
        WORDS,
        due,
        optional(
            why=WORDS, rooms=st.just(["one"]), programmes=st.just(["a", "b"]), on_closed=st.just("after")
        ),
    )
    external["dates"] = draw(st.lists(st.one_of(DAYS, entry), min_size=1, max_size=2))
    centre = {
        "external": [external],
        "audiences": [audience],
        "lead_times": draw(st.lists(lead, max_size=2)),
        "calendar": calendar,
        "rooms": [room],
        "staff": [pool],
        "sessions": [
            hour | {"staff": {"pool": "1"}} | draw(optional(skills=st.just({"pool": ["手話", "英語"]})))
        ],
    }
    parts = {"id": "b", "name": names[4], "frequency": "年2回", "session": "hour", "components": []}
    return {
        "centre": centre,
        "programmes": [programme, parts],
        "wishes": draw(st.sampled_from(["usual", "none"])),
    }


@settings(max_examples=12, phases=(Phase.generate,))  # to shrink one takes minutes
@given(plans())
def test_whatever_a_plan_says_comes_back(tmp_path_factory: pytest.TempPathFactory, written: Any) -> None:
    folder = tmp_path_factory.mktemp("form")
    plan = write_plan(folder, written)
    assert difference(load(plan), back_and_forth(plan, folder)) is None


def test_no_yaml_is_left_of_what_a_planner_would_fill_in(tmp_path: Path) -> None:
    book = opened(form_file(PLAN, tmp_path))
    left = [
        cells[1:4] for cells in sheet_of(book, "その他").iter_rows(min_row=5, values_only=True) if cells[1]
    ]
    assert left == [("部屋・職員の全体", None, "risks")]
    kinds = sheet_of(book, "回の種類")
    assert [kinds.cell(line, 2).value for line in (6, 7)] == ["専門相談", "ひだまり"]  # names, not ids


def test_the_form_of_a_table_has_no_yaml_and_remarks_in_words(tmp_path: Path) -> None:
    table, form = tmp_path / "R3.csv", tmp_path / "form.xlsx"
    table.write_text("月,行事名\n12月,クリスマス工作\n2月頃,作品展\n", encoding="utf-8")
    made = ksolve("form", table, "-o", form)
    assert form.exists(), made.stderr
    book = opened(form)
    assert not any(cells[1] for cells in sheet_of(book, "その他").iter_rows(min_row=5, values_only=True))
    assert sheet_of(book, "はじめに").cell(9, 3).value == "使う"
    wishes = list(sheet_of(book, "希望").iter_rows(min_row=6, max_row=7, max_col=4, values_only=True))
    assert [row[3] for row in wishes] == ["12/18〜12/24", "12/24〜12/24"]
    remarks = str([cell.value for cell in sheet_of(book, "事業")["O"]])
    assert "ファイル名の「R3」から" in remarks
    assert "[year-" not in remarks


def test_a_part_of_a_name_that_no_other_has_is_enough(small: Path) -> None:
    form = form_file(small, small.parent)
    book = opened(form)
    fill(book, "事業", 事業="育児不安親支援事業(ひだまり)", 実施回数="年2回", 回の種類="hour")
    fill(book, "事業", 事業="育児教室", 実施回数="年2回", 回の種類="hour")
    fill(book, "希望", 事業="ひだまり", 日="水", 部屋="部")
    book.save(form)
    assert [len(programme.rules) for programme in load(form).programmes] == [0, 2, 0]
    fill(book, "希望", 事業="育児", 日="水")
    book.save(form)
    with pytest.raises(PlanError) as caught:
        load(form)
    (found,) = caught.value.findings
    assert found.rule == "unclear-programme"
    assert found.remedy is not None
    assert "育児教室" in found.remedy.ja


def test_audiences_deadlines_and_wishes_of_who_and_how_far_apart_have_rows(small: Path) -> None:
    form = form_file(small, small.parent)
    book = opened(form)
    fill(book, "同じ人が来る会", だれ="乳児の親子", 重ねない範囲="同じ日")
    change(book, "事業", "健診", 同じ人が来る会="乳児の親子", 予備日="1(7日以内)")
    fill(book, "締切", すること="広報の原稿", いつまで="2か月前の25日", 休館日なら="後の開館日", 事業="健診")
    fill(book, "希望", 事業="健診", 担当="医師", 間隔_日="14日", 強さ="必ず")
    fill(book, "職員", 職種="保育士", 名前="林")
    book.save(form)
    plan = load(form)
    (who,), (lead,), (programme,) = plan.resources.audiences, plan.resources.lead_times, plan.programmes
    assert (who.name, who.apart, programme.audiences) == ("乳児の親子", "day", (who.id,))
    assert programme.reserve is not None
    assert (programme.reserve.dates, programme.reserve.within) == (1, 7)
    assert (lead.what, lead.due.text, lead.on_closed, lead.programmes) == (
        "広報の原稿",
        "2か月前の25日",
        "after",
        ("a",),
    )
    assert [(rule.name, rule.tier) for rule in programme.rules] == [("led_by", None), ("min_gap", None)]


def test_a_form_of_an_earlier_version_is_read_with_its_audiences_as_yaml(small: Path) -> None:
    form = form_file(small, small.parent)
    book = opened(form)
    for name in ("同じ人が来る会", "締切"):
        book.remove(sheet_of(book, name))
    fill(book, "その他", どこ="部屋・職員の全体", 項目="audiences", 内容_YAML="[{id: oyako, name: 親子}]")
    change(book, "事業", "健診", 同じ人が来る会="親子")
    book.save(form)
    assert load(form).programmes[0].audiences == ("oyako",)


def test_comments_of_a_plan_stand_beside_the_rows_and_come_back(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(SMALL.replace("  - {id: a,", "  # 会場は未定\n  - {id: a,"), encoding="utf-8")
    form = form_file(plan, tmp_path)
    sheet = sheet_of(opened(form), "事業")
    assert sheet.cell(6, headings(sheet)["備考"]).value == "会場は未定"
    assert "  # 会場は未定\n  - {id: a," in written_plan(form, form)


def test_a_form_filled_in_by_hand_is_the_plan_that_its_rows_say(small: Path) -> None:
    form = form_file(small, small.parent)
    book = opened(form)
    fill(book, "部屋", 部屋="講座室", 数=2, 定員="24名", 使えない日="8/1〜8/31(1室・工事)、10/3")
    fill(
        book, "職員", 職種="保健師", 名前="田中", 勤務時間="月-水 9:00-17:00、木 9:00-12:00", 休み="8/5〜8/9"
    )
    fill(book, "職員", 職種="保健師", 名前="鈴木")
    fill(
        book,
        "回の種類",
        回の種類="教室",
        分=90,
        開始時刻="10:00、13:30",
        曜日="火-金",
        部屋_どれか一つ="講座室、部屋",
        職員="保健師 2人、医師",
    )
    fill(book, "事業", 事業="育児教室", 実施回数="年3回", 回の種類="教室", 印の月="5月、10月～1月に2回")
    fill(book, "開館日・休館日", 種類="休館日", 理由="清掃", 日_曜日="毎月第3木曜日")
    fill(book, "外部日程", 日程="議会会期", 日="9/2〜9/6", 何の日か="定例会")
    fill(book, "外部日程", 日程="議会会期", 日="12/3", 時間="13:00-15:00", 扱い="行わない", 仮="○")
    book.save(form)
    plan = load(form)
    room, pool = plan.resources.rooms[1], plan.resources.staff[1]
    assert (room.units, room.seats) == (("講座室1", "講座室2"), 24)
    assert [(one.count, one.why) for one in room.closed] == [(1, "工事"), (None, "")]
    assert pool.units == ("田中", "鈴木")
    assert pool.members[0].weekly == {frozenset({0, 1, 2}): ((540, 1020),), frozenset({3}): ((540, 720),)}
    kind, programme = plan.resources.sessions[1], plan.programmes[1]
    assert (kind.rooms, kind.staff) == ((room.id, "room"), {pool.id: 2, "doctor": 1})
    assert (programme.session, len(programme.marks)) == (kind.id, 2)
    assert plan.resources.calendar.closed[0].reason == "清掃"
    (gikai,) = plan.resources.external
    assert (gikai.name, gikai.effect) == ("議会会期", "blocked")
    assert [(str(one.days.text), one.name, one.tentative) for one in gikai.dates] == [
        ("9/2〜9/6", "定例会", False),
        ("12/3", "", True),
    ]


@pytest.mark.parametrize(
    ("cells", "rules"),
    [
        ({"日": "10/16"}, [("on_dates", "fit")]),
        ({"日": "10/16、11/13", "強さ": "必ず", "時刻": "10:00"}, [("on_dates", None)]),
        ({"日": "7/21〜8/10"}, [("in_dates", "fit")]),
        ({"日": "火木", "時刻": "10:00、13:30"}, [("weekdays", "pattern"), ("start_times", "pattern")]),
        ({"日": "第2・4水曜日"}, [("weekdays", "pattern")]),
        ({"日": "第2水、第4水"}, [("weekdays", "pattern")]),
        ({"日": "毎週水曜"}, [("weekdays", "pattern")]),
        ({"日": "8/14", "強さ": "避けたい"}, [("off_dates", "quiet")]),
        ({"日": "水", "強さ": "行わない"}, [("weekdays", None)]),
        ({"部屋": "部屋"}, [("held_in", "rooms")]),
        ({"日": "10/16", "部屋": "部屋", "強さ": "must"}, [("on_dates", None), ("held_in", None)]),
    ],
)
def test_a_row_of_wishes_is_the_rules_that_it_means(small: Path, cells: Any, rules: Any) -> None:
    form = form_file(small, small.parent)
    book = opened(form)
    fill(book, "希望", 事業="健診", 理由="聞き取り", **cells)
    book.save(form)
    found = load(form).programmes[0].rules
    assert [(rule.name, rule.tier) for rule in found] == rules
    assert {rule.why for rule in found} == {"聞き取り"}
    if cells.get("日") in ("第2・4水曜日", "第2水、第4水"):
        assert isinstance(found[0], Weekdays)
        assert (found[0].weekdays, found[0].nths) == (frozenset({2}), (2, 4))
    if cells == {"日": "水", "強さ": "行わない"}:
        assert isinstance(found[0], Weekdays)
        assert found[0].weekdays == {0, 1, 3, 4, 5, 6}


def test_a_row_keeps_its_id_wherever_it_stands_and_a_new_one_gets_it_from_its_name(small: Path) -> None:
    form = form_file(small, small.parent)
    book = opened(form)
    sheet = sheet_of(book, "事業")
    sheet.insert_rows(6)
    for head, value in {"事業": "体操", "実施回数": "年2回", "回の種類": "hour"}.items():
        sheet.cell(6, headings(sheet)[head]).value = value
    book.save(form)
    first = [programme.id for programme in load(form).programmes]
    change(book, "事業", "健診", 事業="乳幼児健診")
    book.save(form)
    plan = load(form)
    assert [programme.id for programme in plan.programmes] == first
    assert (first[1], plan.programmes[1].name) == ("a", "乳幼児健診")


def test_what_is_wished_leaves_the_usual_wishes_alone(small: Path) -> None:
    form = form_file(small, small.parent)
    book = opened(form)
    change(book, "はじめに", "通常の希望", 記入=None)
    fill(book, "希望", 事業="健診", 日="水")
    book.save(form)
    assert load(form).usual_wishes.usual_place == 1


def test_a_plan_too_long_for_a_cell_is_refused_by_name(small: Path) -> None:
    long = "、".join(["長い理由"] * 8_000)
    small.write_text(SMALL.replace("session: hour}", f"session: hour, why: {long}}}"), encoding="utf-8")
    with pytest.raises(PlanError, match=r"cannot-form.*why is too long"):
        make_form(small, small.parent / "f.xlsx", "ja")


def test_every_command_takes_the_form_for_the_plan(small: Path) -> None:
    folder = small.parent
    form, out = folder / "記入表.xlsx", folder / "out"
    assert ksolve("form", small, "-o", form).returncode == 0
    assert ksolve("solve", form, "-o", out, "--limit", 20).returncode == 0
    assert ksolve("check", form, out / "schedule.csv").returncode == 0
    scenario = folder / "s.yaml"
    scenario.write_text("schema: 1\nid: s\ntitle: s\nwhy: w\nchanges: [{do: close, days: 5/1, why: w}]\n")
    done = ksolve("apply", form, "-s", scenario, "-o", folder / "applied.yaml")
    assert done.returncode == 0, done.stderr
    assert [one.reason for one in load(folder / "applied.yaml").resources.calendar.closed] == ["w"]
    assert ksolve("draft", form, "--year", "令和7年度", "-o", folder / "next.yaml").returncode == 0
    assert str(load(folder / "next.yaml").year) == "令和7年度"
    for name in ("applied.xlsx", "next.xlsx"):  # a workbook where one is named
        command = (
            ("apply", form, "-s", scenario) if name == "applied.xlsx" else ("draft", form, "--year", "R7")
        )
        assert ksolve(*command, "-o", folder / name).returncode == 0
        assert difference(load(folder / name), load((folder / name).with_suffix(".yaml"))) is None
    done = ksolve("read", form, "-o", folder / "plan.yaml")
    assert difference(load(small), load(folder / "plan.yaml")) is None, done.stderr
    before = form.read_bytes()
    assert ksolve("form", small, "-o", form).returncode == 2  # nothing is overwritten without --force
    assert form.read_bytes() == before
    assert [one.id for one in prepare(form).problem.series] == ["a"]


def test_a_form_is_written_as_a_workbook_and_a_table_given_for_a_plan_is_told_so(tmp_path: Path) -> None:
    table = tmp_path / "表.csv"
    table.write_text("令和7年度\n事業名,回数\n講座,月1回\n", encoding="utf-8")
    named = ksolve("form", table, "-o", tmp_path / "form.txt")
    assert (named.returncode, "(.xlsx)" in named.stderr) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["表.csv"]
    taken = ksolve("check", table)
    assert (taken.returncode, "ksolve form" in taken.stderr) == (2, True)
