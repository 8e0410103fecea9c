"""The sheet その他: what the other sheets have no words for, as YAML of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ksolve.errors import PlanError, fault
from ksolve.letters import name_key
from ksolve.plan.form.cells import LONGEST, Shown
from ksolve.plan.form.names import Unreadable
from ksolve.plan.form.rows import Row
from ksolve.plan.form.sheets import BY_KEY, OTHER
from ksolve.plan.form.values import Item, Listed, Reader, placed
from ksolve.plan.yaml_out import plain
from ksolve.plan.yaml_text import flow
from ksolve.plan.yamlfile import parse_yaml
from ksolve.text import Lang, Text

WHERE = ("plan", "resources", "calendar", "rooms", "staff", "sessions", "external", "audiences", "programmes")
_WHOLE = {"plan": Text("計画の全体", "plan"), "resources": Text("部屋・職員の全体", "resources")}
_LISTS = (("plan", "rules"), ("resources", "audiences"))
"""What is written with a row for each item."""


def where_title(where: str) -> Text:
    """Return the name of a part of the plan: that of its sheet, where it has one."""
    return _WHOLE.get(where) or BY_KEY[where].title


def rows_of_other(where: str, which: str, rest: Mapping[str, Any], lang: Lang) -> Iterator[dict[str, Shown]]:
    """Yield the rows that hold what is left of a part of the plan. Raises PlanError for what is too long."""
    for key, value in rest.items():
        items = value if (where, key) in _LISTS and isinstance(value, list) and value else [value]
        for item in items:
            text = flow(plain(item))
            if len(text) > LONGEST:
                said = _TOO_LONG.fill(where=where_title(where), which=which, key=key, most=f"{LONGEST:,}")
                raise PlanError([fault("cannot-form", said, None, _SPLIT)])
            yield {"where": where_title(where)(lang), "which": which, "key": key, "value": text}


def put_other(row: Row, targets: Mapping[tuple[str, str], Item], reader: Reader) -> None:
    """Put what a row says into the part of the plan that it names."""
    where = next((one for one in WHERE if name_key(row.get("where")) in _titles(one)), "")
    which = row.get("which")
    target = targets.get((where, which))
    if not where:
        words = Text(*("、".join(where_title(one)(lang) for one in WHERE) for lang in ("ja", "en")))
        reader.say(Unreadable(_WHERE.fill(words=words)), row, OTHER.column("where"))
    elif target is None:
        reader.say(Unreadable(_NO_ROW.fill(where=where_title(where))), row, OTHER.column("which"))
    elif not row.get("key") or not row.get("value"):
        reader.say(Unreadable(_EMPTY), row, OTHER.column("key"))
    else:
        _put(target, where, row, reader)


def _put(target: Item, where: str, row: Row, reader: Reader) -> None:
    key, place = row.get("key"), row.at("value")
    try:
        value = placed(parse_yaml(row.get("value"), place.file).value, place)
    except PlanError as error:
        reader.faults += [fault(found.rule, found.text, place, found.remedy) for found in error.findings]
        return
    if (where, key) in _LISTS and isinstance(value, Item):
        if key not in target:
            target.put(key, Listed(), place)
        made = Item.at(place, row.get("#"))
        made.fill(value)
        target[key].put(made, place)
    elif key in target and key == "rules":
        target[key][:0] = value if isinstance(value, list) else [value]
        target[key].places[:0] = [place] * (len(value) if isinstance(value, list) else 1)
    elif target.get(key):
        reader.say(Unreadable(_TWICE.fill(key=key)), row, OTHER.column("key"))
    else:
        target.put(key, value, place)


def _titles(where: str) -> tuple[str, str]:
    title = where_title(where)
    return name_key(title.ja), name_key(title.en)


_TOO_LONG = Text(
    "{where} {which} の {key} は長すぎて、記入表の一つのセル({most}文字まで)に入りません",
    "{where} {which}: {key} is too long for a cell of the form ({most} letters)",
)
_SPLIT = Text(
    "この計画は YAML のまま使うか、この項目を分けてください",
    "keep this plan as YAML, or divide this part of it",
)
_WHERE = Text("「どこ」には {words} のどれかを書いてください", "write one of {words}")
_NO_ROW = Text("シート「{where}」に、この記号の行がありません", "the sheet {where} has no row with this id")
_EMPTY = Text("項目と内容の両方を書いてください", "write both the key and its value")
_TWICE = Text(
    "{key} はほかのシートの欄か、その他の別の行にもあります",
    "{key} is also in another sheet, or in another row",
)
