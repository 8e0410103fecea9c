"""One change of a scenario, written into the text of a plan; `overlay` makes the same of a loaded plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ksolve.plan.scenario import (
    RELAXED,
    Absent,
    Add,
    AddRules,
    Capacity,
    Change,
    Close,
    CloseRoom,
    Hours,
    More,
    Open,
    Present,
    Relax,
    Remove,
    SetAudience,
    SetFrequency,
    SetSession,
)
from ksolve.plan.yaml_edit import Path, YamlText

Raw = dict[str, Any]
"""A change as its scenario spells it."""


@dataclass(frozen=True)
class PlanText:
    """The texts of a plan and of its centre, which may stand in the same file below `root`."""

    plan: YamlText
    centre: YamlText
    root: Path

    @classmethod
    def of(cls, plan: str, centre: str | None, file: str, centre_file: str) -> PlanText:
        """Take the text of a plan, and that of its resources where they have a file of their own."""
        text = YamlText(plan, file)
        own = None if centre is None else YamlText(centre, centre_file)
        return cls(text, own or text, () if own else ("resources",))

    def item(self, kind: str, name: str) -> Path:
        """Return where a room, pool, audience or kind of session stands in the text of the centre."""
        items = self.centre.value((*self.root, kind)) or []
        return (*self.root, kind, [item["id"] for item in items].index(name))

    def pool(self, name: str) -> Path:
        """Return where a room or a staff pool stands."""
        rooms = [room["id"] for room in self.centre.value((*self.root, "rooms")) or []]
        return self.item("rooms" if name in rooms else "staff", name)

    def programme(self, name: str) -> Path:
        """Return where a programme, or ``programme.component``, stands in the text of the plan."""
        whole, _, part = name.partition(".")
        at: Path = ("programmes", [item["id"] for item in self.plan.value(("programmes",))].index(whole))
        if not part:
            return at
        parts = self.plan.value((*at, "components"))
        return (*at, "components", [item["id"] for item in parts].index(part))


def write_change(texts: PlanText, change: Change, raw: Raw) -> None:
    """Write a change that `overlay` has found possible, with its reason: as `why` or as a comment."""
    _WRITE[type(change)](texts, change, raw)


def _keys(raw: Raw, *keys: str) -> Raw:
    """Return these keys of a change, as far as they are written."""
    return {key: raw[key] for key in keys if raw.get(key) is not None}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _close_room(texts: PlanText, change: CloseRoom, raw: Raw) -> None:
    texts.centre.append((*texts.item("rooms", change.room), "closed"), _keys(raw, "days", "count", "why"))


def _absent(texts: PlanText, change: Absent, raw: Raw) -> None:
    pool = texts.item("staff", change.staff)
    if change.member is None:
        texts.centre.append((*pool, "absent"), _keys(raw, "days", "count", "why"))
        return
    member = (*pool, "members", _member(texts, pool, change.member))
    texts.centre.append((*member, "absent"), raw["days"], change.why)


def _member(texts: PlanText, pool: Path, name: str) -> int:
    return [member["name"] for member in texts.centre.value((*pool, "members"))].index(name)


def _close(texts: PlanText, _: Close, raw: Raw) -> None:
    texts.centre.append((*texts.root, "calendar", "closed"), _keys(raw, "days", "why"))


def _open(texts: PlanText, change: Open, raw: Raw) -> None:
    texts.centre.append((*texts.root, "calendar", "opened"), raw["days"], change.why)


def _present(texts: PlanText, change: Present, raw: Raw) -> None:
    texts.centre.append((*texts.pool(change.of), "present"), raw["days"], change.why)


def _capacity(texts: PlanText, change: Capacity, raw: Raw) -> None:
    texts.centre.set((*texts.pool(change.of), "count"), raw["count"], change.why)


def _more(texts: PlanText, change: More, raw: Raw) -> None:
    extra = _keys(raw, "count", "weekly", "days") or {"count": "1"}
    texts.centre.append((*texts.pool(change.of), "more"), extra, change.why)


def _hours(texts: PlanText, change: Hours, raw: Raw) -> None:
    at = texts.pool(change.of)
    if change.shift is not None:
        at = (*at, "shifts", change.shift - 1)
    elif change.member is not None:
        at = (*at, "members", _member(texts, at, change.member))
    texts.centre.set((*at, "weekly"), raw["weekly"], change.why)


def _audience(texts: PlanText, change: SetAudience, raw: Raw) -> None:
    texts.centre.set((*texts.item("audiences", change.of), "apart"), raw["apart"], change.why)


def _session(texts: PlanText, change: SetSession, raw: Raw) -> None:
    at = texts.item("sessions", change.of)
    told = {key: value for key, value in _keys(raw, *_OF_SESSION).items() if value != []}
    _set_all(texts.centre, at, told, change.why)


_OF_SESSION = ("weekdays", "starts", "rooms", "people", "per_day")


def _set_all(text: YamlText, at: Path, told: Raw, comment: str) -> None:
    """Set several keys of one mapping, the reason above the first."""
    for key, value in told.items():
        text.set((*at, key), value, comment)
        comment = ""


def _frequency(texts: PlanText, change: SetFrequency, raw: Raw) -> None:
    at = texts.programme(change.programme)
    _set_with_why(texts.plan, at, {"frequency": raw["frequency"]}, change.why)


def _set_with_why(text: YamlText, at: Path, told: Raw, why: str) -> None:
    """Set keys of a programme or rule, with the reason as its `why`, or as a comment where it has one."""
    has_own = bool(text.value((*at, "why")))
    _set_all(text, at, told, why if has_own else "")
    if not has_own:
        text.set((*at, "why"), why, after=list(told)[-1])


def _relax(texts: PlanText, change: Relax, raw: Raw) -> None:
    node: Path = texts.programme(change.programme) if change.programme else ()
    if change.rule in ("together", "windows"):
        _without(texts.plan, (*node, change.rule), change.why)
    elif change.rule == "in_months" and change.programme:
        if raw.get("months") is None:
            _without(texts.plan, (*node, "months"), change.why)
        else:
            texts.plan.set((*node, "months"), raw["months"], change.why)
    else:
        rules = _listed(texts.plan.value((*node, "rules")))
        named = [at for at, rule in enumerate(rules) if rule["rule"] == change.rule]
        _relaxed(texts.plan, (*node, "rules", named[change.which - 1]), change, raw)


def _relaxed(text: YamlText, rule: Path, change: Relax, raw: Raw) -> None:
    told = _keys(raw, *RELAXED)
    if change.dates:
        told["days"] = _listed(raw["dates"])
    if told:
        _set_with_why(text, rule, told, change.why)
    else:
        text.remove(rule, change.why)


def _without(text: YamlText, key: Path, why: str) -> None:
    """Take out a key of a programme; the reason alone is written where it has none."""
    if text.document.node_at(key) is None:
        text.note(key[:-1], why)
    else:
        text.remove(key, why)


def _remove(texts: PlanText, change: Remove, _: Raw) -> None:
    name = change.programme
    texts.plan.remove(texts.programme(name), f"{name}: {change.why}")
    for bond in reversed(list(_bonds(texts.plan))):
        host = texts.plan.value(bond)["with"]
        if host == name or host.startswith(f"{name}."):
            texts.plan.remove(bond)


def _bonds(text: YamlText) -> Iterator[Path]:
    """Yield where each `together` stands, in the order of the file."""
    for at, programme in enumerate(text.value(("programmes",)) or []):
        parts = (
            (("programmes", at, "components", n), c) for n, c in enumerate(programme.get("components") or [])
        )
        for path, node in ((("programmes", at), programme), *parts):
            together = node.get("together") or []
            if isinstance(together, list):
                yield from ((*path, "together", n) for n in range(len(together)))
            else:
                yield (*path, "together")


def _add(texts: PlanText, change: Add, raw: Raw) -> None:
    _append_with_why(texts.plan, ("programmes",), raw["programme"], change.why)


def _add_rules(texts: PlanText, change: AddRules, raw: Raw) -> None:
    for rule in _listed(raw["rules"]):
        _append_with_why(texts.plan, ("rules",), rule, change.why)


def _append_with_why(text: YamlText, items: Path, item: Raw, why: str) -> None:
    """Add a programme or rule, with the reason as its `why`, or as a comment where it has one."""
    if item.get("why"):
        text.append(items, item, why)
    else:
        text.append(items, {**item, "why": why})


_WRITE: dict[type[Any], Callable[[PlanText, Any, Raw], None]] = {
    CloseRoom: _close_room,
    Absent: _absent,
    Close: _close,
    Open: _open,
    Present: _present,
    Capacity: _capacity,
    More: _more,
    Hours: _hours,
    SetAudience: _audience,
    SetSession: _session,
    Relax: _relax,
    SetFrequency: _frequency,
    Remove: _remove,
    Add: _add,
    AddRules: _add_rules,
}
