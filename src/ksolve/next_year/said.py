"""What is said of a new year: what changed and why, and what is to be decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ksolve.findings import Finding, Place, Severity
from ksolve.text import Text, plain

YES = frozenset({"はい", "ok", "OK", "yes", "○", "済"})
"""Answers that take what the plan has."""
FARTHEST = 10
"""A year more than so many years on is no next year but a slip of the hand."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is another thing in the new plan, with the reason. `kind` is its stable name."""

    kind: str
    who: str
    before: str
    after: str
    why: Text
    place: Place | None = None

    @property
    def text(self) -> Text:
        """The change in one sentence."""
        template = _CHANGED if self.before and self.after else _ADDED if self.after else _GONE
        who = f"{self.who}: " if self.who else ""
        return template.fill(who=who, before=self.before, after=self.after, why=self.why)


@dataclass(frozen=True, slots=True)
class Question:
    """Something that only the planner knows. `id` names it in every run, `taken` is what the plan has now.

    `about` are the ids of the plan that it is about, where the answer is written for these.
    """

    id: str
    who: str
    asks: Text
    taken: str = ""
    others: tuple[str, ...] = ()
    place: Place | None = None
    about: tuple[str, ...] = ()

    @property
    def finding(self) -> Finding:
        """The question as a finding."""
        asks = self.asks + _TAKEN.fill(taken=self.taken) if self.taken else self.asks
        who = plain(f"{self.who}: " if self.who else "")
        remedy = _OTHERS.fill(others="、".join(self.others)) if self.others else None
        return Finding("to-decide", Severity.WARNING, who + asks, self.place, remedy=remedy)


def one_each(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Return questions without those that are asked already."""
    found: dict[str, Question] = {}
    for question in questions:
        found.setdefault(question.id, question)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Said:
    """The changes and the questions of a new plan, in the order of the plan."""

    changes: tuple[Change, ...] = ()
    questions: tuple[Question, ...] = ()

    def __add__(self, other: Said) -> Said:
        """Return both."""
        return Said((*self.changes, *other.changes), one_each((*self.questions, *other.questions)))


def together(parts: Sequence[Said]) -> Said:
    """Return all that is said in several places."""
    return sum(parts, Said())


_CHANGED = Text("{who}{before} → {after} ({why})", "{who}{before} -> {after} ({why})")
_ADDED = Text("{who}{after} ({why})", "{who}{after} ({why})")
_GONE = Text("{who}{before} を除きました ({why})", "{who}{before} is left out ({why})")
_TAKEN = Text("(今の案: {taken})", " (taken for now: {taken})")
_OTHERS = Text("ほかの案: {others}", "or: {others}")
