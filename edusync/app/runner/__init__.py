"""Run a fleet by itself: slots, what is due, workers, what needs a person."""
