"""The forms that are understood, each with an example: the reference page and its tests."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby

from ksolve.frequency.explaining import sentences
from ksolve.frequency.reading import FrequencyError, read_frequency
from ksolve.frequency.values import Range
from ksolve.frequency.word_table import ROWS
from ksolve.frequency.wording import canonical
from ksolve.text import Lang, Text


@dataclass(frozen=True, slots=True)
class Form:
    """One example: its section, its text, sessions in a year, and how ksolve itself writes it."""

    section: str
    example: str
    count: Range
    canonical: str


SECTIONS = {
    "count": Text("回数", "Counts"),
    "times": Text("月数・グループ・クール", "Months, groups, courses"),
    "months": Text("月", "Months of the year"),
    "without": Text("除く月と日", "What is left out"),
    "weekdays": Text("曜日", "Weekdays"),
    "dates": Text("日付と期間", "Dates and stretches of days"),
    "hours": Text("時刻", "Times of day"),
    "services": Text("日付を決める回のない業務", "Work without sessions to date"),
    "certainty": Text("確からしさ", "Certainty"),
    "sums": Text("合わせた書き方", "Sums and alternatives"),
    "ties": Text("ほかの事業・行・休館日", "Other programmes, rows, closed days"),
    "spelling": Text("書き方のゆれ(同じ意味になります)", "Spellings (all mean the same)"),
}


@cache
def forms() -> tuple[Form, ...]:
    """Return every form, in the order of the reference page."""
    text = files("ksolve.frequency").joinpath("forms.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return tuple(Form(section, example, _range(count), form) for section, example, count, form in rows)


def _range(text: str) -> Range:
    low, _, high = text.partition("-")
    return Range(int(low), int(high) if high else None if text.endswith("-") else int(low))


def forms_page(lang: Lang) -> str:
    """Return the reference of the language of frequencies as Markdown, read off the forms themselves."""
    lines = [_TITLE(lang), "", _INTRODUCTION(lang)]
    for section, members in groupby(forms(), key=lambda form: form.section):
        lines += ["", f"## {SECTIONS[section](lang)}", "", _HEADER(lang), "| --- | --- | --- | --- |"]
        lines += [_row(form, lang) for form in members]
    lines += ["", f"## {_REFUSED(lang)}", "", _REASONS(lang), "| --- | --- |"]
    lines += [f"| {example} | {reason(lang)} |" for example, reason in refusals()]
    return "\n".join(lines) + "\n"


@cache
def refusals() -> tuple[tuple[str, Text], ...]:
    """Return the examples of words that are refused, each with the reason."""
    found = []
    for example in dict.fromkeys(row.example for row in ROWS):
        try:
            read_frequency(example)
        except FrequencyError as error:
            found.append((example, error.reason))
    return tuple(found)


def _row(form: Form, lang: Lang) -> str:
    meaning = read_frequency(form.example)
    said = "; ".join(text(lang) for text in sentences(meaning))
    count = "-" if meaning.is_service else str(meaning.year_count)
    return f"| {form.example} | {count} | {canonical(meaning)} | {said} |"


_TITLE = Text("# 実施回数の書き方", "# The language of frequencies")
_INTRODUCTION = Text(
    "`ksolve frequency` が読める書き方の一覧です。この表は、試験で確かめている例から作られます"
    "(`make docs`)。回数は休館日を考えない1年の回数です。",
    "Every form that `ksolve frequency` reads. The tables are made of the tested examples"
    " (`make docs`). The count is that of a year without closed days.",
)
_REFUSED = Text(
    "読まないもの(二通りに読めるもの、予定では扱えないもの)",
    "What is refused: what has two meanings, or none that a schedule can be held to",
)
_REASONS = Text("| 書き方 | 理由と書き直し方 |", "| text | why, and what to write |")
_HEADER = Text("| 書き方 | 1年の回数 | 標準の書き方 | 意味 |", "| text | per year | canonical | meaning |")
