"""A judge for folders of hostile files: ``python -m tests.hostile FOLDER`` (``judge.py`` has the rules)."""
