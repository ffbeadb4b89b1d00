"""Arithmetic that decides something: pure functions over plain values, without a table."""
