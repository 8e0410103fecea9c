"""The record beside a schedule: what it was made from, and what came of it."""
