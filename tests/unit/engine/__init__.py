"""Parts of the engine that take values and return values."""
