"""Parts of the language that come in kinds, such as paging: a class for each `kind:`.

Each kind is one module of its package, which is found by being there; from outside of the package
one is added by `add`. Schema, reference and reader go through them.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from threading import RLock
from typing import TYPE_CHECKING, Generic, TypeVar

from edusync.spec.node import Node

if TYPE_CHECKING:
    from collections.abc import Iterator

Base = TypeVar("Base", bound=Node)
_READING = RLock()
"""Who finds the modules of kinds holds it: another thread waits until all are there."""


class Kinds(Generic[Base]):
    """The kinds of one part, by their names.

    `name` is what the schema calls the part, `word` the key that names the kind, `meaning` what the
    schema says of that key, and `package` holds a module for each kind. With `says_each` the schema
    says what each kind means as well: the docstring of its class.
    """

    def __init__(
        self,
        name: str,
        base: type[Base],
        meaning: str,
        package: str,
        *,
        word: str = "kind",
        says_each: bool = False,
    ) -> None:
        self.name, self.base, self.package = name, base, package
        self.word, self._meaning, self._says_each = word, meaning, says_each
        self._known: dict[str, type[Base]] = {}
        self._is_begun = self._is_read = False
        self.changes = 0
        """How often a kind was added from outside of the package, or taken away."""

    def add(self, kind: str, kind_type: type[Base]) -> None:
        """Add a kind; the name of one that is there already is refused."""
        if self._known.get(kind, kind_type) is not kind_type:
            raise ValueError(f"two kinds of {self.name} are called '{kind}'")
        self._known[kind] = kind_type
        self.changes += not kind_type.__module__.startswith(f"{self.package}.")

    def remove(self, kind: str) -> None:
        """Take away a kind that was added from outside."""
        del self._known[kind]
        self.changes += 1

    @property
    def meaning(self) -> str:
        """What the schema says of the key that names the kind."""
        if not self._says_each:
            return self._meaning
        each = (f"`{kind}`: {kind_type.__doc__}" for kind, kind_type in self.pairs())
        return " ".join(" ".join((self._meaning, *each)).split())

    def __getitem__(self, kind: str) -> type[Base]:
        return self._all()[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._all()))

    def pairs(self) -> Iterator[tuple[str, type[Base]]]:
        """Yield each name with its class, in the order of the names."""
        known = self._all()
        return ((kind, known[kind]) for kind in sorted(known))

    def _all(self) -> dict[str, type[Base]]:
        if not self._is_read:
            with _READING:
                self._read()
        return self._known

    def _read(self) -> None:
        if self._is_begun:  # by this thread, whose modules ask for what there is so far
            return
        self._is_begun = True
        package = import_module(self.package)
        for module in iter_modules(package.__path__):
            import_module(f"{self.package}.{module.name}")
        self._is_read = True
