"""What is due before the sessions of a schedule, by date: 広報の原稿, 会場予約, 講師依頼."""

from ksolve.report.deadlines.dates import Deadline, deadlines, early_findings

__all__ = ["Deadline", "deadlines", "early_findings"]
