"""Python source that is written line by line, with the objects that it names, and then compiled."""

from __future__ import annotations

import builtins
import keyword
import re
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import CodeType

DEEPEST = 8
"""So deep blocks stand in each other; what is deeper becomes a function of its own."""
_MOST = 4096
_LONGEST = 200
_TAKEN = frozenset(
    (
        *("row", "names", "source_id", "code", "place", "detail", "start", "error", "here"),
        *("item", "skipped", "key", "shaped", "stage", "apart", "value", "text", "path"),
        *keyword.kwlist,
    )
)
"""What functions and what they are given are called: no object is."""
_PLAIN = (bool, int, float, str)


class Source:
    """A module of Python that is being written.

    Names are given out once, so that pieces which are written one after the other never meet.
    """

    def __init__(self, title: str = "spec") -> None:
        self.title = title
        self.mappings: frozenset[str] = frozenset()
        """The names that are always plain mappings."""
        self.finished: list[str] = []
        """The functions that are complete, those that others call first."""
        self.lines: list[str] = []
        self.depth = 0
        self.bound: dict[str, Any] = {}
        """The objects that the source names, by their names there."""
        self._names: dict[int, str] = {}
        self._count = 0

    def fresh(self, word: str = "v") -> str:
        """Return a name that nothing has yet."""
        self._count += 1
        return f"{word}_{self._count}"

    def line(self, text: str) -> None:
        """Write one line."""
        self.lines.append("    " * self.depth + text)

    def look_up(self, box: str, name: str, beyond: str) -> str:
        """Write what stands at a name; `beyond` is called of what is no plain mapping."""
        plain = f"{box}.get({name})"
        if box in self.mappings:
            return self.keep(plain)
        return self.keep(f"{plain} if type({box}) is dict else {beyond}({box}, {name})")

    def remark(self, words: str, place: object) -> None:
        """Write what the next lines make, and which line of the spec says so.

        A remark is one line, whatever a name of the spec holds.
        """
        text = f"{words}: {place}"
        self.line("# " + "".join(letter if letter.isprintable() else " " for letter in text))

    def keep(self, text: str, word: str = "v") -> str:
        """Write a line that keeps the value of an expression; return its name."""
        name = self.fresh(word)
        self.line(f"{name} = {text}")
        return name

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """Write a line, and what follows below it."""
        self.line(head)
        self.depth += 1
        before = len(self.lines)
        yield
        if len(self.lines) == before:
            self.line("pass")
        self.depth -= 1

    @contextmanager
    def function(self, name: str, *parameters: str) -> Iterator[None]:
        """Write a function of its own, wherever one is in another."""
        outer = self.lines, self.depth
        self.lines, self.depth = [], 0
        with self.block(f"def {name}({', '.join(parameters)}):"):
            yield
        self.finished.append("\n".join(self.lines))
        self.lines, self.depth = outer

    @property
    def is_deep(self) -> bool:
        """Whether what comes next should be a function of its own."""
        return self.depth >= DEEPEST

    def constant(self, value: object, word: str = "c") -> str:
        """Return how an object is written: a plain value as it is, any other by a name."""
        if value is None:
            return "None"
        if type(value) in _PLAIN:
            text = repr(value)
            if len(text) <= _LONGEST and text not in {"inf", "-inf", "nan"}:
                return f"({text})" if text.startswith("-") else text
        return self.bind(value, word)

    def bind(self, thing: Any, word: str) -> str:
        """Return the name of an object in the source; the same one for the same object."""
        name = self._names.get(id(thing))
        if name is None:
            if not (word.isascii() and word.isidentifier()):
                word = re.sub(r"\W", "_", word, flags=re.ASCII)
            name = self.fresh(word) if word in _TAKEN or hasattr(builtins, word) else word
            while name in self.bound:
                name = self.fresh(word)
            self._names[id(thing)] = name
            self.bound[name] = thing
        return name

    @property
    def text(self) -> str:
        """All that was written."""
        return "\n\n".join(self.finished) + "\n"

    def namespace(self) -> dict[str, Any]:
        """Run what was written; return what stands in the module then."""
        namespace = dict(self.bound)
        exec(_compiled(self.text, f"<{self.title}>"), namespace)  # noqa: S102 - written here, of checked parts
        return namespace


@lru_cache(maxsize=_MOST)
def _compiled(text: str, title: str) -> CodeType:
    return compile(text, title, "exec", dont_inherit=True)


class Late:
    """A function of a source, which is compiled when it is first called."""

    __slots__ = ("_call", "_name", "source")

    def __init__(self, source: Source, name: str) -> None:
        self.source, self._name = source, name
        self._call: Callable[..., Any] | None = None

    def __call__(self, *arguments: Any) -> Any:
        """Call the function."""
        if self._call is None:
            self._call = self.source.namespace()[self._name]
        return self._call(*arguments)
