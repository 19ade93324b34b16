"""Check items against the rules: which sheets come down, with whom, and one reason for each that does not."""
