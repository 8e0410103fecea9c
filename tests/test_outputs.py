"""What is written: whole files in the place of plain ones alone, not over what is read, one run a folder."""

from __future__ import annotations

import os
import socket
import stat
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from conftest import SMALL
from ksolve.errors import PlanError
from ksolve.files import locked, read_bytes, refuse_unwritable, write_whole
from running import ksolve

pytestmark = pytest.mark.skipif(os.name != "posix", reason="devices, links and locks of POSIX")


def _device(path: Path) -> None:
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 3))  # one of our own, as /dev/null is
    except PermissionError:
        pytest.skip("only root may make a device")


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(path))


def _refused(attempt: Callable[[], object]) -> list[str]:
    """Return the names of what keeps something from being written or read."""
    with pytest.raises(PlanError) as raised:
        attempt()
    return [found.rule for found in raised.value.findings]


@pytest.mark.parametrize("make", [_device, os.mkfifo, _socket])
@pytest.mark.parametrize("behind_a_link", [False, True])
def test_what_is_no_plain_file_is_never_replaced(
    make: Callable[[Path], None], tmp_path: Path, *, behind_a_link: bool
) -> None:
    node = tmp_path / "node"
    make(node)
    kind = stat.S_IFMT(node.lstat().st_mode)
    path = node
    if behind_a_link:
        path = tmp_path / "link"
        path.symlink_to(node)
    assert _refused(lambda: write_whole(path, b"x", force=True)) == ["no-plain-file"]
    assert _refused(lambda: refuse_unwritable([path], force=True)) == ["no-plain-file"]
    assert stat.S_IFMT(node.lstat().st_mode) == kind
    assert path.is_symlink() == behind_a_link
    assert {file.name for file in tmp_path.iterdir()} <= {"node", "link"}


