"""A filter of the language in the place of a format, as in `as: upper`."""

from __future__ import annotations

from dataclasses import dataclass, field
from inspect import signature
from typing import Any

from edusync.spec.formats.base import Format, Reader
from edusync.spec.language.filters import BUILT_IN


@dataclass(frozen=True, slots=True)
class FilterFormat(Format):
    """What a filter makes of a value, or of a list as a whole; no spec declares one."""

    name: str = field(default="", kw_only=True)

    @property
    def read(self) -> Reader:
        """What reads a value; a list is handed over as it is."""
        return _WholeReader(self)

    def parse(self, value: Any) -> Any:
        """Read a value as the filter changes it."""
        return BUILT_IN[self.name](value)


class _WholeReader(Reader):
    """Hands lists over whole: filters know themselves what they do with one."""

    __slots__ = ()

    def __call__(self, value: Any) -> Any:
        """Read a value; what is unknown stays unknown."""
        return self.parsed(value) if isinstance(value, list) else super().__call__(value)


def needs_arguments(name: str) -> bool:
    """Whether a filter cannot be used without arguments."""
    try:
        signature(BUILT_IN[name]).bind(None)
    except TypeError:
        return True
    return False
