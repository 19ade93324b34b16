"""A module for each kind of format: see `tests/kinds`."""
