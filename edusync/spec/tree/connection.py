"""What is asked of a school: connection, options, filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from edusync.diagnostics import Location
from edusync.spec.node import Node, place
from edusync.spec.texts import Expression, Path


@dataclass(frozen=True, slots=True)
class Label(Node):
    """A text for a person, in English and French (ruling L9)."""

    en: str
    fr: str


@dataclass(frozen=True, slots=True)
class Question(Node):
    """Something to ask the school: a connection answer, an option or a filter."""

    name: str
    type: str
    label: Label
    help: Label | None
    optional: bool
    default: Any
    values: Mapping[str, Label]
    """The answers of a choice, with their labels."""
    drop_end: tuple[str, ...]
    asked_when: Expression | None
    per_account: bool
    choices: Choices | None
    must_exist_in: MustExist | None
    item: str
    reason: str | None
    alike: bool
    assumed: str | None
    place: Location = place()

    @property
    def shown_default(self) -> str:
        """The default as a connector file would have it; the entries of a list by themselves."""
        if isinstance(self.default, bool):
            return str(self.default).lower()
        listed = self.default if isinstance(self.default, list) else [self.default]
        return ", ".join(
            f"{first}: {second}" if isinstance(entry, dict) else str(entry)
            for entry in listed
            for first, seconds in (entry.items() if isinstance(entry, dict) else [("", "")])
            for second in (seconds if isinstance(seconds, list) else [seconds])
        )

    def choices_in(self, lang: str, mark: str = "") -> list[str]:
        """Return the answers of a choice between marks.

        Each with its label where that says more.
        """
        return [
            f"{mark}{value}{mark}"
            + ("" if (said := getattr(label, lang)) == value else f" ({said})")
            for value, label in self.values.items()
        ]


@dataclass(frozen=True, slots=True)
class Choices(Node):
    """The list of the ERP that a filter chooses from, by its key.

    Labels are accepted and turned into ids.
    """

    resource: str
    id: Path
    label: Path


@dataclass(frozen=True, slots=True)
class MustExist(Node):
    """An answer that has to be found in a list of the ERP, by any of the paths."""

    resource: str
    on: tuple[Path, ...]
    code: str
