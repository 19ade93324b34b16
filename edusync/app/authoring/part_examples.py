"""Examples of a part of the language, each as one spec writes it: its keys belong together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from edusync.app.authoring.key_examples import every_use, key_examples
from edusync.app.authoring.uses import alike, parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from edusync.diagnostics import Route

_LONG = 6
"""What takes more lines behind one key is shown where another spec says less."""
_WHOLE = 10
"""A part of so many lines is shown whole; of a longer one, the keys that no block showed yet."""


@dataclass(frozen=True, slots=True)
class Written:
    """One part as a spec writes it: its file, and each key with what stands behind it."""

    spec: str
    keys: Mapping[str, str]

    def shows(self, left: Sequence[str]) -> list[str]:
        """Return the keys that would be shown of it, where some are left to be shown."""
        new = [key for key in self.keys if key in left]
        lines = sum(text.count("\n") + 1 for text in self.keys.values())
        return list(self.keys) if new and lines <= _WHOLE else new

    def gain(self, left: Sequence[str]) -> tuple[int, int]:
        """Return how much it shows that is left, and how short it is."""
        new = sum(key in left for key in self.keys)
        lines = sum(self.keys[key].count("\n") + 1 for key in self.shows(left))
        return (new * 3 - lines, -lines)


def examples_of(part: str, keys: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the file of a spec, and lines that stand together in it, until each key was shown."""
    left = list(keys)
    for every in (_written_parts().get(part, []), _of_others(part, keys)):
        while found := max(every, key=lambda one: one.gain(left), default=None):
            if not any(key in found.keys for key in left):
                break
            yield found.spec, [found.keys[key] for key in found.shows(left)]
            left = [key for key in left if key not in found.keys]
    for key in left:
        if (part, key) in key_examples():
            example = key_examples()[part, key]
            yield example.spec, [example.yaml]


def _of_others(part: str, keys: Sequence[str]) -> list[Written]:
    """Return other parts, of which these keys mean the same as of this one."""
    known = sorted({one for one, _, _ in parts()})
    return [
        Written(one.spec, {key: text for key, text in one.keys.items() if key in keys})
        for other in alike(part, known)
        for one in _written_parts().get(other, [])
    ]


@cache
def _written_parts() -> Mapping[str, list[Written]]:
    """Return every part of every spec that examples are taken from."""
    by_place: defaultdict[tuple[str, str, Route], dict[str, str]] = defaultdict(dict)
    for use in every_use():
        if use.yaml.count("\n") < _LONG:
            by_place[use.part, use.spec, use.route[:-1]][use.key] = use.yaml
    parts: defaultdict[str, list[Written]] = defaultdict(list)
    for (part, spec, _), keys in by_place.items():
        parts[part].append(Written(spec, keys))
    return parts
