"""One row of a table to one programme."""
