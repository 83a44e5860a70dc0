"""Typed records of one contract year: what a workbook's rows mean once read."""
