"""Random worlds for hypothesis: a body, one of its meetings and a question, as plain dicts.

A world is made from a seed and three limits. Hypothesis lowers the limits when it shrinks, so that a failure is
shown on the smallest body on which it still appears.
"""

from __future__ import annotations

import os
from random import Random
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.rules.random_bodies import body
from tests.rules.random_meetings import meeting, question

Plain = dict[str, Any]
World = tuple[Plain, Plain, Plain]

# The suite is bounded and the same on every run; EXAMPLES=20 makes it twenty times as large, and fresh.
EFFORT = int(os.environ.get("EXAMPLES", "1"))


def bounded(examples: int) -> settings:
    """So many examples, multiplied by the effort asked for."""
    return settings(
        max_examples=examples * EFFORT,
        derandomize=EFFORT == 1,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def world(seed: int, most_seats: int = 5, most_people: int = 7, depth: int = 2) -> World:
    """The same world for the same numbers."""
    of = Random(seed)
    plain = body(of, most_seats=most_seats, depth=depth)
    return plain, meeting(of, plain, most_people=most_people), question(of)


def worlds() -> st.SearchStrategy[World]:
    return st.builds(world, st.integers(0, 2**48), st.integers(1, 5), st.integers(0, 7), st.integers(0, 2))
