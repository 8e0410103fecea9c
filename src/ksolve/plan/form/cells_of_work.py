"""Cells that say what sessions take, and what they are held with."""

from __future__ import annotations

import re
from typing import Any

from ksolve.letters import narrow
from ksolve.plan.form.cells import JOIN, NUMBER, Cell, Shown, Unsayable, parts
from ksolve.plan.form.names import Kind, Names, Unreadable
from ksolve.text import Text


def _further(value: Any, names: Names) -> str:
    """Show rooms taken at the same time: 調理室、会議室または研修室."""
    either = [one if isinstance(one, list) else [one] for one in value]
    return JOIN.join("または".join(names.shown("room", room) for room in one) for one in either)


def _read_further(text: str, names: Names) -> list[Any]:
    found = [[names.id_of("room", room) for room in re.split(r"または| or ", part)] for part in parts(text)]
    return [one[0] if len(one) == 1 else one for one in found]


FURTHER_ROOMS = Cell(_further, _read_further, listed=True)


def _needed(value: Any, names: Names) -> str:
    """Show whom a session needs: 保健師1人、保育士2人."""
    return JOIN.join(f"{names.shown('staff', pool)} {number}人" for pool, number in value.items())


def _read_needed(text: str, names: Names) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in parts(text):
        split = re.fullmatch(r"(.+?)\s*[×x*:]?\s*(\d+)\s*[人名]?", narrow(part))
        whole = _known(names, "staff", part)
        pool, number = (whole, "1") if whole or not split else (names.id_of("staff", split[1]), split[2])
        found[pool or names.id_of("staff", part)] = number
    return found


def _known(names: Names, kind: Kind, text: str) -> str:
    """Return the id that a text means as a whole, nothing where it means none."""
    try:
        return names.id_of(kind, text)
    except Unreadable:
        return ""


STAFF_NEEDED = Cell(_needed, _read_needed)


def _bonds(value: Any, names: Names) -> str:
    """Show what is held together: 講習会(2回・日だけ・理由)."""
    return JOIN.join(_bond(one, names) for one in value)


def _bond(value: Any, names: Names) -> str:
    if not value.keys() <= {"with", "sessions", "shared", "why"} or value.get("shared", "false") != "false":
        raise Unsayable
    said = [f"{value['sessions']}回"] if "sessions" in value else []
    said += ["日だけ"] if "shared" in value else []
    said += [value["why"]] if "why" in value else []
    return names.shown("programme", value["with"]) + (f"({'・'.join(said)})" if said else "")


def _read_bonds(text: str, names: Names) -> list[dict[str, str]]:
    return [_read_bond(part, names) for part in parts(text)]


def _read_bond(text: str, names: Names) -> dict[str, str]:
    found = re.fullmatch(
        r"(.+)[(（](?:(\d+)回(?:・|(?=[)）])))?(?:(日だけ)(?:・|(?=[)）])))?([^()（）]*)[)）]", text
    )
    if found is None or _known(names, "programme", text):
        return {"with": names.id_of("programme", text)}
    said = {"sessions": found[2], "shared": "false" if found[3] else "", "why": found[4]}
    return {"with": names.id_of("programme", found[1])} | {key: value for key, value in said.items() if value}


TOGETHER = Cell(_bonds, _read_bonds, listed=True)


def _skills(value: Any, names: Names) -> str:
    """Show what members taken must be able to do: 保育士(手話、英語)."""
    said = {pool: [skills] if isinstance(skills, str) else skills for pool, skills in value.items()}
    return JOIN.join(f"{names.shown('staff', pool)}({JOIN.join(skills)})" for pool, skills in said.items())


def _read_skills(text: str, names: Names) -> dict[str, list[str]]:
    found = {}
    for part in parts(text):
        split = re.fullmatch(r"(.+?)\s*[(（](.+)[)）]", part)
        if split is None:
            raise Unreadable(_OF_SKILLS)
        found[names.id_of("staff", split[1])] = parts(split[2])
    return found


SKILLS = Cell(_skills, _read_skills)


def _reserve(value: Any, _names: Names) -> Shown:
    """Show the reserve dates of each session: 1, or 1(7日以内)."""
    if not isinstance(value, dict):
        return NUMBER.show(value, _names)
    return f"{value['dates']}({value['within']}日以内)"


def _read_reserve(text: str, names: Names) -> Any:
    found = re.fullmatch(r"(.+?)\s*[(（](\d+)日以内[)）]", narrow(text))
    return {"dates": found[1], "within": found[2]} if found else NUMBER.read(text, names)


RESERVE = Cell(_reserve, _read_reserve)
_OF_SKILLS = Text(
    "保育士(手話) の形で書いてください", "write 保育士(手話): whom, and in brackets what they can do"
)
