"""The JSON Schemas of the files that planners write, for their editors."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from ksolve.plan.centre import Resources
from ksolve.plan.scenario import Scenario
from ksolve.plan.schema import Plan

Kind = Literal["plan", "resources", "scenario"]

_MODELS: dict[Kind, type[BaseModel]] = {"plan": Plan, "resources": Resources, "scenario": Scenario}
_VERSION = {"enum": [1, "1"], "description": "version of the file format"}


def json_schema(kind: Kind) -> dict[str, Any]:
    """Return the JSON Schema of a kind of file, as an editor's YAML support wants it."""
    schema = _MODELS[kind].model_json_schema()
    for model in (schema, *schema.get("$defs", {}).values()):
        if "schema" in model.get("properties", {}):
            model["properties"]["schema"] = _VERSION
    if kind == "plan":
        inline = schema["properties"]["resources"]
        schema["properties"]["resources"] = {
            "anyOf": [{"type": "string", "description": "file beside the plan"}, inline]
        }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
