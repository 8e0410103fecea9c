"""The sheets of the Excel book of a schedule, each in a file of its own."""
