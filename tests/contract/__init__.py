"""Promises about the whole: each walks through every key, code, default, text or document."""
