"""A simulator of Edusign's public API, for tests and for trying things out.

It behaves as the API is documented and as clients saw it; `[A]` in the code marks what is
assumed.
"""

from edusync.sandbox.edusign.app import create_app
from edusync.sandbox.edusign.book import Book

__all__ = ["Book", "create_app"]
