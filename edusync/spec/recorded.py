"""What the recordings of a spec's cases hold: which names occur, and which values under a name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_TOKEN = re.compile(r"[^\W\d][\w$@-]*(?:\.[\w$@-]+)*|@[\w.]+")
_VALUE = re.compile(
    r"""["']?\s*[:=]\s*["']([^"'\n]+)["']|>([^<]+)</|["']?:\s*(-?[\d.]+)(?=[,}\s])"""
)
_AFTER_A_KEY = re.compile(r"""["']?\s*[:=]""")
_MOST = 200


@dataclass(frozen=True)
class Recorded:
    """The text of every recording, in which names are looked for as words, and names of rows.

    `rows` are the names that the rows of each list had when the cases were run, as paths.
    """

    text: str
    rows: Mapping[str, Sequence[str]] = field(default_factory=dict)
    goes_up: bool = True
    """Whether any case shows the way up."""

    @cached_property
    def names(self) -> frozenset[str]:
        """Return every name that occurs, with its parts."""
        return frozenset(
            part for name in set(_TOKEN.findall(self.text)) for part in (name, *name.split("."))
        )

    @cached_property
    def keys(self) -> frozenset[str]:
        """Return the names before a colon, an equals sign or of an element: no recorded values."""
        return frozenset(
            match.group()
            for match in _TOKEN.finditer(self.text)
            if _AFTER_A_KEY.match(self.text, match.end())
            or self.text[match.start() - 1 : match.start()] == "<"
        )

    def has(self, name: str, value: str) -> bool:
        """Whether a value was recorded under a name, however many others were."""
        key, it = re.escape(name), re.escape(value)
        written = rf"""(?<![\w.]){key}["']?\s*[:=]\s*["']?{it}(?:["',}}\s]|$)|{key}[^<>]*>{it}<"""
        return re.search(written, self.text) is not None

    def values(self, name: str) -> Iterator[str]:
        """Yield values under a name, as JSON, YAML or XML writes them.

        Not more than are needed to tell.
        """
        at, left = self.text.find(name), _MOST
        while at >= 0 and left:
            match = _VALUE.match(self.text, at + len(name))
            if match is not None and (
                at == 0 or not (self.text[at - 1].isalnum() or self.text[at - 1] in "._")
            ):
                value = next(group for group in match.groups() if group is not None).strip()
                if value:
                    left -= 1
                    yield value
            at = self.text.find(name, at + len(name))
