"""Two years side by side: 前年度 | 今年度, programme by programme and month by month."""

from ksolve.report.two_years.view import TwoYears, Year, side_by_side

__all__ = ["TwoYears", "Year", "side_by_side"]
