"""The sentences of the sources, each borne by a test, a decision or later work."""
