"""Turns a published annual programme plan into a dated, checked schedule."""
