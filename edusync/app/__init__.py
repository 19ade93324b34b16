"""Use cases: the only place where parts are put together."""
