"""`{kind: text, trim: true, case: lower}`: text, cleaned or cut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from edusync.spec.evaluate import Unreadable
from edusync.spec.formats.base import FORMATS, BadFormat, Format
from edusync.spec.formats.patterns import check_regular, pattern_of
from edusync.spec.node import key

_CASES = {"lower": str.lower, "upper": str.upper, "title": str.title}


@dataclass(frozen=True, slots=True)
class TextFormat(Format):
    """Text: `find`, `replace` + `with`, `split` + `part`, `trim`, `case`, `around`, in that order.

    `split` without `part` reads a list of all pieces that are not blank.
    """

    find: str | None = key(
        "A regular expression; its first group, or what matches, is kept.", default=None
    )
    replace: str | None = key("A regular expression; what matches is replaced.", default=None)
    by: str | None = key("By this.", name="with", default=None)
    split: str | None = key(
        "Cut at this: into a list of what is not blank, or, with `part`, for one piece.",
        default=None,
    )
    part: int | None = key("Keep this piece alone, from 0; -1 is the last.", default=None)
    trim: bool = key("Without blanks around.", default=False)
    case: Literal["lower", "upper", "title"] | None = key("Change the case.", default=None)
    around: str | None = key("Put this before and after.", default=None)

    def check(self) -> None:
        """Refuse a part of what is not split, and what is no regular expression."""
        if self.part is not None and self.split is None:
            raise BadFormat(
                "part",
                "'part' needs 'split'",
                "say what the parts are split at, such as 'split: \" - \"'",
            )
        if self.by is not None and self.replace is None:
            raise BadFormat("with", "'with' needs 'replace'", "say what is replaced")
        check_regular("find", self.find)
        check_regular("replace", self.replace)

    def parse(self, value: Any) -> str | list[str] | None:
        """Read a text, or the list of its pieces; nothing left is empty."""
        if isinstance(value, dict | list):
            raise Unreadable("expected a text")
        text = str(value)
        if self.find:
            match = pattern_of(self.find).search(text)
            if match is None:
                return None
            text = match.group(1) if match.re.groups else match.group(0)
        if self.replace:
            text = pattern_of(self.replace).sub(self.by or "", text)
        if self.split is None:
            return self._finished(text)
        parts = text.split(self.split)
        if self.part is None:
            return [done for part in parts if (done := self._finished(part.strip()))]
        return self._finished(parts[self.part] if -len(parts) <= self.part < len(parts) else "")

    def _finished(self, text: str) -> str | None:
        if self.trim:
            text = text.strip()
        if self.case:
            text = _CASES[self.case](text)
        around = self.around or ""
        return f"{around}{text}{around}" if text else None

    def format(self, value: Any) -> str | list[str] | None:
        """Write a text by the same cuts."""
        return self.parse(value)


FORMATS.add("text", TextFormat)
