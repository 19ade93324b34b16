"""Apply a plan: every write is intended, sent, and recorded as done."""
