"""A word that a value is compared with, and that no recorded value is."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from edusync.model.ids import folded
from edusync.spec.places import VERDICTS
from edusync.spec.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.spec.build.builder import Builder
    from edusync.spec.followed import Compared
    from edusync.spec.places import Place
    from edusync.spec.recorded import Recorded
    from edusync.spec.tree import Spec

CODE = "SPEC_VALUE_NOT_RECORDED"
OF_RECORDED = True
_NEAR = 0.75


def check(spec: Spec, builder: Builder, recorded: Recorded) -> None:
    """Report each word that no recorded value of its name is, though some were recorded.

    What the values are is not said: they may be of people.
    """
    if builder.document.has_errors:
        return
    for compared in Reading(spec).compared:
        place = compared.why.location
        if place is None or compared.why.label == VERDICTS:
            continue
        for word in _unmet(compared, recorded):
            name = _name(compared.places[0], recorded)
            builder.document.report(
                CODE,
                (),
                f"no recorded value of '{name}' is '{word}'",
                _hint(compared, word, recorded),
                place=place,
            )


def _unmet(compared: Compared, recorded: Recorded) -> Iterator[str]:
    """Yield the words that no value is; none where nothing was recorded, or a format reads it."""
    names = [_name(place, recorded) for place in compared.places]
    every = [list(recorded.values(name)) for name in names]
    if not all(every) or any(place.formats or place.document for place in compared.places):
        return
    values = {_comparable(value, compared) for found in every for value in found}
    for word in compared.words:
        if _comparable(word, compared) not in values and not any(
            recorded.has(name, word) for name in names
        ):
            yield word


def _name(place: Place, recorded: Recorded) -> str:
    """Return the name of what stands at a place; it may hold dots itself."""
    steps = place.name.split(".")
    names = (".".join(steps[first:]) for first in range(1, len(steps)))
    return next((name for name in names if any(recorded.values(name))), steps[-1])


def _comparable(value: str, compared: Compared) -> str:
    return folded(value) if compared.is_changed else value


def _hint(compared: Compared, word: str, recorded: Recorded) -> str:
    names = (_name(place, recorded) for place in compared.places)
    values = {folded(one) for name in names for one in recorded.values(name)}
    if get_close_matches(folded(word), values, 1, _NEAR):
        return "a recorded value is nearly this: look at it with `edusync try`"
    return "look at the values with `edusync try`, or record a case that has it"
