"""The files with which a centre begins: its table, its plan, a scenario, a page that says what to do."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, get_args

from ksolve.calendar import FiscalYear
from ksolve.files import read_bytes
from ksolve.files.separated import tsv_bytes
from ksolve.plan.form_files import make_form
from ksolve.plan.json_schema import Kind as SchemaKind
from ksolve.plan.json_schema import json_schema
from ksolve.plan.skeleton import skeleton
from ksolve.plan.starting_pages import CI_JOB, README, SCENARIO
from ksolve.published import PublishedPlan, read_published
from ksolve.text import Lang, Text

Kind = Literal["form", "yaml"]
"""Whether the planner writes a workbook or YAML."""

FORM = Text("記入表.xlsx", "form.xlsx")
_PLAN, _RESOURCES = Path("plan.yaml"), Path("resources.yaml")
_SCHEMA_LINE = "# yaml-language-server: $schema={up}schema/{kind}.schema.json\n"


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is asked of someone who begins: the folder, the name, the year, the table if there is one."""

    folder: Path
    title: str
    year: FiscalYear
    kind: Kind
    table: Path | None = None
    columns: tuple[str, ...] = ()


def starting_files(begin: Beginning, lang: Lang) -> tuple[dict[Path, bytes], PublishedPlan]:
    """Return every file of the folder, the plan first, and the table as it was read.

    The table is a copy of the one that is named, else an example. Raises PlanError where it cannot be read.
    """
    name = begin.table.name if begin.table else Text("事業計画.tsv", "programmes.tsv")(lang)
    data = read_bytes(begin.table) if begin.table else tsv_bytes(_example(begin, lang))
    published = replace(_read(begin, name, data), file=str(begin.folder / name))
    texts = _plan_files(published, begin, lang)
    if begin.kind == "form":
        plan = begin.folder / FORM(lang)
        files = {plan: make_form(begin.folder / _PLAN, plan, lang, texts)}
    else:
        plan = begin.folder / _PLAN
        texts |= _schemas(begin.folder)
        files = {path: text.encode("utf-8") for path, text in texts.items()}
    files[begin.folder / name] = data
    pages = {
        begin.folder / "README.md": README[begin.kind](lang),
        begin.folder / "scenarios" / "room-closed.yaml": _schema_line("scenario", begin, "../")
        + SCENARIO(lang),
        begin.folder / ".github" / "workflows" / "plan.yml": CI_JOB(lang),
    }
    words = {"{plan}": plan.name, "{title}": begin.title, "{table}": name}
    return files | {path: _filled(text, words).encode("utf-8") for path, text in pages.items()}, published


def _read(begin: Beginning, name: str, data: bytes) -> PublishedPlan:
    """Read the table that is named, or the example, which is in no file yet."""
    if begin.table:
        return read_published(begin.table, begin.year, begin.columns)
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        return read_published(path, begin.year)


def _filled(text: str, words: Mapping[str, str]) -> str:
    """Return a page with its words; it may hold other braces, as jobs do."""
    for word, value in words.items():
        text = text.replace(word, value)
    return text


def _schema_line(kind: SchemaKind, begin: Beginning, up: str = "") -> str:
    return _SCHEMA_LINE.format(up=up, kind=kind) if begin.kind == "yaml" else ""


def _plan_files(published: PublishedPlan, begin: Beginning, lang: Lang) -> dict[Path, str]:
    """Return the plan, and its resources in a file of their own."""
    text = skeleton(published, begin.year, begin.folder / _PLAN, lang)
    found = re.search(r"(?m)^resources:\n((?:[ #].*\n|\n)*)", text)
    assert found is not None  # noqa: S101 - every plan that skeleton writes has them
    inner = re.sub(r"(?m)^  ", "", found[1]).strip("\n")
    plan = text[: found.start()] + f"resources: {_RESOURCES}\n\n" + text[found.end() :]
    plan = re.sub(r"(?m)^id: .*$", "id: plan", plan, count=1)
    return {
        begin.folder / _PLAN: _schema_line("plan", begin) + plan,
        begin.folder / _RESOURCES: _schema_line("resources", begin) + f"schema: 1\n{inner}\n",
    }


def _schemas(folder: Path) -> dict[Path, str]:
    return {
        folder / "schema" / f"{kind}.schema.json": json.dumps(json_schema(kind), ensure_ascii=False, indent=1)
        for kind in get_args(SchemaKind)
    }


def _example(begin: Beginning, lang: Lang) -> list[list[str]]:
    """Return a table as centres print them, to be replaced by one's own."""
    months = [f"{month}月" for month in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)]
    names = Text(
        "親子のひろば,育児講座,絵本の会,夏まつり,総合相談", "playroom,parents' class,story time,fair,advice"
    )
    rows = zip(
        names(lang).split(","),
        ("月2回", "年6回", "毎月第2火曜日", "年1回", "通年"),
        ({}, {5: "○", 9: "○", 1: "○"}, {}, {7: "○"}, {4: "↓"}),
        strict=True,
    )
    marked = [
        [name, frequency, *(marks.get(int(month[:-1]), "") for month in months)]
        for name, frequency, marks in rows
    ]
    return [[f"{begin.year} {begin.title}"], ["事業", "実施回数", *months], *marked]
