"""What this machine has of what ksolve needs: versions, extras, fonts, cores, memory, folders, locale."""

from __future__ import annotations

import locale
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Literal

from ksolve.text import Text, plain

State = Literal["fine", "optional", "missing"]
"""`missing` is what ksolve cannot do without, `optional` what a part of it wants."""

_LEAST_PYTHON = (3, 11)
_LEAST_MEMORY = 1 << 30
_USUAL_MEMORY = 2 << 30
"""Koganei's plan is solved within 700 MB; two workers and a browser beside it want two gigabytes."""
_LEAST_DISK = 200 << 20
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_EXTRA = re.compile(r"extra\s*==\s*[\"'](\w+)[\"']")
_FONTS = (
    Path("/System/Library/Fonts"),
    Path("C:/Windows/Fonts"),
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".fonts",
    Path.home() / ".local/share/fonts",
)
_JAPANESE = re.compile(
    r"cjk|gothic|mincho|meiryo|ipa|takao|hiragino|vl-?g|noto.*jp|source.*han|msgothic|yu", re.IGNORECASE
)
_EXTRAS = {
    "docx": Text("Word の表を読む", "to read tables in Word files"),
    "pdf": Text("PDF の表を読む", "to read tables in PDF files"),
    "dask": Text("何台ものコンピューターで探索する", "to solve on several machines"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was looked at: what was found, and the command that mends it where something lacks."""

    name: Text
    state: State
    text: Text
    command: Text | None = None


def examined() -> Iterator[Found]:
    """Yield all that was found, what is needed first."""
    yield _python()
    yield from _packages()
    yield from _extras()
    yield _fonts()
    yield _cores()
    yield _memory()
    yield _folder()
    yield _locale()


def _python() -> Found:
    own = ".".join(map(str, sys.version_info[:3]))
    text = plain(f"{own} ({platform.system()} {platform.machine()})")
    if sys.version_info[:2] >= _LEAST_PYTHON:
        return Found(plain("Python"), "fine", text)
    return Found(plain("Python"), "missing", text, plain("https://www.python.org/downloads/"))


def _packages() -> Iterator[Found]:
    """Yield ksolve itself and what it is made with; those that are there in one line."""
    there, lacking = [f"ksolve {_version('ksolve') or '?'}"], list[str]()
    for requirement in _required(""):
        name = _name(requirement)
        found = _version(name)
        (there if found else lacking).append(f"{name} {found}" if found else requirement)
    yield Found(_PACKAGES, "fine", plain(", ".join(there)))
    if lacking:
        wanted = " ".join(f"'{one}'" for one in lacking)
        yield Found(_PACKAGES, "missing", plain(", ".join(lacking)), plain(f"python -m pip install {wanted}"))


def _extras() -> Iterator[Found]:
    for extra, purpose in _EXTRAS.items():
        needed = [_name(one) for one in _required(extra)]
        found = [f"{name} {_version(name)}" for name in needed if _version(name)]
        name = Text(f"追加 [{extra}]", f"extra [{extra}]")
        if len(found) == len(needed):
            yield Found(name, "fine", plain(", ".join(found)))
        else:
            command = plain(f"python -m pip install 'ksolve[{extra}]'")
            yield Found(name, "optional", _NOT_INSTALLED.fill(purpose=purpose), command)


def _required(extra: str) -> list[str]:
    """Return what ksolve requires, of itself or for an extra."""
    found = []
    for line in requires("ksolve") or ():
        requirement, _, marker = line.partition(";")
        of = _EXTRA.search(marker)
        if (of[1] if of else "") == extra:
            found.append(requirement.strip())
    return found


def _name(requirement: str) -> str:
    found = _NAME.match(requirement)
    return found[0] if found else requirement


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _fonts() -> Found:
    """Tell whether a font with Japanese letters is there, which browsers need to show and print reports."""
    name = Text("日本語の字体", "Japanese fonts")
    listed = shutil.which("fc-list")
    if listed:
        done = subprocess.run(  # noqa: S603 - found on the path, with fixed arguments
            [listed, ":lang=ja", "family"], capture_output=True, text=True, timeout=20, check=False
        )
        families = sorted(
            {line.partition(",")[0].strip() for line in done.stdout.splitlines() if line.strip()}
        )
    else:
        files = (path for folder in _FONTS if folder.is_dir() for path in folder.rglob("*.[to]t[fc]"))
        families = sorted({path.stem for path in files if _JAPANESE.search(path.stem)})
    if families:
        more = f" +{len(families) - 3}" if len(families) > 3 else ""
        return Found(name, "fine", plain(", ".join(families[:3]) + more))
    return Found(name, "optional", _NO_FONTS, _FONT_COMMAND)


def _cores() -> Found:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    name = Text("CPUのコア", "cores")
    return Found(
        name, "fine", Text(f"{cores} (--workers は 2 がふつうです)", f"{cores} (--workers is usually 2)")
    )


def _memory() -> Found:
    name, size = Text("メモリ", "memory"), _memory_size()
    text = plain(f"{size / (1 << 30):.1f} GB")
    if not size:
        return Found(name, "fine", Text("分かりません", "unknown"))
    if size >= _USUAL_MEMORY:
        return Found(name, "fine", text)
    state: State = "optional" if size >= _LEAST_MEMORY else "missing"
    return Found(name, state, text + _LITTLE_MEMORY, plain("ksolve solve … --workers 1"))


def _memory_size() -> int:
    """Return the bytes that this process may have, 0 where the system does not tell."""
    sizes = []
    for file in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        path = Path(file)
        text = path.read_text(encoding="ascii").strip() if path.is_file() else ""
        sizes += [int(text)] if text.isdecimal() else []
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        sizes.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    return min(sizes, default=0)


def _folder() -> Found:
    """Look at the folder for temporary files; ksolve keeps no cache beside it."""
    name, folder = Text("一時フォルダ", "temporary folder"), Path(tempfile.gettempdir())
    try:
        with tempfile.TemporaryFile(dir=folder):
            free = shutil.disk_usage(folder).free
    except OSError as error:
        return Found(name, "missing", plain(f"{folder}: {error.strerror}"), plain("export TMPDIR=…"))
    text = Text(
        f"{folder} (空き {free >> 20} MB。キャッシュはありません)",
        f"{folder} ({free >> 20} MB free; no cache)",
    )
    if free >= _LEAST_DISK:
        return Found(name, "fine", text)
    return Found(name, "missing", text, plain("export TMPDIR=…"))


def _locale() -> Found:
    name = Text("言語と文字", "locale")
    encoding = (sys.stdout.encoding if sys.stdout else "") or locale.getpreferredencoding(do_setlocale=False)
    spoken = os.environ.get("KSOLVE_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or "-"
    text = plain(f"{spoken}, {encoding}")
    if encoding.lower().replace("-", "") == "utf8":
        return Found(name, "fine", text)
    command = plain("set PYTHONUTF8=1" if os.name == "nt" else "export PYTHONUTF8=1")
    return Found(name, "optional", text + _NO_UTF8, command)


_PACKAGES = Text("必要なソフト", "packages")
_NOT_INSTALLED = Text("入っていません({purpose}ときに必要です)", "not installed ({purpose})")
_NO_FONTS = Text(
    "見つかりません(報告書を表示・印刷するときに必要です)", "none found (browsers need one for the reports)"
)
_FONT_COMMAND = Text(
    "sudo apt-get install fonts-noto-cjk (Fedora: sudo dnf install google-noto-sans-cjk-fonts)",
    "sudo apt-get install fonts-noto-cjk (Fedora: sudo dnf install google-noto-sans-cjk-fonts)",
)
_LITTLE_MEMORY = Text("。大きな計画には足りないことがあります", "; large plans may want more")
_NO_UTF8 = Text("。一部の文字が表示できません", "; some letters cannot be shown")
