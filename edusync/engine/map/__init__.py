"""Map rows to students, professors, groups and courses."""
