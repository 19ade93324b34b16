"""What the recordings of a spec's cases hold: which names occur, and which values under a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

_TOKEN = re.compile(r"[^\W\d][\w$@-]*(?:\.[\w$@-]+)*|@[\w.]+")
_MOST = 200


@dataclass(frozen=True)
class Recorded:
    """The text of every recording; names are looked for as words, so no form of a file has to be understood."""

    text: str

    @cached_property
    def names(self) -> frozenset[str]:
        """Return every name that occurs, with its parts."""
        return frozenset(part for name in set(_TOKEN.findall(self.text)) for part in (name, *name.split(".")))

    def values(self, name: str) -> list[str]:
        """Return values under a name, as JSON, YAML or XML writes them; not more than are needed to tell."""
        word = re.escape(name)
        found = re.finditer(rf"""["']?(?<![\w.]){word}["']?\s*[:=]\s*["']([^"'\n]+)["']|<{word}>([^<]+)</{word}>|(?<![\w.]){word}["']?:\s*(-?[\d.]+)(?=[,}}\s])""", self.text)
        return [value for match, _ in zip(found, range(_MOST), strict=False) if (value := next((group for group in match.groups() if group), "").strip())]
