"""A pack as data: one value a row, where each comes from, and what the files are."""
