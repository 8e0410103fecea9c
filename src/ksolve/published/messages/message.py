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
    "計画の marks か windows(記入表では「印の月」「必ず行う月」)に月を、"
    "why(記入表では「表と違う理由」)に理由を書くと上書きできます",
    "to overrule, write marks or windows with a why in the plan"
    " (in a form: marks, months that must hold, why it departs)",
)
BY_FREQUENCY = Text(
    "計画の frequency と why(記入表では「実施回数」「表と違う理由」)で上書きできます",
    "to overrule, write frequency with a why in the plan (in a form: frequency, why it departs)",
)
BY_DATES = Text(
    "計画の frequency(記入表では「実施回数」)に日付(4/20、5/11・18)を、"
    "why(記入表では「表と違う理由」)に理由を書くと上書きできます",
    "to overrule, write the dates (4/20、5/11・18) as frequency"
    " with a why in the plan (in a form: frequency, why it departs)",
)
BY_YEAR = Text("--year で年度を指定できます", "--year names another")
BY_ROOMS = Text(
    "計画の sessions の rooms と more_rooms"
    "(記入表ではシート「回の種類」の「部屋」「同時に使う部屋」)で変えられます",
    "rooms and more_rooms of the plan's sessions say otherwise (in a form: rooms, further rooms)",
)
BY_COLUMN = Text(
    "違うときは --column 事業=教室名 のように、列の意味を指定できます",
    "if it is another, say which: --column 事業=教室名",
)
