"""Ways to walk the pages of a list; each kind is one module.

A module says in one class what a spec may write, what it means, and how the pages are walked. The
call itself shows where the page goes.
"""

from edusync.spec.paging.base import PAGING, Paging

__all__ = ["PAGING", "Paging"]
