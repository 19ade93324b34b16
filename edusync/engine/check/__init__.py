"""Check items against the rules.

Which sheets come down, with whom, and one reason for each that does not.
"""
