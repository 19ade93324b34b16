"""Edusign: a client that keeps its rules, and the one place that knows its field names."""
