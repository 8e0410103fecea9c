"""A file of another kind than was wanted: a plan for a scenario, a scenario or resources for a plan."""

from __future__ import annotations

from typing import Any

from ksolve.errors import fault
from ksolve.findings import Finding, Place
from ksolve.text import Text

_CENTRE = {"calendar", "rooms", "staff"}


def no_plan(value: Any, place: Place, *, sheets: bool = False) -> Finding | None:
    """Return the fault of what is no plan at all, None for what may be one. `sheets`: it is a form."""
    if not isinstance(value, dict):
        return fault("wrong-type", _PLAN, place, _FORM)
    if sheets or "programmes" in value:
        return None
    if "changes" in value:
        return fault("wrong-type", _IS_SCENARIO, place, _LAY_OVER)
    if value.keys() & _CENTRE:
        return fault("wrong-type", _IS_RESOURCES, place, _NAMED_BY_PLAN)
    return None


def no_scenario(value: Any, place: Place) -> Finding | None:
    """Return the fault of what is no scenario at all, None for what may be one."""
    if not isinstance(value, dict):
        return fault("wrong-type", _SCENARIO, place, _EXAMPLE)
    if "changes" not in value and "programmes" in value:
        return fault("wrong-type", _IS_PLAN, place, _EXAMPLE)
    return None


def book_for_scenario(file: str) -> Finding:
    """Return the fault of a workbook where a scenario is wanted."""
    return fault("wrong-type", _IS_BOOK, Place(file), _EXAMPLE)


_PLAN = Text("計画は「項目: 値」の並びで書いてください", "a plan is a mapping of keys to values")
_FORM = Text(
    "公表された表なら、先に ksolve form でその表から記入表を作り、記入表を渡してください",
    "of a published table make a form first, with ksolve form, and give that",
)
_IS_SCENARIO = Text("これはシナリオのファイルで、計画ではありません", "this is a scenario, and no plan")
_LAY_OVER = Text(
    "計画を先に書き、シナリオは -s の後に書いてください", "name the plan first, and the scenario behind -s"
)
_IS_RESOURCES = Text(
    "これは部屋・職員のファイル(resources)で、計画ではありません",
    "this is a file of rooms and staff (resources), and no plan",
)
_NAMED_BY_PLAN = Text(
    "事業(programmes)の書かれた計画のファイルを指定してください",
    "name the file of the plan, which has programmes",
)
_SCENARIO = Text("シナリオは「項目: 値」の並びで書いてください", "a scenario is a mapping of keys to values")
_EXAMPLE = Text(
    "シナリオの例: schema: 1、id: august、title: 8月の工事、"
    "changes: [{do: close, days: 8/1〜8/3, why: 工事}]",
    "a scenario has schema: 1, id: august, title: August, and "
    "changes: [{do: close, days: 8/1〜8/3, why: repairs}]",
)
_IS_PLAN = Text("これは計画のファイルで、シナリオではありません", "this is a plan, and no scenario")
_IS_BOOK = Text(
    "これは Excel のファイルです。シナリオは YAML で書いてください",
    "this is a workbook; a scenario is written in YAML",
)
