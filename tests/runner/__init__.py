"""A fleet that runs by itself: slots, workers, releases, and what needs a person."""
