"""Why something is as it is: one item, the attendance, past runs, a connection that fails."""
