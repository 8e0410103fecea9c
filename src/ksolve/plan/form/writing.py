"""A plan as the rows of a form: every value in its column, and in その他 what no column has words for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ksolve.plan.form.calendar_rows import rows_of_calendar
from ksolve.plan.form.cells import JOIN, Shown, Unsayable
from ksolve.plan.form.columns import Sheet
from ksolve.plan.form.external_rows import rows_of_external
from ksolve.plan.form.names import PART, Names
from ksolve.plan.form.other import rows_of_other
from ksolve.plan.form.sheets import BASICS_ROWS, BY_KEY, SHEETS, USUAL
from ksolve.plan.form.sheets_beside import LEAD_TIMES
from ksolve.plan.form.sheets_of_work import PROGRAMMES
from ksolve.plan.form.staff_rows import rows_of_pool
from ksolve.plan.form.wish_rows import row_of_rule
from ksolve.plan.yaml_out import NoteOf, plain
from ksolve.spelling import bare
from ksolve.text import Lang

Cells = dict[str, Shown]


Form = dict[str, list[Cells]]
"""The rows of each sheet, by its key."""


def form_of(value: Mapping[str, Any], note_of: NoteOf, lang: Lang) -> Form:
    """Return the rows that show a plan's values, as its file says them.

    Raises PlanError for what is too long for a cell.
    """
    return _Writing(note_of, lang, Names(lang)).form(value)


@dataclass
class _Writing:
    note_of: NoteOf
    lang: Lang
    names: Names
    made: Form = field(default_factory=lambda: {sheet.key: [] for sheet in SHEETS})

    def form(self, value: Mapping[str, Any]) -> Form:
        """Return the rows of every sheet."""
        resources = value["resources"]
        self._learn(value)
        rest = {key: value[key] for key in plain(value) if key not in ("resources", "programmes", "schema")}
        centre = bare(resources)
        centre.pop("schema", None)
        self._basics(rest, centre)
        self._calendar(centre.pop("calendar"))
        for key in ("rooms", "sessions", "audiences"):
            for item in centre.pop(key, None) or ():
                self._item(BY_KEY[key], item)
        for pool in centre.pop("staff", None) or ():
            rows, left = rows_of_pool(plain(pool), self.names)
            self._noted(rows[0], pool)
            self.made["staff"] += rows
            self._other("staff", pool["id"], left)
        self._lead_times(centre)
        for calendar in centre.pop("external", None) or ():
            rows, left = rows_of_external(plain(calendar), self.names, self.lang)
            self._noted(rows[0], calendar)
            self.made["external"] += rows
            self._other("external", calendar["id"], left)
        for programme in value["programmes"]:
            self._programme(programme)
        self._other("plan", "", rest)
        self._other("resources", "", centre)
        return self.made

    def _learn(self, value: Mapping[str, Any]) -> None:
        resources = value["resources"]
        for key, kind in (
            ("rooms", "room"),
            ("staff", "staff"),
            ("sessions", "session"),
            ("audiences", "audience"),
        ):
            for item in resources.get(key) or ():
                self.names.add(kind, item.get("name") or "", item["id"])  # type: ignore[arg-type]
        for programme in value["programmes"]:
            self.names.add("programme", programme["name"], programme["id"])
            for part in programme.get("components") or ():
                full = f"{programme['name']}{PART}{part['name']}"
                self.names.add("programme", part["name"], f"{programme['id']}.{part['id']}", full=full)

    def _basics(self, rest: dict[str, Any], centre: dict[str, Any]) -> None:
        for key, (head, _) in BASICS_ROWS.items():
            text = ""
            if key == "assumed":
                text = _one_line(centre, "assumed")
            elif key == "published_columns":
                columns = rest.get(key)
                listed = columns if isinstance(columns, list) else [columns] if columns else []
                if listed and not any(JOIN in str(one) for one in listed):
                    text = JOIN.join(listed)
                    del rest[key]
            elif key == "wishes":
                found = rest.get(key, "")
                if isinstance(found, dict) and {*plain(found).values()} == {"1"}:  # as of those not named
                    rest[key] = found = "usual"
                if isinstance(found, str) and found in USUAL:
                    text = USUAL[found](self.lang)
                    rest.pop(key, None)
                else:
                    text = USUAL[""](self.lang)
            else:
                text = _one_line(rest, key)
            self.made["plan"].append({"item": head(self.lang), "value": text})

    def _calendar(self, calendar: Mapping[str, Any]) -> None:
        rows, rest = rows_of_calendar(bare(calendar), self.names, self.lang)
        for cells, item in rows:
            self._noted(cells, item)
            self.made["calendar"].append(cells)
        self._other("calendar", "", rest)

    def _item(self, sheet: Sheet, item: Mapping[str, Any]) -> None:
        cells, rest = self._said(sheet, plain(item))
        if sheet.key == "sessions" and "name" not in cells:
            cells["name"] = item["id"]
        cells["id"] = rest.pop("id", item["id"])
        self._noted(cells, item)
        self.made[sheet.key].append(cells)
        self._other(sheet.key, item["id"], rest)

    def _lead_times(self, centre: dict[str, Any]) -> None:
        """Take what is due before sessions out of the centre, if the sheet has words for all of it."""
        items = centre.get("lead_times") or ()
        said = [self._said(LEAD_TIMES, plain(item)) for item in items]
        if any(rest for _, rest in said):
            return
        for item, (cells, _) in zip(items, said, strict=True):
            self._noted(cells, item)
            self.made[LEAD_TIMES.key].append(cells)
        centre.pop("lead_times", None)

    def _said(self, sheet: Sheet, item: Mapping[str, Any]) -> tuple[Cells, dict[str, Any]]:
        """Return the cells that say an item, and what of it no column has words for."""
        columns = {column.key: column for column in sheet.columns if column.key not in ("id", "#", "part")}
        cells: Cells = {}
        rest: dict[str, Any] = {}
        for key, value in item.items():
            try:
                cells[key] = columns[key].cell.said(value, self.names)
            except (Unsayable, KeyError):
                rest[key] = value
        return cells, rest

    def _programme(self, programme: Mapping[str, Any]) -> None:
        parts = programme.get("components") or ()
        for item in (programme, *parts):
            cells, rest = self._said(PROGRAMMES, plain(item))
            rest.pop("components", None)
            own = rest.pop("id")
            ident = own if item is programme else f"{programme['id']}.{own}"
            if item is not programme:
                cells["part"] = cells.pop("name")
            cells |= {"name": programme["name"], "id": own}
            self._noted(cells, item)
            self.made["programmes"].append(cells)
            rest |= self._rules(rest.pop("rules", None) or [], ident)
            self._other("programmes", ident, rest)

    def _rules(self, rules: list[Mapping[str, Any]], ident: str) -> dict[str, Any]:
        """Show the last rules of a programme as wishes; those up to one without words stay as they are."""
        rows: list[Cells] = []
        for at in range(len(rules), 0, -1):
            try:
                row = row_of_rule(rules[at - 1], self.names, self.lang)
            except Unsayable:
                self.made["wishes"] += reversed(rows)
                return {"rules": rules[:at]}
            rows.append({"programme": self.names.shown("programme", ident), **row})
        self.made["wishes"] += reversed(rows)
        return {}

    def _noted(self, cells: Cells, item: Any) -> None:
        note = _OF_FINDING.sub("", self.note_of(item))
        if note:
            cells["#"] = note

    def _other(self, where: str, which: str, rest: Mapping[str, Any]) -> None:
        self.made["other"] += rows_of_other(where, which, rest, self.lang)


_OF_FINDING = re.compile(r"^(?:エラー |error )?(?:(?:\[[^\]\n]*\])?\d+:\d+ )?\[[a-z-]+\] ", re.MULTILINE)
"""Where the reading of a table has named the place and the rule of what it says in a comment."""


def _one_line(values: dict[str, Any], key: str) -> str:
    """Take a text out of some values, if it is one that a cell shows as it is."""
    found = values.get(key)
    if not isinstance(found, str) or found != found.strip() or not found:
        return ""
    del values[key]
    return found
