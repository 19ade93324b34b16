"""The names that texts may begin with, by where they stand."""

from __future__ import annotations

RUN = frozenset({"connection", "options", "filters", "window", "account", "now", "the"})
"""Everywhere: the answers of the school, the window, single rows."""
ROW = RUN | {"row"}
"""Where there is a row."""
OF_SHEET = ROW | {"course"}
"""Where a row is about somebody on a sheet."""
JOINED = RUN | {"mine", "theirs"}
"""Where a row of this list meets one of another."""
