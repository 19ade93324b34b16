"""People that a SOAP service gives by their ids: an operation that takes a list of ids.

The ids stand in rows of other lists, such as the teacher and the students of a session. They are
asked for in batches.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from edusync.app.authoring.guess import PEOPLE
from edusync.app.authoring.names import name_is
from edusync.app.authoring.samples import as_yaml, word_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from edusync.app.authoring.samples import Sample

_BATCH = 50
_ID = r"(^|[._])ids?$|[a-z]Ids?$|code|num(ero)?s?$|key|ref|matricule|uid"
_NO_ID = r"date|day|hour|debut|jour|heure|mail|nom|name|count|nombre|nb"
"""What a column of rows about people is called that holds no id."""


def ids_argument(arguments: Sequence[tuple[Any, Any]]) -> str | None:
    """Return the argument of an operation that takes a list of ids; None when it has none.

    An element that may come several times, or one that wraps such an element, of plain values.
    """
    for name, element in arguments:
        inner = list(getattr(element.type, "elements", ()))
        wraps = len(inner) == 1 and getattr(inner[0][1], "accepts_multiple", False)
        one = inner[0][1] if wraps else element
        is_plain = not getattr(one.type, "elements", ())
        if is_plain and getattr(one, "accepts_multiple", False):
            named = {str(name), str(inner[0][0]) if wraps else ""}
            if any(re.search(_ID, word, re.IGNORECASE) for word in named):
                return str(name)
    return None


def ask_by_ids(sample: Sample, argument: str, lists: Sequence[Sample], notes: list[str]) -> None:
    """Let a list be asked for the ids that the other lists hold, or note that none does."""
    columns = {
        f"{word_of(other.name)}.{column}": kind
        for other in lists
        if other is not sample and not other.people
        for column in other.values
        if (kind := _refers(column, sample.name)) is not None
    }
    if not columns:
        notes.append(
            f"not understood: the arguments {argument} of {sample.call[0].removeprefix('soap: ')}, "
            "a list of ids that no row of another list seems to hold"
        )
        return
    values = f"[{', '.join(map(as_yaml, columns))}]"
    sample.people = tuple(sorted(set(columns.values()), reverse=True))
    shown = ", ".join(columns)
    sample.call = (
        f"for_each: {{values: {values}, batch: {_BATCH}}}  # guess: {shown} are named like people",
        *sample.call,
        f'arguments: {{{argument}: "{{{{ batch }}}}"}}',
    )


def _refers(column: str, people: str) -> str | None:
    """Return whose ids a column seems to hold, of the people of a list: by what it is called."""
    last = column.removesuffix("[]").rpartition(".")[2]
    if re.search(_NO_ID, last, re.IGNORECASE):
        return None
    own = [kind for kind, pattern in PEOPLE.items() if name_is(people, pattern)]
    return next(
        (kind for kind in own or PEOPLE if name_is(column.replace("[]", ""), PEOPLE[kind])), None
    )
