"""`{kind: id, strip: "^X-"}`: an id, which is text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from edusync.model import as_id
from edusync.spec.evaluate import Unreadable
from edusync.spec.formats.base import FORMATS, Format
from edusync.spec.formats.patterns import check_regular, pattern_of
from edusync.spec.node import key


@dataclass(frozen=True, slots=True)
class IdFormat(Format):
    """An id as text, with a part cut off by `strip`."""

    strip: str | None = key("A regular expression; what matches is cut off.", default=None)

    def check(self) -> None:
        """Refuse what is no regular expression."""
        check_regular("strip", self.strip)

    def parse(self, value: Any) -> str | None:
        """Read an id."""
        text = as_id(value)
        if text is None:
            raise Unreadable("expected an id")
        return text if self.strip is None else pattern_of(self.strip).sub("", text) or None

    def format(self, value: Any) -> str:
        """Write an id as it is."""
        return str(value)


FORMATS.add("id", IdFormat)
