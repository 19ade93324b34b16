"""What every format shares: empties, lists, and a memory for values that come again and again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal
from zoneinfo import ZoneInfo

from edusync.model import UNKNOWN
from edusync.spec.evaluate import Unreadable, settled
from edusync.spec.kinds import Kinds
from edusync.spec.node import ASSUMED, Node, key

if TYPE_CHECKING:
    from collections.abc import Callable

_MEMORY = 8192


class BadFormat(ValueError):
    """A format whose keys do not fit together; `key` is the one at fault."""

    def __init__(self, key: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.key, self.hint = key, hint


@dataclass(frozen=True, slots=True)
class Format(Node):
    """How something is spelled; read with `as`, written as a filter."""

    gives: ClassVar[Literal["boolean", "date", "duration", "moment", "number", "text", "time"]] = (
        "text"
    )
    """What it reads: ids and names are text."""

    empty: tuple[Any, ...] = key("Values that mean nothing.", default=())
    assumed: str | None = key(ASSUMED, default=None)
    home: str = field(default="Europe/Paris", compare=False, repr=False, kw_only=True)
    """The zone of the spec."""

    def check(self) -> None:
        """Raise BadFormat when the keys do not fit together."""

    def parse(self, value: Any) -> Any:
        """Read one value that is not empty; Unreadable when it has another form."""
        raise NotImplementedError

    def format(self, value: Any) -> Any:
        """Write one value that is not empty; kinds that only read refuse."""
        raise Unreadable(f"a {type(self).__name__} cannot write a {type(value).__name__}")

    @property
    def read(self) -> Reader:
        """What reads a value, or each of a list; empty is read as None.

        It remembers texts as long as it is held: the same days and hours come over and over.
        """
        return Reader(self)

    def is_empty(self, value: object) -> bool:
        """Whether the value is one of those that mean nothing.

        0 and false are only what they are.
        """
        return any(
            value == other and isinstance(value, bool) == isinstance(other, bool)
            for other in (None, "", *self.empty)
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

    @property
    def home_zone(self) -> ZoneInfo:
        """The zone of the spec."""
        return ZoneInfo(self.home)


class Reader:
    """What reads values by a format. `table` holds the texts that it met, and reads any other."""

    __slots__ = ("format", "table")

    def __init__(self, format_: Format) -> None:
        self.format, self.table = format_, Table(self.parsed)

    def __call__(self, value: Any) -> Any:
        """Read a value, or each of a list; what is unknown stays unknown."""
        if type(value) is str:
            return self.table[value]
        if value is UNKNOWN:
            return value
        if isinstance(value, list):
            return [self(item) for item in value]
        return self.parsed(value)

    def parsed(self, value: Any) -> Any:
        """Read one value."""
        try:
            return None if self.format.is_empty(value) else self.format.parse(value)
        except Exception as error:  # noqa: BLE001 - the ERP may send anything
            return settled(error)


class Table(dict[str, Any]):
    """What texts are read as. One that is new is read; as many are kept as fit."""

    __slots__ = ("parse",)

    def __init__(self, parse: Callable[[str], Any]) -> None:
        super().__init__()
        self.parse = parse

    def __missing__(self, text: str) -> Any:
        """Read a text that is new."""
        value = self.parse(text)
        if len(self) < _MEMORY:
            self[text] = value
        return value


FORMATS = Kinds("format", Format, "What it is.", "edusync.spec.formats")
