"""Outturn and assumptions in; three years, savings and the deficit out."""
