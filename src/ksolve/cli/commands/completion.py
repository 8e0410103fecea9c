"""completion: what a shell needs to complete commands, options, programmes and sessions."""

from __future__ import annotations

from typing import Annotated

from typer._completion_shared import Shells, get_completion_script, install

from ksolve.cli.completing import COMPLETING
from ksolve.cli.console import put, say
from ksolve.cli.options import LangOption
from ksolve.cli.parameters import argument, option
from ksolve.text import Text

MORE = Text(
    "--install を付けると、使っているシェルの設定に書き加えます。シェルを開き直すと使えます。"
    "コマンド、オプション、計画の事業の名前、予定の回が TAB で補われます。",
    "With --install it is added to the shell's own settings, and works in the next shell. "
    "TAB then completes commands, options, the programmes of a plan and the sessions of a schedule.",
)


def completion(
    shell: Annotated[
        Shells,
        argument(
            Text(
                "シェル(`bash`、`zsh`、`fish`、`powershell`)",
                "the shell: `bash`, `zsh`, `fish`, `powershell`",
            ),
            metavar="[SHELL]",
        ),
    ] = Shells.bash,
    *,
    into: Annotated[
        bool, option(Text("シェルの設定に書き加える", "add it to the settings of the shell"), "--install")
    ] = False,
    lang: LangOption = "ja",
) -> None:
    """Print the script for a shell, or install it."""
    if into:
        _, path = install(shell=shell.value, prog_name="ksolve", complete_var=COMPLETING)
        say(_INSTALLED.fill(path=path), lang)
    else:
        put(get_completion_script(prog_name="ksolve", complete_var=COMPLETING, shell=shell.value))


_INSTALLED = Text("{path} に書きました。シェルを開き直すと使えます。", "written to {path}; open a new shell.")
