"""Plan file and scenarios to the text of a plan that says the same, comments and spelling kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ksolve.errors import PlanError, fault
from ksolve.files import beside, read_bytes, read_text
from ksolve.plan.apply_change import PlanText, write_change
from ksolve.plan.called import by_ids
from ksolve.plan.difference import difference
from ksolve.plan.loading import load, load_leniently, plan_text
from ksolve.plan.overlay import overlay
from ksolve.plan.scenario import Scenario
from ksolve.plan.schema import Plan
from ksolve.plan.yaml_edit import YamlText
from ksolve.plan.yaml_out import plain
from ksolve.plan.yaml_text import SCHEMA_LINE, named_from
from ksolve.plan.yamlfile import read_yaml
from ksolve.text import Text
from ksolve.text import plain as plain_text

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A file as it is, and what is to be written to `path`: UTF-8, with the byte order mark that it had."""

    source: Path
    path: Path
    before: str
    after: str

    @property
    def data(self) -> bytes:
        """The bytes to write."""
        marked = read_bytes(self.source).startswith(_BOM)
        return (_BOM if marked else b"") + self.after.encode("utf-8")


def apply(path: Path, scenarios: Sequence[tuple[Path, Scenario]], out: Path) -> tuple[Rewritten, ...]:
    """Return the plan file with scenarios written into it, as `out`; then its resources.

    The resources are there only if they stand in a file of their own that changes. Where `out` is
    another file than `path`, they go beside it, and the plan names them and its table from there.
    Raises PlanError for a change that names nothing, and for one that cannot be written.
    """
    plan = load(path)
    source = plan_text(path)
    resources = YamlText(source, str(path)).value(("resources",))
    own = isinstance(resources, str)
    at = beside(path, resources) if own else path
    texts = PlanText.of(source, read_text(at) if own else None, str(path), str(at))
    for file, scenario in scenarios:
        named = by_ids(plan, scenario)
        plan = overlay(plan, named)
        raw = read_yaml(file).value["changes"]
        for change, stated in zip(named.changes, raw, strict=True):
            write_change(texts, change, plain(stated))
    if not plan.programmes:
        raise PlanError([fault("no-programmes", _NO_PROGRAMMES, plan.place, _ANOTHER_PLAN)])
    changed = own and texts.centre.text != read_text(at)
    beside_out = out.with_name(f"{out.stem}-{at.name}") if out != path else at
    _relocate(texts, plan, (path, out), beside_out if changed else at, own=own)
    made = [Rewritten(path, out, source, texts.plan.text)]
    if changed:
        made.append(
            Rewritten(at, beside_out, read_text(at), _moved_schema(texts.centre.text, at, beside_out))
        )
    _refuse_different(made, plan)
    return tuple(made)


def _relocate(texts: PlanText, plan: Plan, moved: tuple[Path, Path], centre: Path, *, own: bool) -> None:
    """Name the plan's schema, table and resources as they are named in the file to be written."""
    path, out = moved
    if out == path:
        return
    if plan.published:
        texts.plan.set(("published",), named_from(plan.published, path, out))
    if own:
        texts.plan.set(("resources",), named_from(str(centre.absolute()), path.absolute(), out.absolute()))
    texts.plan.text = _moved_schema(texts.plan.text, path, out)


def _moved_schema(text: str, path: Path, out: Path) -> str:
    found = SCHEMA_LINE.match(text)
    if found is None or "://" in found[2]:
        return text
    return f"{found[1]}{named_from(found[2], path, out)}{text[found.end() :]}"


def _refuse_different(made: Sequence[Rewritten], wanted: Plan) -> None:
    """Raise PlanError unless the files, once written, are the plan that the scenarios make."""
    loaded = load_leniently(made[0].path, {one.path: one.after for one in made})
    differs = difference(loaded.plan, wanted, but=("published",))
    if loaded.faults or differs is not None:
        text = _CANNOT.fill(where=plain_text(differs or "-"))
        raise PlanError([fault("cannot-apply", text, wanted.place, _BY_HAND), *loaded.faults])


_NO_PROGRAMMES = Text(
    "シナリオが事業をすべて外すので、計画になりません",
    "the scenarios leave no programme, and that is no plan",
)
_ANOTHER_PLAN = Text("外す事業(remove)を減らしてください", "remove fewer programmes")
_CANNOT = Text(
    "シナリオをこのファイルに書き込めません(書き込むと {where} がシナリオと違います)。何も書いていません",
    "the scenarios cannot be written into this file ({where} would differ); nothing was written",
)
_BY_HAND = Text(
    "シナリオのまま使うか(-s)、この項目だけ計画を手で直し、シナリオからその変更を除いてください",
    "keep using the scenario (-s), or make this change in the plan by hand and leave it out of the scenario",
)
