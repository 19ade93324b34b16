"""For authors of specs: record cases, run them, and see what they show of a spec.

A case is a folder of recorded answers; what comes out is compared with a golden file. `cases` runs
them, `recording` records them from a real system with invented people in the place of real ones,
`coverage` says which lines of a spec they show, `mutation` which mistakes they would notice.

One line of test is enough::

    def test_case(edusync_case, data_regression):
        data_regression.check(edusync_case.run(), fullpath=edusync_case.golden)

The names are imported when first asked for: pytest loads the plugin beside them at every start,
whatever it is asked to test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from edusync.testing.cases import Case, find_cases
    from edusync.testing.replay import Replay

__all__ = ["Case", "Replay", "find_cases"]


def __getattr__(name: str) -> Any:
    if name in {"Case", "find_cases"}:
        from edusync.testing import cases

        return getattr(cases, name)
    if name == "Replay":
        from edusync.testing.replay import Replay

        return Replay
    message = f"module 'edusync.testing' has no attribute {name!r}"
    raise AttributeError(message)
