"""Situations from public bug reports (B01 to B30): what came once, and what comes now."""
