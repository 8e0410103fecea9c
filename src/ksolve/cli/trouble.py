"""A bug of this program: its traceback, what to send, and for a wrong answer a bundle to repeat it."""

from __future__ import annotations

import json
import sys
import tempfile
import traceback
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ksolve.cli.console import put
from ksolve.errors import PlanError
from ksolve.text import Lang, Text

if TYPE_CHECKING:
    from ksolve.problem import Problem
    from ksolve.verified import DisagreementError


def report_bug(error: Exception, lang: Lang) -> None:
    """Print a traceback on stderr, and below it what it means and what to send."""
    put("".join(traceback.format_exception(error)).rstrip("\n"), to=sys.stderr)
    print(_BUG(lang), file=sys.stderr)
    verified = sys.modules.get("ksolve.verified")  # where it was never imported nothing can disagree
    if verified and isinstance(error, verified.DisagreementError):
        print(_BUNDLE.fill(path=_bundle(error))(lang), file=sys.stderr)


def _bundle(error: DisagreementError) -> Path:
    """Write what repeats a disagreement: the command, the inputs, the refused schedule, what it breaks."""
    from ksolve.record.manifest import versions
    from ksolve.schedules.tidy import schedule_csv

    path = Path(tempfile.mkdtemp(prefix="ksolve-bug-")) / "ksolve-bug.zip"
    command = json.dumps({"arguments": sys.argv[1:], "versions": versions()}, ensure_ascii=False, indent=2)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("command.json", command)
        bundle.writestr("disagreement.txt", str(error))
        bundle.writestr("traceback.txt", "".join(traceback.format_exception(error)))
        bundle.writestr("schedule.csv", schedule_csv(error.schedule, error.problem))
        for number, file in enumerate(sorted(set(_inputs(error.problem)))):
            bundle.write(file, f"inputs/{number}-{file.name}")
    return path


def _inputs(problem: Problem) -> Iterator[Path]:
    """Yield the files named on the command line, those of the problem, and the published table."""
    files = {Path(argument) for argument in sys.argv[1:]}
    places = [*(one.place for one in problem.series), *(one.place for one in problem.resources)]
    files |= {Path(place.file) for place in places if place}
    for file in files:
        if file.is_file():
            yield file
            yield from _published(file)


def _published(file: Path) -> Iterator[Path]:
    """Yield the table that a plan names, if the file is one."""
    from ksolve.files import beside
    from ksolve.plan.yamlfile import read_yaml

    try:
        value = read_yaml(file).value
    except PlanError:
        return
    name = value.get("published") if isinstance(value, dict) else None
    if isinstance(name, str) and beside(file, name).is_file():
        yield beside(file, name)


_BUG = Text(
    "これは ksolve の不具合で、入力の誤りではありません。"
    "上の行のすべてと、実行したコマンド、計画のファイルを開発元に送ってください。",
    "This is a bug of ksolve, not a fault of your files. "
    "Please send all the lines above, the command, and the plan's files to its developers.",
)
_BUNDLE = Text(
    "再現に必要なものを {path} にまとめました(計画の内容を含みます)。これを送ってください。",
    "What repeats it is in {path} (it holds the plan itself). Please send that file.",
)
