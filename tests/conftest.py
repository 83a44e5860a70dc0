"""How hypothesis looks for a counter-example (in CI the same way every time), and how tests are named."""

import os

from hypothesis import HealthCheck, settings

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is imported; a worker has one core

settings.register_profile("here", max_examples=30, deadline=None)
settings.register_profile("ci", max_examples=30, deadline=None, derandomize=True, database=None)
settings.register_profile("long", max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name bytes by how many they are: a zip holds the time it was made, and each worker would name its test anew."""
    return f"{len(val)}-bytes" if isinstance(val, bytes) else None
