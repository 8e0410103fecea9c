"""The table of commands: what `ksolve --help` lists, without loading any of them.

**To add a command**, write `commands/NAME.py` (`-` becomes `_`) and a row here, and run `make docs`
(docs/commands.md); nothing else.
The file holds one function of that name. Its parameters are the command's: what several commands
have stands in `options.py`, its own are made by `option` and `argument` of `parameters.py`, with
their help in both languages. What is more than a line of help stands in the same file as
`MORE = Text(ja, en)`, a paragraph a line. Imports stand at the top as everywhere; only what a part
of the command needs (a search, in a command that mostly does without) is imported where it begins.
The function parses, calls and prints; what it calls belongs to the package that knows the matter.
It ends by returning, or by `leave(Exit....)`.
"""

from __future__ import annotations

from dataclasses import dataclass

from ksolve.text import Text


@dataclass(frozen=True, slots=True)
class Row:
    """A command: its name, and the line of help that says what it does."""

    name: str
    line: Text

    @property
    def module(self) -> str:
        """The module that holds the command's function, which is called as the module is."""
        return f"ksolve.cli.commands.{self.name.replace('-', '_')}"


COMMANDS = (
    Row(
        "init",
        Text(
            "はじめのフォルダを作ります(記入表、表、シナリオの例、README)",
            "Write a folder to begin with: plan, table, a scenario, README",
        ),
    ),
    Row(
        "demo",
        Text(
            "小金井市の計画を例に、最初から最後まで通して行います", "Run the whole path on the Koganei plan"
        ),
    ),
    Row(
        "form",
        Text(
            "計画を書き込む Excel の記入表を作ります",
            "Make a workbook in which a plan is filled in",
        ),
    ),
    Row(
        "read",
        Text(
            "公表された表を読み、事業・回数・期間と、読み方の指摘を示します",
            "Read a published table: programmes, counts, windows, findings",
        ),
    ),
    Row(
        "check",
        Text(
            "予定が計画の規則を守っているか、計画が成り立つかを調べます",
            "Check a schedule, or whether a plan can be held",
        ),
    ),
    Row(
        "solve",
        Text(
            "すべての回に日付・時刻・部屋・職員を割り当てます",
            "Give every session its date, time, room and staff",
        ),
    ),
    Row(
        "alternatives",
        Text(
            "同じくらい良く、できるだけ違う案をいくつか作ります",
            "Make several plans as good as the best, to choose from",
        ),
    ),
    Row(
        "explain",
        Text("計画が成り立たない理由と、解決策を示します", "Say why a plan cannot be met, and the ways out"),
    ),
    Row(
        "why-not",
        Text(
            "ある回をなぜその日に行えないか、行うなら何が動くかを示します",
            "Say why a session is not on a date, and what would move",
        ),
    ),
    Row(
        "why",
        Text(
            "ある回がなぜその日にあるか、ほかの日ではどうなるかを示します",
            "Say why a session is where it is, and where else it could be",
        ),
    ),
    Row(
        "revise",
        Text(
            "配布した予定を、できるだけ少ない変更で直します",
            "Revise a printed schedule with the fewest changes",
        ),
    ),
    Row("diff", Text("二つの予定の違いを示します", "Show what differs between two schedules")),
    Row(
        "whatif",
        Text("シナリオごとの結果を元の計画と並べて示します", "Show scenarios side by side with the base"),
    ),
    Row(
        "stress",
        Text(
            "職員の休みや警報のある年を試し、予定がどれだけ守れるかを示します",
            "Try a schedule on years in which things go wrong",
        ),
    ),
    Row("apply", Text("シナリオを計画に書き込みます", "Write scenarios into a plan")),
    Row(
        "next",
        Text(
            "前年度の計画と実施した予定から、次の年度のものを作ります",
            "Make next year's plan, schedule and lists from what was held",
        ),
    ),
    Row(
        "draft", Text("次の年度の計画だけを作ります", "Write next year's plan alone, the short form of next")
    ),
    Row(
        "fit",
        Text(
            "公表計画の約束と印がどれだけ守られたかを示します",
            "Show how far a schedule keeps the published plan",
        ),
    ),
    Row(
        "deadlines",
        Text(
            "広報の原稿・会場予約・講師依頼などの締切を、日付順に一覧にします",
            "List by date what is due before the sessions",
        ),
    ),
    Row(
        "report",
        Text("予定からCSV・ICS・Excel・HTMLを作ります", "Draw a schedule as CSV, ICS, Excel and HTML"),
    ),
    Row(
        "table",
        Text(
            "予定の回や時間を、職員・月などで数えた表にします",
            "Count a schedule by staff, by month and the like",
        ),
    ),
    Row(
        "rules",
        Text(
            "計画に書ける規則の一覧、または一つの規則の説明を示します",
            "List the rules that a plan may state, or explain one",
        ),
    ),
    Row(
        "frequency",
        Text(
            "実施回数(月1回×5か月×2グループ など)の意味を示します",
            "Say what a frequency means, or list all that are known",
        ),
    ),
    Row(
        "schema",
        Text(
            "計画などのファイルや JSON の答えの JSON Schema を出力します",
            "Print the JSON Schema of a kind of file or answer",
        ),
    ),
    Row(
        "doctor",
        Text(
            "このパソコンで使えるかを調べ、足りないものの入れ方を示します",
            "Say what this machine lacks, and how to get it",
        ),
    ),
    Row(
        "completion",
        Text("シェルで TAB を押したときの補完を使えるようにします", "Let a shell complete what is typed"),
    ),
)
"""In the order in which --help lists them: that in which a planner meets them."""

BY_NAME = {row.name: row for row in COMMANDS}
