"""The value of a cell of a workbook as text, whatever Excel made of what was typed."""

from __future__ import annotations

from datetime import date, datetime, time

from openpyxl.utils.escape import unescape

from ksolve.clock import clock


def shown(value: object) -> str:
    """Return a value as text: dates as 2026-10-10, times as 9:30, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime) and (value.hour or value.minute):
        return f"{value.date().isoformat()} {clock(value.hour * 60 + value.minute)}"
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, time):
        return clock(value.hour * 60 + value.minute)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return unescape(str(value)).replace("\r\n", "\n").strip()
