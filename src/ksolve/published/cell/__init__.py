"""One cell: where it stands, and what its text says alone, as a sign, dates, a heading or a frequency."""
