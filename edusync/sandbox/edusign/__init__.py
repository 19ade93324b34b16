"""An Edusign that fulfils section 8 of the fact sheet, with the assumed picks marked [A] in the code."""

from edusync.sandbox.edusign.app import create_app
from edusync.sandbox.edusign.book import Book

__all__ = ["Book", "create_app"]
