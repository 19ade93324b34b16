"""Property tests try the same examples every time; `--hypothesis-profile search` looks for others
at random.
"""

from __future__ import annotations

from hypothesis import settings

settings.register_profile(
    "repeatable", max_examples=100, derandomize=True, database=None, deadline=None
)
settings.register_profile("search", max_examples=2_000, deadline=None, print_blob=True)
settings.load_profile("repeatable")


def examples(number: int) -> settings:
    """Return the settings of a test that tries more or fewer examples than the 100 of others; a
    search multiplies both.
    """
    return settings(max_examples=number * settings().max_examples // 100)
