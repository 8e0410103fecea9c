"""The rooms that the places of a table name: two programmes may not meet in one without its being seen."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from ksolve.published.cell.places import Rooms, rooms_in
from running import ksolve

TABLE = """令和6年度 公民館の講座
講座名,実施回数,開催日,会場
歴史講座,年1回,10/5,研修室１
書き初め会,年1回,10/12,研修室1・2
編み物,年1回,10/19,和室又は研修室2
文化祭,年1回,11/2,全館
映画会,年1回,11/9,ホール
"""


@pytest.mark.parametrize(
    ("text", "rooms"),
    [
        ("研修室1・2", Rooms(("研修室1", "研修室2"))),
        ("研修室１、２", Rooms(("研修室1", "研修室2"))),
        ("会議室A・B・C", Rooms(("会議室A", "会議室B", "会議室C"))),
        ("第1・第2会議室", Rooms(("第1会議室", "第2会議室"))),
        ("301・302会議室", Rooms(("301会議室", "302会議室"))),
        ("ホールと調理室", Rooms(("ホール", "調理室"))),
        ("小ホール・ロビー", Rooms(("小ホール", "ロビー"))),
        ("会議室又は和室", Rooms(("会議室", "和室"), is_any=True)),
        ("研修室1か2", Rooms(("研修室1", "研修室2"), is_any=True)),
        ("ホール・和室又は調理室", Rooms(("ホール・和室又は調理室",))),  # which belong together?
        ("公園・広場", Rooms(("公園・広場",))),
        ("北・南児童館", Rooms(("北・南児童館",))),
        ("中央公民館　ホール", Rooms(("中央公民館 ホール",))),
        ("", Rooms(("",))),
    ],
)
def test_a_place_is_one_room_or_several_or_any_of_them(text: str, rooms: Rooms) -> None:
    assert rooms_in(text) == rooms


def test_rooms_of_a_table_are_each_one_however_they_are_listed(tmp_path: Path) -> None:
    table, plan = tmp_path / "t.csv", tmp_path / "plan.yaml"
    table.write_text(TABLE, encoding="utf-8")
    assert ksolve("read", table, "-o", plan).returncode == 0
    read = yaml.safe_load(plan.read_text(encoding="utf-8"))
    names = {room["id"]: room["name"] for room in read["resources"]["rooms"]}
    assert [name for ident, name in names.items() if ident != "room"] == [
        "研修室1",
        "研修室2",
        "和室",
        "ホール",
    ]
    kinds = {kind["id"]: kind for kind in read["resources"]["sessions"]}
    taken = {}
    for programme in read["programmes"]:
        kind = kinds[programme["session"]]
        any_of = kind["rooms"] if isinstance(kind["rooms"], list) else [kind["rooms"]]
        taken[programme["name"]] = (
            [names[room] for room in any_of],
            [names[room] for room in kind.get("more_rooms", [])],
        )
    assert taken == {
        "歴史講座": (["研修室1"], []),
        "書き初め会": (["研修室1"], ["研修室2"]),
        "編み物": (["和室", "研修室2"], []),
        "文化祭": (["研修室1"], ["研修室2", "和室", "ホール"]),
        "映画会": (["ホール"], []),
    }
    said = ksolve("read", table).stdout
    assert "会場「研修室1・2」はいくつかの部屋です" in said
    assert "会場「和室又は研修室2」は部屋のどれか一つです" in said
    assert "会場は「全館」です" in said
