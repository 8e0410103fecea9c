"""One writer for each format, on one shared view."""

from ksolve.report.html import schedule_html
from ksolve.report.ics import schedule_ics
from ksolve.report.view import View
from ksolve.report.xlsx import schedule_xlsx

__all__ = ["View", "schedule_html", "schedule_ics", "schedule_xlsx"]
