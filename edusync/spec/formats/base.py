"""What every format shares: empties, lists, and a memory for values that come again and again."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Self

from edusync.model import UNKNOWN
from edusync.spec.evaluate import Unreadable, settled

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

_MEMORY = 8192


class BadFormat(ValueError):
    """A format whose keys do not fit together; `key` is the one at fault."""

    def __init__(self, key: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.key, self.hint = key, hint


class Format(ABC):
    """Read what the ERP sent with `read`, write what the ERP wants with `write`.

    Empty is read as None.
    """

    def __init__(self, empty: tuple[object, ...] = ()) -> None:
        self.empty = (None, "", *empty)
        self.memory: dict[Any, Any] = {}

    @classmethod
    @abstractmethod
    def from_spec(cls, options: Mapping[str, Any], zone: ZoneInfo) -> Self:
        """Build the format from its YAML keys."""

    @abstractmethod
    def parse(self, value: Any) -> Any:
        """Read one value that is not empty; Unreadable when it has another form."""

    def format(self, value: Any) -> Any:
        """Write one value that is not empty; kinds that only read refuse."""
        raise Unreadable(f"a {type(self).__name__} cannot write a {type(value).__name__}")

    def read(self, value: Any) -> Any:
        """Read a value, or each of a list.

        Texts are remembered: the same days and hours come over and over.
        """
        if type(value) is str:
            if value in self.memory:
                return self.memory[value]
            found = self._parsed(value)
            if len(self.memory) < _MEMORY:
                self.memory[value] = found
            return found
        if value is UNKNOWN:
            return value
        if isinstance(value, list):
            return [self.read(item) for item in value]
        return self._parsed(value)

    def _parsed(self, value: Any) -> Any:
        try:
            return None if self.is_empty(value) else self.parse(value)
        except Exception as error:  # noqa: BLE001 - the ERP may send anything
            return settled(error)

    def is_empty(self, value: object) -> bool:
        """Whether the value is one of those that mean nothing.

        0 and false are only what they are.
        """
        return any(
            value == other and isinstance(value, bool) == isinstance(other, bool)
            for other in self.empty
        )

    def write(self, value: Any) -> Any:
        """Write a value, or each of a list; empty stays empty."""
        if value is None or value is UNKNOWN:
            return value
        if isinstance(value, list | tuple):
            return [self.write(item) for item in value]
        try:
            return self.format(value)
        except Exception as error:  # noqa: BLE001 - a value may be anything
            return settled(error)


def empties(options: Mapping[str, Any]) -> tuple[object, ...]:
    """Return the values that a format takes for empty."""
    return tuple(options.get("empty") or ())
