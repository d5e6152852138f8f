"""What every test of the project shares: how Hypothesis draws. Fixtures live beside the tests that use them."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# No deadline: two busy cores make honest code miss it. CI draws the same examples every time, so that a failure there
# is a failure of the change; at a desk each run draws new ones.
settings.register_profile("desk", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("desk"), derandomize=True, print_blob=True)
settings.register_profile("long", settings.get_profile("desk"), max_examples=5000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "desk"))
