"""A module for each kind of paging: see `tests/kinds`."""
