"""What an answer may mean; each verdict is one module.

A module says in one class what a line of `answers` may write, and what becomes of the call.
"""

from edusync.spec.verdicts.base import VERDICTS, Verdict

__all__ = ["VERDICTS", "Verdict"]
