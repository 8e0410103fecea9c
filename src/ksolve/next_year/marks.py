"""What a published table says of its year alone: 新規 goes, 開始 becomes a whole year, labels count on."""

from __future__ import annotations

from collections.abc import Iterator

from ksolve.calendar import FiscalYear
from ksolve.frequency import EVERY_MONTH
from ksolve.next_year.labels import is_counting, labels_after
from ksolve.next_year.said import Change, Question, Said
from ksolve.plan import Plan
from ksolve.plan.schema import Component, Programme
from ksolve.plan.yaml_edit import Path as Keys
from ksolve.plan.yaml_edit import YamlText
from ksolve.published import MarkKind, PublishedPlan, PublishedRow
from ksolve.text import Text, plain

_NEW = "【新規】"


def carry_marks(text: YamlText, plan: Plan, published: PublishedPlan | None, target: FiscalYear) -> Said:
    """Write what becomes of the marks of last year's table, and of the labels that the plan has."""
    said = Said()
    of_this_year = published is not None and published.year in (None, plan.year)
    for number, programme in enumerate(plan.programmes):
        keys: Keys = ("programmes", number)
        row = published.row(programme.published.line) if published and programme.published else None
        if _NEW in programme.name:
            name = programme.name.replace(_NEW, "").strip()
            text.set((*keys, "name"), name)
            said += Said((Change("new-mark", name, _NEW, "", _NO_LONGER_NEW, programme.place),))
        elif row and row.is_new and of_this_year:
            said += Said((Change("new-mark", programme.name, _NEW, "", _NO_LONGER_NEW, programme.place),))
        if row and of_this_year:
            said += _started(text, keys, programme, row)
        labels = dict(_labels(row)) if row and of_this_year else {}
        said += _counted_on(text, (keys, programme), labels, (plan.year, target))
    return said


def _started(text: YamlText, keys: Keys, programme: Programme, row: PublishedRow) -> Said:
    """Let a service that began within last year run all this year."""
    starts = [mark for mark in row.marks if mark.kind is MarkKind.START and mark.months]
    if not starts or programme.months is None or len(programme.months.values) == len(EVERY_MONTH.values):
        return Said()
    text.remove((*keys, "months"))
    name, before = programme.name, str(programme.months)
    change = Change("start-month", name, f"{starts[0].text} {before}", "通年", _WHOLE, programme.place)
    asks = _STARTED.fill(month=starts[0].months[0], mark=starts[0].text)
    question = Question(f"start:{programme.id}", name, asks, "通年", (before,), programme.place)
    return Said((change,), (question,))


def _labels(row: PublishedRow) -> Iterator[tuple[int, str]]:
    for mark in row.marks:
        if mark.kind is MarkKind.LABEL and len(mark.months) == 1:
            yield mark.months[0], mark.text


def _counted_on(
    text: YamlText, of: tuple[Keys, Programme], printed: dict[int, str], years: tuple[FiscalYear, FiscalYear]
) -> Said:
    """Write the labels of a programme's marks as they count on; those of the plan before the table's."""
    keys, programme = of
    old, target = years
    said = Said()
    left = dict(printed)
    nodes: list[tuple[Keys, Component]] = [(keys, programme)]
    nodes += [((*keys, "components", n), part) for n, part in enumerate(programme.components)]
    for at, node in nodes:
        marks = []
        for window in node.marks:
            month = window.months.values[0]
            label = window.label or left.pop(month, "")
            ways = labels_after(label, _per_year(node), target, target.start - old.start) if label else ()
            marks.append((window, ways[0] if ways else ""))
            if label:
                said += _said_of(programme, month, label, ways)
        if any(label for _, label in marks):
            text.set((*at, "marks"), [_mark(window, label) for window, label in marks])
    for month, label in left.items():
        asks = _NOWHERE.fill(label=plain(label), month=month)
        said += Said((), (Question(f"label:{programme.id}:{month}", programme.name, asks),))
    return said


def _per_year(node: Component) -> int:
    return node.frequency.year_count.low if node.frequency else 1


def _mark(window: object, label: str) -> str | dict[str, str]:
    months, sessions = str(getattr(window, "months", "")), getattr(window, "sessions", 1)
    if not label and sessions == 1:
        return months
    found = {"months": months} | ({"sessions": str(sessions)} if sessions != 1 else {})
    return found | ({"label": label} if label else {})


def _said_of(programme: Programme, month: int, label: str, ways: tuple[str, ...]) -> Said:
    change = Change("label", programme.name, label, ways[0], _COUNTED_ON, programme.place)
    if not is_counting(label):
        return Said((change,) if ways[0] != label else ())
    asks = _WHICH.fill(label=plain(label), month=month)
    id_ = f"label:{programme.id}:{month}"
    return Said((change,), (Question(id_, programme.name, asks, ways[0], ways[1:], programme.place),))


_NO_LONGER_NEW = Text("2年目からは新規ではありません", "it is not new in its second year")
_WHOLE = Text(
    "前年度の途中に始まったので、今年度は一年を通して行います", "it began within last year: all year now"
)
_STARTED = Text(
    "前年度は{month}月に「{mark}」。今年度は年度初めからですか",
    "{mark} in month {month} of last year: does it run from April now?",
)
_COUNTED_ON = Text("印の文字の番号を一つ進めました", "the label counts on")
_WHICH = Text(
    "{month}月の印「{label}」は、今年度はどうなりますか",
    "what becomes of the label {label} in month {month}?",
)
_NOWHERE = Text(
    "{month}月の印「{label}」に当たる印(marks)が計画にありません。"
    "今年度の文字を marks に label で書いてください",
    "the plan has no mark for the label {label} in month {month}: write it as a label in marks",
)
