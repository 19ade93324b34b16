"""`{kind: text, trim: true, case: lower}`: text, cleaned or cut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from edusync.spec.evaluate import Unreadable
from edusync.spec.formats.base import BadFormat, Format, empties
from edusync.spec.formats.patterns import Pattern, optional_pattern

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

_CASES = {"lower": str.lower, "upper": str.upper, "title": str.title}


@dataclass(frozen=True, slots=True)
class Cut:
    """How a text is cut, in the order of the fields."""

    find: Pattern | None
    replace: Pattern | None
    by: str
    split: str | None
    part: int | None
    trim: bool
    case: str | None
    around: str


class TextFormat(Format):
    """Text: `find`, `replace` + `with`, `split` + `part`, `trim`, `case`, `around`, in that order.

    `split` without `part` reads a list of all pieces that are not blank.
    """

    def __init__(self, cut: Cut, empty: tuple[object, ...]) -> None:
        super().__init__(empty)
        self.cut = cut

    @classmethod
    def from_spec(cls, options: Mapping[str, Any], zone: ZoneInfo) -> Self:
        """Build from the keys of `Cut` and `empty`."""
        del zone
        if "part" in options and "split" not in options:
            raise BadFormat(
                "part",
                "'part' needs 'split'",
                "say what the parts are split at, such as 'split: \" - \"'",
            )
        if "with" in options and "replace" not in options:
            raise BadFormat("with", "'with' needs 'replace'", "say what is replaced")
        cut = Cut(
            optional_pattern(options, "find"),
            optional_pattern(options, "replace"),
            str(options.get("with", "")),
            options.get("split"),
            int(options["part"]) if "part" in options else None,
            bool(options.get("trim")),
            options.get("case"),
            str(options.get("around", "")),
        )
        return cls(cut, empties(options))

    def parse(self, value: Any) -> str | list[str] | None:
        """Read a text, or the list of its pieces; nothing left is empty."""
        if isinstance(value, dict | list):
            raise Unreadable("expected a text")
        text, cut = str(value), self.cut
        if cut.find:
            match = cut.find.search(text)
            if match is None:
                return None
            text = match.group(1) if match.re.groups else match.group(0)
        if cut.replace:
            text = cut.replace.sub(cut.by, text)
        if cut.split is None:
            return self._finished(text)
        parts = text.split(cut.split)
        if cut.part is None:
            return [done for part in parts if (done := self._finished(part.strip()))]
        return self._finished(parts[cut.part] if -len(parts) <= cut.part < len(parts) else "")

    def _finished(self, text: str) -> str | None:
        cut = self.cut
        if cut.trim:
            text = text.strip()
        if cut.case:
            text = _CASES[cut.case](text)
        return f"{cut.around}{text}{cut.around}" if text else None

    def format(self, value: Any) -> str | list[str] | None:
        """Write a text by the same cuts."""
        return self.parse(value)
