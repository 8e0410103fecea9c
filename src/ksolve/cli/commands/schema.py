"""schema: the JSON Schema of what a planner writes."""

from __future__ import annotations

import json
from typing import Annotated, Literal

from ksolve.cli.console import put
from ksolve.cli.parameters import argument
from ksolve.plan.json_schema import json_schema
from ksolve.text import Text


def schema(
    kind: Annotated[
        Literal["plan", "resources", "scenario"],
        argument(
            Text("計画(plan)、資源(resources)、シナリオ(scenario)", "what the schema is of"), metavar="[KIND]"
        ),
    ] = "plan",
) -> None:
    """Print a JSON Schema."""
    put(json.dumps(json_schema(kind), ensure_ascii=False, indent=2))
