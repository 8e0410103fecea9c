"""The form: a workbook in which a planner writes a plan, there and back without loss."""
