"""Moving in from another connector, and trust: what is adopted, compared, undone and assumed."""
