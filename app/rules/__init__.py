"""Inline enforcement of the guidelines: pure functions, no I/O, no clock."""
