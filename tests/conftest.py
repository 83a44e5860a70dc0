"""How hypothesis looks for a counter-example: briefly, in CI the same way every time, and long where it is asked to."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("here", max_examples=30, deadline=None)
settings.register_profile("ci", max_examples=30, deadline=None, derandomize=True, database=None)
settings.register_profile("long", max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci" if os.environ.get("CI") else "here")
