"""A school that another connector has served moves in: survey, adoption, the runs after it."""
