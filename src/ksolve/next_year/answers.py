"""Answers to what was to be decided, written into the plan that they are about."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from ksolve.calendar import parse_days
from ksolve.errors import PlanError, fault
from ksolve.findings import Place
from ksolve.frequency import FrequencyError, read_frequency
from ksolve.frequency.wording import canonical
from ksolve.next_year.said import YES, Question
from ksolve.plan.yaml_edit import Path as Keys
from ksolve.plan.yaml_edit import YamlText
from ksolve.spelling import listed, parse_months, parse_usual_day
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


def _habit(texts: Sequence[YamlText], question: Question, answer: str) -> None:
    """Write usual days for who has none as a habit: 第2火 10:00, or several with a comma between."""
    yaml = texts[0]
    days = [one.strip() for one in re.split("[、,]", answer)]
    for day in days:
        parse_usual_day(day)
    wanted = {"days": days, "why": _ANSWERED.ja}
    for number, rule in enumerate(yaml.value(("rules",)) or []):
        named = rule.get("programmes")
        if rule.get("rule") == "habit" and set(listed(named)) == set(question.about):
            yaml.set(("rules", number, "days"), days)
            return
    yaml.append(("rules",), {"rule": "habit", "programmes": list(question.about), **wanted})


def _dates_of_frequency(texts: Sequence[YamlText], question: Question, answer: str) -> None:
    """Write this year's dates into a frequency that names them: 年2回(4/19・5/10)."""
    yaml = texts[0]
    days = tuple(parse_days(one.strip())[0] for one in re.split("[・、,]", answer))
    keys: Keys = (*_part(yaml, question.id.partition(":")[2]), "frequency")
    meaning = read_frequency(str(yaml.value(keys)))
    dated = [term for term in meaning.terms if term.dates]
    if len(dated) != 1:
        raise ValueError(answer)
    terms = tuple(replace(term, dates=days) if term is dated[0] else term for term in meaning.terms)
    yaml.set(keys, canonical(replace(meaning, terms=terms)))


def _within_text(texts: Sequence[YamlText], question: Question, answer: str) -> None:
    """Write a sentence that names a date anew."""
    before = question.id.partition(":")[2]
    for yaml in texts:
        for node in sorted(yaml.document.scalars(), key=lambda node: -node.start_mark.index):
            if node.value == before:
                yaml.replace_scalar(node, answer)


def _reading(texts: Sequence[YamlText], question: Question, answer: str) -> None:
    """Write what a row of the table means that was not read: months, or else a frequency."""
    yaml = texts[0]
    keys: Keys = ("programmes", _programme(yaml, question.id.rpartition(":")[2]))
    try:
        parse_months(answer)
    except ValueError:
        read_frequency(answer)
        yaml.set((*keys, "frequency"), answer, after="name")
        return
    yaml.set((*keys, "months"), answer, after="name")


def _part(yaml: YamlText, name: str) -> Keys:
    """Return the place of a part by its id: programme, or programme.component. Raises ValueError."""
    whole, _, part = name.partition(".")
    keys: Keys = ("programmes", _programme(yaml, whole))
    if not part:
        return keys
    parts = yaml.value((*keys, "components")) or []
    found = next((n for n, one in enumerate(parts) if one.get("id") == part), None)
    if found is None:
        raise ValueError(name)
    return (*keys, "components", found)


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
    "start-time": _start_time,
    "habit": _habit,
    "dates": _dates_of_frequency,
    "text": _within_text,
    "read": _reading,
}
"""How an answer is written, by the kind of its question."""
_ANSWERED = Text("決めることの答え", "answered among what is to be decided")
_UNREADABLE = Text(
    "答え「{answer}」を読めません({id}: {asks})", "the answer {answer} cannot be read ({id}: {asks})"
)
_LIKE = Text(
    "「はい」か、今の案と同じ形で書いてください(今の案: {taken})",
    "write yes, or an answer in the form of what is taken now ({taken})",
)
