"""Clauses that belong to names: 総会1回、役員会3回; 0歳児・1歳児 各10回; 年4回(総会1回、役員会3回)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ksolve.frequency.clauses import Clause, Folded
from ksolve.frequency.fields import ContradictionError, Fields
from ksolve.frequency.meaning import Per
from ksolve.frequency.totals import is_total, without_total
from ksolve.text import Text

Fold = Callable[[Sequence[Clause]], Folded]


@dataclass
class Part:
    """What is said of some names that stand together; of no name at the head of a text."""

    names: list[str] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)


def folded_by_name(clauses: Sequence[Clause], fold: Fold) -> Folded:
    """Fold what is said of each name for itself, and add it up; one name alone says nothing.

    Raises ContradictionError where it is not clear of which name something is said.
    """
    names = [clause.name for clause in clauses if clause.name]
    said = [clause for clause in clauses if not clause.name]
    if names and any("bond" in clause.beside for clause in said):
        raise ContradictionError(_BOND)
    if len(names) <= 1:
        whole = fold(said)
        whole.terms = [{**term, "named": True} for term in whole.terms] if names else whole.terms
    else:
        whole = _added_up(_parts(clauses), fold)
    whole.remarks = [*names, *whole.remarks]
    return whole


def _parts(clauses: Sequence[Clause]) -> list[Part]:
    parts = [Part()]
    for clause in clauses:
        if clause.name and parts[-1].clauses:
            parts.append(Part())
        if clause.name:
            parts[-1].names.append(clause.name)
        else:
            parts[-1].clauses.append(clause)
    return parts


def _added_up(parts: Sequence[Part], fold: Fold) -> Folded:
    """Return the sum of what is said of the names; a total at either end is checked and left out."""
    total, named = _total_apart(parts, fold)
    if not all(part.names and part.clauses for part in named):
        raise ContradictionError(_WHICH)
    _check_scope(named)
    whole = Folded()
    for part in named:
        folded = fold(part.clauses)
        folded.terms = [_of_names(term, len(part.names)) for term in folded.terms]
        whole.join(folded)
    whole.terms = without_total([*total, *whole.terms])
    return whole


def _total_apart(parts: Sequence[Part], fold: Fold) -> tuple[list[Fields], list[Part]]:
    """Return the total before the first name, or behind the last (計4回), and the named parts."""
    named = list(parts)
    if not named[0].names:
        head = fold(named.pop(0).clauses)
        if head.terms and not (len(head.terms) == 1 and is_total(head.terms[0])):
            raise ContradictionError(_WHICH)
        return head.terms, named
    last = named[-1].clauses
    behind = fold(last[-1:]).terms if len(last) > 1 else []
    if len(behind) == 1 and behind[0].get("whole") == "計" and is_total(behind[0]):
        return behind, [*named[:-1], Part(named[-1].names, last[:-1])]
    return [], named


def _check_scope(named: Sequence[Part]) -> None:
    """Refuse 総会1回、役員会3回、8月は休み: the holiday could be that of both, as could the hours."""
    apart = [any(set(clause.fields) & _SHARED for clause in part.clauses) for part in named]
    if apart[-1] and not all(apart):
        raise ContradictionError(_SCOPE)


_SHARED = {"without", "left_out", "holidays", "moved", "hours"}


def _of_names(term: Fields, names: int) -> Fields:
    """Return a term of one name, or of each of several: 初級・中級 各10回."""
    if names == 1:
        return {**term, "named": True}
    if not term.get("each") or not set(term) <= {"count", "per", "each", "hedges"}:
        raise ContradictionError(_EACH)
    plain = {key: value for key, value in term.items() if key != "each"}
    return {**plain, "per": Per.YEAR, "groups": names, "named": True}


_WHICH = Text(
    "どれのことなのかわかりません。総会1回、役員会3回 のように、名前の後にその回数を書きます",
    "it is not clear of which it is said: write the count behind each name, as in 総会1回、役員会3回",
)
_EACH = Text(
    "名前がいくつかあるので、合わせた回数なのかそれぞれの回数なのかわかりません。"
    "それぞれなら 初級・中級 各10回、合わせてなら 年10回 と書きます",
    "several names: in all, or for each? Write 初級・中級 各10回 for each, 年10回 for all",
)
_SCOPE = Text(
    "休みや時刻が、最後のものだけのことなのか、すべてのことなのかわかりません。"
    "総会3回(8月を除く)、役員会3回(8月を除く) のように一つずつ書きます",
    "what is left out, or the hours: of the last alone, or of all? Write it behind each",
)
_BOND = Text(
    "ほかの事業と合わせて行うことと、名前が並んでいます。一つの事業だけを書きます",
    "held together with another, and names beside it: write one programme alone",
)
