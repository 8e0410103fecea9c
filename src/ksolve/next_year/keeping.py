"""Running again: what was edited in between stays, and what was answered is not asked again."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from ksolve.errors import PlanError, fault
from ksolve.files import is_file, read_bytes, read_text
from ksolve.files.separated import unguarded
from ksolve.findings import Finding, Place, Severity
from ksolve.next_year.said import Question
from ksolve.text import Text

ANSWERS = "decide.csv"
"""The list of what is to be decided, with a column for the answers."""
BOOK = "next.xlsx"
"""The book of all lists, whose first sheet is that one."""
MADE = "as-made"
"""The folder of the plan as this program made it, to tell what was edited since."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A text with both sides' changes; `kept` are the lines where both differ, and the edited one stayed."""

    text: str
    kept: tuple[int, ...]


def merged(made: str, edited: str, anew: str) -> Merged:
    """Return an edited text with what has changed between two texts that were made, line by line.

    Where both changed the same lines the edited ones stay.
    """
    base, mine, theirs = (text.splitlines() for text in (made, edited, anew))
    at = _matches(base, mine)
    kept: list[int] = []
    for tag, first, last, start, end in reversed(
        SequenceMatcher(None, base, theirs, autojunk=False).get_opcodes()
    ):
        if tag == "equal":
            continue
        place = _place(at, first, last)
        if place is None:
            known = set(mine)
            if not all(line in known for line in theirs[start:end]):
                kept.append(first + 1)
            continue
        mine[place : place + last - first] = theirs[start:end]
    return Merged("\n".join([*mine, ""]), tuple(sorted(kept)))


def _matches(base: Sequence[str], mine: Sequence[str]) -> Mapping[int, int]:
    """Return where each line that was not edited stands now; both ends of the text match."""
    found = {-1: -1, len(base): len(mine)}
    for block in SequenceMatcher(None, base, mine, autojunk=False).get_matching_blocks():
        found |= {block.a + n: block.b + n for n in range(block.size)}
    return found


def _place(at: Mapping[int, int], first: int, last: int) -> int | None:
    """Return where some lines that were not edited, nor anything between them, stand now; else None."""
    lines = [at.get(line) for line in range(first, last)] or [at.get(first - 1), at.get(first)]
    if any(line is None for line in lines):
        return None
    numbers = [line for line in lines if line is not None]
    if numbers[-1] - numbers[0] != len(numbers) - 1:
        return None
    return numbers[0] if last > first else numbers[0] + 1


def kept_text(path: Path, anew: str) -> tuple[str, list[Finding]]:
    """Return a file as it is to be: as it was edited, with what would be made otherwise today.

    A file that is not there is as made now; where nobody knows how it was made, all of it counts as
    edited.
    """
    if not is_file(path):
        return anew, []
    edited = read_text(path)
    made = path.parent / MADE / path.name
    if not is_file(made):
        return edited, [Finding("kept-whole", Severity.NOTE, _WHOLE.fill(folder=MADE), Place(str(path)))]
    found = merged(read_text(made), edited, anew)
    if not found.kept:
        return found.text, []
    lines = ", ".join(map(str, found.kept))
    text = _BOTH.fill(count=len(found.kept), lines=lines)
    return found.text, [Finding("kept-edited", Severity.WARNING, text, Place(str(made)))]


def read_answers(folder: Path) -> dict[str, str]:
    """Return the answers that stand in the list of what is to be decided, or else in the book, by question.

    Raises PlanError where the list is none.
    """
    path, book = folder / ANSWERS, folder / BOOK
    found: dict[str, str] = {}
    if is_file(book):
        from openpyxl import load_workbook  # a fifth of a second, and only here

        sheet = load_workbook(io.BytesIO(read_bytes(book)), read_only=True).worksheets[0]
        cells = [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
        found |= _answers(cells[2:], book)
    if is_file(path):
        found |= _answers(list(csv.reader(io.StringIO(read_text(path)))), path)
    return found


def _answers(rows: Sequence[Sequence[str]], path: Path) -> dict[str, str]:
    head = [cell.strip() for cell in rows[0]] if rows else []
    columns = [next((head.index(name) for name in names if name in head), None) for names in _COLUMNS]
    id_, answer = columns
    if id_ is None or answer is None:
        raise PlanError([fault("no-answers", _NO_LIST, Place(str(path), 1), _NAMES)])
    width = max(id_, answer) + 1
    filled = [row for row in rows[1:] if len(row) >= width and row[answer].strip()]
    return {unguarded(row[id_]).strip(): unguarded(row[answer]).strip() for row in filled}


_COLUMNS = (("番号", "id"), ("答え", "answer"))


def open_questions(
    questions: Sequence[Question], answers: Mapping[str, str], made: str, now: str
) -> tuple[Question, ...]:
    """Return what is still to be decided: not what was answered, nor what was edited in the plan itself."""
    return tuple(
        one
        for one in questions
        if one.id not in answers and not (one.taken and one.taken in made and one.taken not in now)
    )


_WHOLE = Text(
    "作ったままの計画({folder}/)がないので、今のファイル全体を手で直したものとして残しました",
    "the plan as it was made ({folder}/) is gone: all of this file counts as edited, and stays",
)
_BOTH = Text(
    "手で直した所のうち{count}か所は、新しく作ると違うものになりますが、"
    "直したほうを残しました(作ったときの行: {lines})",
    "{count} places that were edited would be made otherwise now; "
    "the edited ones stay (lines as made: {lines})",
)
_NO_LIST = Text(
    "決めることの一覧として読めません(番号と答えの列がありません)",
    "no list of what is to be decided: it has no columns for ids and answers",
)
_NAMES = Text("見出しは 番号 と 答え です", "they are headed id and answer (番号, 答え)")
