"""What check, solve, revise, explain and whatif print for programs: one versioned JSON object each.

A version's number rises when a key is taken away or means something else; more keys may come at any time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ksolve.errors import Exit
from ksolve.findings import Finding
from ksolve.findings.formats import as_dict
from ksolve.text import Lang

Kind = Literal["check", "solve", "revise", "explain", "whatif", "folder"]
Found = dict[str, Any]


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, populate_by_name=True)


class FindingOut(_Answer):
    """One finding: the rule, the text, the place, the way out."""

    rule: str
    fingerprint: str = Field(description="the same for the same finding in another run; for --baseline")
    severity: Literal["error", "warning", "note"]
    text: str
    file: str | None
    sheet: str | None
    line: int | None
    column: int | None
    sessions: list[str]
    resolution: str | None
    remedy: str | None
    related: list[str]


class TierOut(_Answer):
    """What a tier of wishes costs, and the least that it can."""

    tier: str
    text: str
    value: int
    bound: int
    proven: bool


class FitOut(_Answer):
    """How far the published plan is kept."""

    figure: float = Field(ge=0, le=1)
    sessions_kept: int
    sessions_promised: int
    marks_kept: int
    marks: int


class Checked(_Answer):
    """The answer of `ksolve check --format json`."""

    version: Literal["ksolve-check-1"] = Field("ksolve-check-1", alias="schema")
    status: int = Field(description="the exit status: 0, 1, 3, 4 or 130")
    summary: str | None
    findings: list[FindingOut]


class Solved(_Answer):
    """The answer of `ksolve solve --format json`."""

    version: Literal["ksolve-solve-1"] = Field("ksolve-solve-1", alias="schema")
    status: int = Field(description="the exit status: 0, 1, 3, 4 or 130")
    verdict: Literal["optimal", "feasible", "infeasible", "unknown"]
    text: str
    seconds: float
    interrupted: bool
    sessions: int
    tiers: list[TierOut]
    names: TierOut | None = Field(description="the wishes about people: its bound is for these dates")
    fit: FitOut | None
    regularity: float | None = Field(description="the share of sessions that one sentence a family predicts")
    findings: list[FindingOut] = Field(description="sessions left out, or what an infeasible plan lacks")
    files: list[str]


class SessionOut(_Answer):
    """When and where a session is, and who takes it."""

    session: str
    date: str
    start: str
    end: str
    rooms: list[str]
    staff: list[str]


class ChangeOut(_Answer):
    """What became of a session of the schedule that was revised."""

    kind: Literal["moved", "added", "dropped", "room", "staff"]
    uid: str = Field(description="what calendars call the session, the same before and after")
    series: str
    name: str
    before: SessionOut | None = Field(description="null: it was added")
    after: SessionOut | None = Field(description="null: it was dropped")
    why: str | None


class WishOut(_Answer):
    """A wish as it was understood, and whether it came true; null: nothing was written."""

    text: str
    met: bool | None


class Revised(_Answer):
    """The answer of `ksolve revise --format json`."""

    version: Literal["ksolve-revise-1"] = Field("ksolve-revise-1", alias="schema")
    status: int = Field(description="the exit status: 0, 1, 3, 4 or 130")
    verdict: Literal["optimal", "feasible", "infeasible", "unknown"] = Field(
        description="of the search; with status 3 or 4 it may have found a schedule that is not whole"
    )
    text: str
    seconds: float
    interrupted: bool
    sessions: int = Field(description="of the schedule that was written; 0: none was")
    changes: list[ChangeOut] = Field(description="from the schedule that was revised to the one written")
    fewest_changes: int | None = Field(
        description="no revision has fewer sessions at another time: proven (in a folder, beside the others)"
    )
    wishes: list[WishOut]
    tiers: list[TierOut]
    fit: FitOut | None
    regularity: float | None = Field(description="the share of sessions that one sentence a family predicts")
    findings: list[FindingOut] = Field(description="wishes that are not met, sessions left out, what lacks")
    broken: list[FindingOut] = Field(description="what was held breaks these rules, past mending")
    given_up: list[FindingOut] = Field(
        description="rules not kept because a session is dropped or added as wished"
    )
    files: list[str]


class ElementOut(_Answer):
    """One of the rules that cannot all hold."""

    rule: str
    text: str
    place: str


class CountOut(_Answer):
    """A sum: what is needed against what there is."""

    text: str
    needs: int
    has: int


class CauseOut(_Answer):
    """Rules that cannot all hold; where it is minimal, without any one of them the others can."""

    minimal: bool
    elements: list[ElementOut]
    counting: list[CountOut]


class RepairOut(_Answer):
    """A way out of a cause; `changes` are those of a scenario."""

    number: int
    cause: int
    text: str
    cost: str
    proved: bool
    fit: str
    changes: list[Found]


class Explained(_Answer):
    """The answer of `ksolve explain --format json`."""

    version: Literal["ksolve-explain-1"] = Field("ksolve-explain-1", alias="schema")
    feasible: bool | None = Field(description="null: not known within the limit")
    causes: list[CauseOut]
    repairs: list[RepairOut]


class OutcomeOut(_Answer):
    """What one scenario came to; the base has no id."""

    id: str | None
    title: str
    verdict: Literal["optimal", "feasible", "infeasible", "unknown"]
    text: str
    seconds: float
    sessions: int | None
    fit: FitOut | None
    moved: int | None
    added: int | None
    dropped: int | None
    rehoused: int | None
    fewest_changes: int | None = Field(description="no plan of this scenario changes fewer: proven")
    tiers: list[TierOut]


class Compared(_Answer):
    """The answer of `ksolve whatif --format json`."""

    version: Literal["ksolve-whatif-1"] = Field("ksolve-whatif-1", alias="schema")
    outcomes: list[OutcomeOut]
    findings: list[FindingOut] = Field(description="the faults of scenarios that could not be used")


class PlanOut(_Answer):
    """What became of one plan of a folder."""

    plan: str = Field(description="the path of its file")
    schedule: str | None = Field(description="the path of its schedule, or of the folder written to")
    status: int = Field(description="the exit status that it would end with alone; 2: it cannot be used")
    answer: Checked | Solved | Revised | Compared | None = Field(
        description="null: the plan cannot be used, or `revise` leaves it as it was"
    )


class OfFolder(_Answer):
    """The answer of `check`, `solve`, `revise` and `whatif` with `--format json` of a folder of plans."""

    version: Literal["ksolve-folder-1"] = Field("ksolve-folder-1", alias="schema")
    status: int = Field(description="the exit status: the worst of the plans'")
    findings: list[FindingOut] = Field(
        description="of plans that cannot be used, and of what several plans share"
    )
    plans: list[PlanOut]


_MODELS: dict[Kind, type[_Answer]] = {
    "check": Checked,
    "solve": Solved,
    "revise": Revised,
    "explain": Explained,
    "whatif": Compared,
    "folder": OfFolder,
}


def schema_of(kind: Kind) -> dict[str, Any]:
    """Return the JSON Schema of a command's answer."""
    schema = _MODELS[kind].model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def printed(answer: _Answer) -> str:
    """Return an answer as it is printed."""
    return json.dumps(answer.model_dump(by_alias=True), ensure_ascii=False, indent=2)


def findings_out(findings: Iterable[Finding], lang: Lang) -> list[FindingOut]:
    """Return findings for programs."""
    return [FindingOut.model_validate(as_dict(one, lang)) for one in findings]


def unusable(plans: Iterable[Path]) -> list[PlanOut]:
    """Return the plans of a folder that cannot be used."""
    return [PlanOut(plan=str(path), schedule=None, status=int(Exit.USAGE), answer=None) for path in plans]


def paths_out(paths: Sequence[Path]) -> list[str]:
    """Return paths as they are printed."""
    return [str(path) for path in paths]
