"""Does it add up: every sum held against another source of the same sum."""
