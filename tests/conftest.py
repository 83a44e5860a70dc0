"""How hypothesis looks for a counter-example: briefly, and in CI the same way every time."""

import os

from hypothesis import settings

settings.register_profile("here", max_examples=30, deadline=None)
settings.register_profile("ci", max_examples=30, deadline=None, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")
