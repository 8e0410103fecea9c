"""schema: the JSON Schema of what a planner writes, and of what commands print for programs."""

from __future__ import annotations

import json
from typing import Annotated, Literal

from ksolve.cli.console import put
from ksolve.cli.machine import schema_of
from ksolve.cli.parameters import argument
from ksolve.plan.json_schema import json_schema
from ksolve.text import Text


def schema(
    kind: Annotated[
        Literal["plan", "resources", "scenario", "check", "solve", "revise", "explain", "whatif", "folder"],
        argument(
            Text(
                "`plan`(計画)、`resources`(部屋・職員)、`scenario`(シナリオ)、または JSON を出すコマンドの"
                "名前: `check`、`solve`、`revise`、`explain`、`whatif`。計画のフォルダのものは `folder`",
                "`plan`, `resources`, `scenario`; or a command, for its JSON: `check`, `solve`, "
                "`revise`, `explain`, `whatif`; `folder` for that of a folder of plans",
            ),
            metavar="[KIND]",
        ),
    ] = "plan",
) -> None:
    """Print a JSON Schema."""
    match kind:
        case "plan" | "resources" | "scenario":
            made = json_schema(kind)
        case "check" | "solve" | "revise" | "explain" | "whatif" | "folder":
            made = schema_of(kind)
    put(json.dumps(made, ensure_ascii=False, indent=2))
