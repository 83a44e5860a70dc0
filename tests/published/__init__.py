"""Tables as councils printed them, and a judge of such tables: ``python -m tests.published FOLDER`` (``judge.py``)."""
