"""Which names of rows are rare in the recorded cases of a spec: some rows have them, others not."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from edusync.engine.read.bearing import Bearing, look
from edusync.errors import EdusyncError
from edusync.spec.due import Due, NamesDue, still_due
from edusync.testing.replay import CANARY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from edusync.spec.tree import Resource
    from edusync.testing.cases import Case


def rare_names(cases: Iterable[Case]) -> dict[str, list[str]]:
    """Return the names that are rare when all cases are taken together, by list."""
    os.environ.setdefault("EDUSYNC_CASE_SECRET", CANARY)
    seen = _Seen({}, {}, [])
    with _watched(seen):
        for case in cases:
            if _shows_a_lost_name(case):
                continue
            try:
                case.run()
            except (EdusyncError, AssertionError):
                continue  # a case that fails says so itself
    rare = {
        name: sorted(path for path in paths if seen.has(name, path))
        for name, paths in sorted(seen.lacked.items())
    }
    return {name: paths for name, paths in rare.items() if paths}


def _shows_a_lost_name(case: Case) -> bool:
    """Whether a case shows a name that the ERP does not send any more: it is not rare."""
    golden = case.golden
    return golden.is_file() and "SPEC_PATH_NEVER_SEEN" in golden.read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class _Seen:
    """The names that rows had and those that rows lacked, by list."""

    met: dict[str, set[str]]
    lacked: dict[str, set[str]]
    due: list[NamesDue]

    def has(self, name: str, path: str) -> bool:
        """Whether some row had a name, be it of another list that ends in the same."""
        places = {(name, path)}
        for due in self.due[:1]:
            places.update(due.elsewhere(name, path))
        return any(there in self.met.get(other, ()) for other, there in places)


@contextmanager
def _watched(seen: _Seen) -> Iterator[None]:
    """Note which names the rows of every list have, and which they lack."""

    def watching(bearing: Bearing, resource: Resource, raw: Iterator[Any]) -> Iterator[Any]:
        tree = bearing.due.trees.get(resource.name)
        seen.due[:] = [bearing.due]
        if tree is None:
            yield from raw
            return
        for row in raw:
            left = still_due(tree, ())
            whole = {due.path: due for due in left.names()}  # before any is struck off
            look(left, row, set())
            _note(whole, seen.met.setdefault(resource.name, set()), "was_met")
            _note(whole, seen.lacked.setdefault(resource.name, set()), "was_lacked")
            yield row

    with patch.object(Bearing, "watched", watching):
        yield


def _note(whole: dict[str, Due], paths: set[str], what: str) -> None:
    paths |= {path for path, due in whole.items() if getattr(due, what)}
