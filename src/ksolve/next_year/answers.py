"""Answers to what was to be decided, written into the plan that they are about."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from ksolve.calendar import parse_days
from ksolve.errors import PlanError, fault
from ksolve.findings import Place
from ksolve.frequency import FrequencyError, read_frequency
from ksolve.next_year.said import YES, Question
from ksolve.plan.yaml_edit import Path as Keys
from ksolve.plan.yaml_edit import YamlText
from ksolve.spelling import parse_months
from ksolve.text import Text


def answer_all(
    texts: Sequence[YamlText], questions: Sequence[Question], answers: Mapping[str, str], file: str
) -> None:
    """Write each answer that is another than what was taken into the plan (the first text) or beside it.

    Answers to what no plan can say are kept in the list alone. Raises PlanError, naming `file`, for those
    that cannot be read.
    """
    faults = []
    for question in questions:
        answer = answers.get(question.id, "")
        write = _WAYS.get(question.id.partition(":")[0])
        if write is None or not answer or answer in YES or answer == question.taken:
            continue
        try:
            write(texts, question, answer)
        except ValueError:
            text = _UNREADABLE.fill(answer=answer, id=question.id, asks=question.asks)
            faults.append(fault("unreadable-answer", text, Place(file), _LIKE.fill(taken=question.taken)))
    if faults:
        raise PlanError(faults)


def drop_stray_habits(yaml: YamlText) -> None:
    """Take out the habits of programmes that were taken out of a plan."""
    known = set()
    for programme in yaml.value(("programmes",)) or []:
        parts = [part.get("id") for part in programme.get("components") or []]
        known |= {programme.get("id"), *(f"{programme.get('id')}.{part}" for part in parts)}
    rules = yaml.value(("rules",)) or []
    for number, rule in reversed(list(enumerate(rules))):
        named = rule.get("programmes") or []
        names = [named] if isinstance(named, str) else named
        if rule.get("rule") == "habit" and names and not any(_is_of(name, known) for name in names):
            yaml.remove(("rules", number))


def _is_of(name: str, known: set[str]) -> bool:
    """Whether a name is that of a part, or of one of its groups or terms."""
    return name in known or re.sub(r"(-t\d+)?(-g\d+)?$", "", name) in known


def _programme(yaml: YamlText, name: str) -> int:
    """Return the place of a programme, by its id or its line in the table. Raises ValueError."""
    for number, one in enumerate(yaml.value(("programmes",)) or []):
        if name in (one.get("id"), (one.get("published") or {}).get("line")):
            return number
    raise ValueError(name)


def _label(texts: Sequence[YamlText], question: Question, answer: str) -> None:
    """Write another label where the plan still has the one that was proposed."""
    yaml = texts[0]
    place = _programme(yaml, question.id.split(":")[1])
    parts = yaml.value(("programmes", place, "components")) or []
    nodes: list[Keys] = [
        ("programmes", place),
        *(("programmes", place, "components", n) for n in range(len(parts))),
    ]
    for node in nodes:
        for number, mark in enumerate(yaml.value((*node, "marks")) or []):
            if isinstance(mark, dict) and mark.get("label") == question.taken:
                yaml.set((*node, "marks", number, "label"), answer)


def _months(texts: Sequence[YamlText], question: Question, answer: str) -> None:
    yaml = texts[0]
    parse_months(answer)
    yaml.set(("programmes", _programme(yaml, question.id.split(":")[1]), "months"), answer, after="frequency")


def _date(texts: Sequence[YamlText], question: Question, answer: str) -> None:
    """Write other days for those that were moved, wherever they stand."""
    parse_days(answer)
    for yaml in texts:
        for node in sorted(yaml.document.scalars(), key=lambda node: -node.start_mark.index):
            if node.value == question.taken:
                yaml.replace_scalar(node, answer)


def _opened(texts: Sequence[YamlText], question: Question, answer: str) -> None:
    yaml = texts[0]
    days = re.split("[・、,]", answer)
    for day in days:
        parse_days(day)
    for keys in _nodes(yaml):
        if yaml.value((*keys, "id")) == question.id.split(":")[-1] and yaml.value((*keys, "opened")):
            yaml.set((*keys, "opened"), days)


def _start_time(texts: Sequence[YamlText], question: Question, answer: str) -> None:
    """Write when a programme is held into its frequency: 13:30～15:00."""
    yaml = texts[0]
    keys: Keys = ("programmes", _programme(yaml, question.id.split(":")[1]), "frequency")
    frequency = f"{yaml.value(keys)}({answer})"
    try:
        if not any(term.hours for term in read_frequency(frequency).terms):
            raise ValueError(answer)
    except FrequencyError as error:
        raise ValueError(answer) from error
    yaml.set(keys, frequency)


def _nodes(yaml: YamlText) -> list[Keys]:
    found: list[Keys] = []
    for number, one in enumerate(yaml.value(("programmes",)) or []):
        found.append(("programmes", number))
        found += [("programmes", number, "components", n) for n in range(len(one.get("components") or []))]
    return found


_WAYS: dict[str, Callable[[Sequence[YamlText], Question, str], None]] = {
    "label": _label,
    "start": _months,
    "date": _date,
    "opened": _opened,
    "start-time": _start_time,
}
"""How an answer is written, by the kind of its question."""
_UNREADABLE = Text(
    "答え「{answer}」を読めません({id}: {asks})", "the answer {answer} cannot be read ({id}: {asks})"
)
_LIKE = Text(
    "「はい」か、今の案と同じ形で書いてください(今の案: {taken})",
    "write yes, or an answer in the form of what is taken now ({taken})",
)
