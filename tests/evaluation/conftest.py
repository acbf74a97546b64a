"""How many logs are generated: `pytest tests/evaluation --hypothesis-profile=long` for fifty times as many."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

PLAIN = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.filter_too_much]}
settings.register_profile("short", max_examples=400, derandomize=True, database=None, **PLAIN)
settings.register_profile("long", max_examples=20_000, print_blob=True, **PLAIN)
settings.load_profile("short")
