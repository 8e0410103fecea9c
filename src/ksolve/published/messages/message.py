"""The wording of one kind of finding, and what many of them say about overruling the reader."""

from __future__ import annotations

from dataclasses import dataclass

from ksolve.findings import Severity
from ksolve.text import Text


@dataclass(frozen=True, slots=True)
class Message:
    """The wording of one kind of finding; ``{names}`` are filled in where it is found."""

    severity: Severity
    text: Text
    resolution: Text | None = None
    remedy: Text | None = None


BY_WINDOWS = Text(
    "計画の marks または windows に月と why を書くと上書きできます",
    "to overrule, write marks or windows with a why in the plan",
)
BY_FREQUENCY = Text(
    "計画の frequency と why で上書きできます",
    "to overrule, write frequency with a why in the plan",
)
BY_DATES = Text(
    "計画の frequency に日付(4/20、5/11・18)と why を書くと上書きできます",
    "to overrule, write the dates (4/20、5/11・18) as frequency with a why in the plan",
)
BY_YEAR = Text("--year で年度を指定できます", "--year names another")
BY_COLUMN = Text(
    "違うときは --column 事業=教室名 のように、列の意味を指定できます",
    "if it is another, say which: --column 事業=教室名",
)