def test_several_files_of_a_folder_that_exist_are_said_once_with_the_way_out(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.csv", "b.csv", "c.csv", "d.csv")]
    for path in paths:
        path.write_text("mine", encoding="utf-8")
    with pytest.raises(PlanError) as caught:
        refuse_unwritable([*paths, tmp_path / "new.csv"], force=False)
    (found,) = caught.value.findings
    assert (found.rule, found.place and found.place.file) == ("file-exists", str(tmp_path))
    assert "4個あります(a.csv、b.csv、c.csv、ほか1個)" in found.text.ja
    assert "4 of the files" in found.text.en
    assert found.remedy
    assert "--force" in found.remedy.ja


@pytest.mark.parametrize("target", ["nothing", "link"])
def test_a_link_that_names_nothing_or_itself_is_replaced_only_with_force(target: str, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(target)
    assert _refused(lambda: write_whole(link, b"x")) == ["file-exists"]
    assert _refused(lambda: refuse_unwritable([link], force=False)) == ["file-exists"]
    assert link.is_symlink()
    write_whole(link, b"x", force=True)
    assert not link.is_symlink()
    assert link.read_bytes() == b"x"


def test_behind_a_link_the_file_is_written_and_keeps_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    file, link = tmp_path / "there" / "file", tmp_path / "link"
    file.write_bytes(b"old")
    file.chmod(0o640)
    link.symlink_to(file)
    with pytest.raises(PlanError):
        write_whole(link, b"new")
    write_whole(link, b"new", force=True)
    assert link.is_symlink()
    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b", os.fsdecode(b"\xff.csv")])
def test_a_name_that_no_file_can_have_is_an_error_of_the_user(name: str, tmp_path: Path) -> None:
    assert _refused(lambda: write_whole(tmp_path / name, b"x")) == ["unwritable-file"]
    assert _refused(lambda: refuse_unwritable([tmp_path / name], force=False))
    assert _refused(lambda: read_bytes(tmp_path / name)) == ["unreadable-file"]


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux alone")
@pytest.mark.parametrize("name", ["x" * 5000, os.fsdecode(b"\xff.yaml")])
@pytest.mark.parametrize(
    "command",
    [("check", "PATH"), ("solve", "PLAN", "-o", "PATH"), ("read", "PATH"), ("check", "PLAN", "PATH"),
     ("check", "PLAN", "-o", "PATH"), ("report", "PLAN", "PLAN", "-o", "PATH")],
)  # fmt: skip
def test_such_a_name_on_the_command_line_exits_2(
    command: Sequence[str], name: str, small: Path, tmp_path: Path
) -> None:
    words = {"PATH": tmp_path / name, "PLAN": small}
    assert ksolve(*(words.get(word, word) for word in command)).returncode == 2


TABLE = "令和6年度 事業計画\n事業名\t実施回数\t4月\t5月\n健診\t年2回\t○\t○\n"
SCHEDULE = "事業,日付,開始,私の欄\n健診,2024-04-03,10:00,残す\n知らない事業,2024-04-03,10:00,これも\n"


@pytest.mark.parametrize(
    "command",
    [
        ("read", "table.tsv", "-o", "table.tsv"),
        ("read", "table.tsv", "-o", "sub/../table.tsv"),
        ("read", "table.tsv", "-o", "link.tsv"),
        ("check", "plan.yaml", "s.csv", "-o", "s.csv"),
        ("check", "plan.yaml", "s.csv", "-o", "plan.yaml"),
        ("check", "plan.yaml", "s.csv", "--baseline", "known.json", "-o", "known.json"),
        ("fit", "plan.yaml", "s.csv", "-o", "table.tsv"),
        ("solve", "plan.yaml", "--start-from", "out/schedule.csv", "-o", "out"),
        ("draft", "plan.yaml", "--year", "令和7年度", "-o", "plan.yaml"),
        ("whatif", "plan.yaml", "change.csv", "-o", "change.csv"),
        ("explain", "plan.yaml", "--apply", "1", "-o", "plan.yaml"),
    ],
)
def test_what_is_read_is_never_written_over(command: Sequence[str], tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "out").mkdir()
    files = {
        "table.tsv": TABLE,
        "plan.yaml": f"published: table.tsv\n{SMALL}",
        "s.csv": SCHEDULE,
        "out/schedule.csv": SCHEDULE,
        "known.json": "[]",
        "change.csv": 'schema: "1"\nid: c\ntitle: t\nwhy: w\nchanges: [{do: close, days: 8/1, why: w}]\n',
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "link.tsv").symlink_to("table.tsv")
    done = ksolve(*command, "--force", cwd=tmp_path)
    assert done.returncode == 2
    assert "[output-is-input]" in done.stderr
    assert {name: (tmp_path / name).read_text(encoding="utf-8") for name in files} == files


@pytest.mark.parametrize("force", [False, True])
def test_a_schedule_edited_by_hand_stays_as_it_is_when_its_folder_is_drawn_anew(
    small: Path, tmp_path: Path, *, force: bool
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    edited = out / "schedule.csv"
    edited.write_text(SCHEDULE, encoding="utf-8")
    if force:
        (out / "schedule.ics").write_text("old", encoding="utf-8")
    done = ksolve("report", small, edited, "-o", out, *(["--force"] if force else []))
    assert done.returncode == 1  # eleven sessions are missing, and one is unknown
    assert edited.read_text(encoding="utf-8") == SCHEDULE
    assert f"{edited} は読み込んだ予定なので、書き換えていません" in done.stderr
    assert str(edited) not in done.stdout
    assert (out / "schedule.ics").read_text(encoding="utf-8").startswith("BEGIN:VCALENDAR")


def test_two_runs_do_not_write_to_one_folder(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with locked(out):
        with pytest.raises(PlanError) as raised, locked(out):
            pass
        assert [found.rule for found in raised.value.findings] == ["folder-in-use"]
        done = ksolve("solve", small, "-o", out)
        assert done.returncode == 2
        assert "別の ksolve がこのフォルダに書き出しているところです" in done.stderr
        assert list(out.iterdir()) == []
    assert ksolve("solve", small, "-o", out).returncode == 0


def test_a_folder_that_was_made_for_nothing_goes_again(small: Path, tmp_path: Path) -> None:
    small.write_text(SMALL.replace("月1回", "月9回"), encoding="utf-8")  # there are five Wednesdays at most
    assert ksolve("solve", small, "-o", tmp_path / "a" / "b").returncode == 3
    assert not (tmp_path / "a").exists()
    (tmp_path / "mine").mkdir()
    assert ksolve("solve", small, "-o", tmp_path / "mine").returncode == 3
    assert (tmp_path / "mine").exists()


@pytest.mark.parametrize("target", ["nothing", "a"])
def test_a_folder_that_is_a_broken_link_or_a_file_is_an_error_before_the_search(
    target: str, small: Path, tmp_path: Path
) -> None:
    (tmp_path / "a").symlink_to(target)
    done = ksolve("solve", small, "-o", tmp_path / "a")
    assert done.returncode == 2
    assert "[unwritable-file]" in done.stderr
    assert ksolve("solve", small, "-o", small).returncode == 2


def test_only_what_has_an_end_is_read_and_only_so_much(tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(100 << 20)  # a hole: nothing is stored
    assert _refused(lambda: read_bytes(large)) == ["too-large"]
    node = tmp_path / "node"
    _device(node)
    assert _refused(lambda: read_bytes(node)) == ["unreadable-file"]
