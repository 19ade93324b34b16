"""How a spec is laid out: read it with its comments, and write it in one form."""

from edusync.spec.layout.write import WIDTH, formatted

__all__ = ["WIDTH", "formatted"]
