"""Go on after a mistake of form, so that one run shows every mistake of a file.

In a copy, a misspelt word is put right, and a value that nobody can guess is left out.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from edusync.spec.document import Document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from edusync.diagnostics import Route

_CLOSE = 0.6


@dataclass(frozen=True, slots=True)
class Mend:
    """What to do at a route.

    Rename its last step, take it out (`to` is None), or write another value.
    """

    route: Route
    to: Any
    is_key: bool
    is_left_out: bool = False
    """Whether something is missing now that should be there, so that what is said of the same thing
    may be a consequence."""


def meant(word: str, known: Sequence[str]) -> str | None:
    """Return the word that was probably meant."""
    return next(iter(get_close_matches(word, known, 1, _CLOSE)), None)


def mended(document: Document, mends: Sequence[Mend | None]) -> Document | None:
    """Return the document with every mistake put right; None when one of them cannot be.

    Places and findings are those of the document.
    """
    if not mends or not all(mends):
        return None
    copy = Document(
        document.file,
        deepcopy(document.data),
        dict(document.keys),
        dict(document.values),
        document.findings,
        text=document.text,
    )
    at_most_one = {
        mend.route: mend for mend in mends if mend is not None
    }  # several things may be wrong with one value
    for mend in sorted(
        at_most_one.values(),
        key=lambda mend: (
            -len(mend.route),
            [-step if isinstance(step, int) else 0 for step in mend.route],
        ),
    ):
        *above, last = mend.route
        parent = copy.get(tuple(above))
        if mend.is_left_out:
            copy.half_read.add(mend.route[:2])
        if isinstance(parent, list) and mend.to is None:
            del parent[int(last)]
            outer = copy.get(tuple(above[:-1]))
            if not parent and isinstance(outer, dict):
                del outer[above[-1]]  # a list that may not be empty
        elif not mend.is_key:
            parent[last] = mend.to
        elif isinstance(parent, dict) and last in parent:
            renamed = {
                (mend.to if key == last else key): value
                for key, value in parent.items()
                if mend.to is not None or key != last
            }
            parent.clear()
            parent.update(renamed)
            if mend.to is not None:
                _move(copy, mend.route, (*above, mend.to))
    return copy


def _move(document: Document, old: Route, new: Route) -> None:
    for table in (document.keys, document.values):
        table.update(
            {
                (*new, *route[len(old) :]): place
                for route, place in table.items()
                if route[: len(old)] == old
            }
        )
