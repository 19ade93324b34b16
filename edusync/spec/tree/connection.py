"""What is asked of a school: connection, options, filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from edusync.diagnostics import Location
from edusync.spec.forms import TEXT, one_or_list, with_meaning
from edusync.spec.node import ASSUMED, Node, key, place, source
from edusync.spec.scopes import RUN
from edusync.spec.texts import CodeName, Expression, ListName, Path


@dataclass(frozen=True, slots=True)
class Label(Node):
    """A text, or one per language."""

    defined: ClassVar[str] = "label"

    en: str = source("English.")
    fr: str = source("French.")


LABEL: dict[str, Any] = {"$ref": "#/$defs/label"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices(Node):
    """The list of the ERP to choose from, by its `key`; labels are accepted and turned into ids."""

    resource: ListName = key("The list.")
    id: Path
    label: Path = key("Where its label stands.")


@dataclass(frozen=True, slots=True)
class MustExist(Node):
    """The answer has to be found in a list of the ERP."""

    resource: str = source("The list.")
    on: tuple[Path, ...] = source(
        "The path or paths where the answer may stand.", schema=one_or_list("One path.")
    )
    code: CodeName = source("The code to fail with.", default=CodeName("CONF_OPTION_VALUE"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Node):
    """A list of the ERP whose rows a setup offers as entries; other entries are taken, too."""

    resource: ListName = key("The list.")
    on: Path = key("Where an entry stands.")
    label: Path | None = key("Where its name stands, if it has one.", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Node):
    """A question to the customer."""

    name: str
    type: Literal["text", "secret", "url", "boolean", "integer", "choice", "list", "filter"] = key(
        "The kind of the answer.",
        schema={
            "type": "string",
            "enum": ["text", "secret", "url", "boolean", "integer", "choice", "list"],
        },
    )
    values: Mapping[str, Label] = key(
        "The answers of a choice: a list, or value to label.",
        factory=dict,
        schema={
            "type": ["array", "object"],
            "items": with_meaning("One answer, as it is written in connector files.", TEXT),
            "additionalProperties": {
                "$ref": "#/$defs/label",
                "description": "The label of one answer.",
            },
        },
    )
    drop_end: tuple[str, ...] = key(
        "Endings that are cut off a URL, again and again.", default=(), each="One ending."
    )
    must_exist_in: MustExist | None = key(
        "The answer has to be found in a list of the ERP.", default=None
    )
    label: Label = key("What the customer reads.", default=Label("", ""), schema=LABEL)
    help: Label | None = key("A sentence that helps to answer.", default=None)
    gate: Label | None = key(
        "A question of yes or no that a setup asks before this one: no leaves it out.", default=None
    )
    optional: bool = key("May be left out.", default=False)
    default: Any = key(
        "The answer when none is given; a boolean is off without one.", default=None, schema={}
    )
    example: Any = key("An answer as it looks.", default=None, schema={})
    asked_when: Expression | None = key(
        "Asked, and needed, only when this is true.", default=None, scope=RUN
    )
    per_account: bool = key(
        "Each Edusign account has its own answer; pages and `connectors show` say so.",
        default=False,
    )
    assumed: str | None = key(ASSUMED, default=None)
    choices: Choices | None = None
    offer: tuple[Offer, ...] = ()
    item: str = "text"
    reason: str | None = None
    alike: bool = False
    place: Location = place()

    @property
    def shown_default(self) -> str:
        """The default as a connector file would have it; the entries of a list by themselves."""
        return _shown(self.default)

    @property
    def shown_example(self) -> str:
        """The example in the same way."""
        return _shown(self.example)

    @property
    def kind(self) -> str:
        """What an answer is, in words."""
        return self.type

    def choices_in(self, lang: str, mark: str = "") -> list[str]:
        """Return the answers of a choice between marks.

        Each with its label where that says more.
        """
        return [
            f"{mark}{value}{mark}"
            + ("" if (text := getattr(label, lang)) == value else f" ({text})")
            for value, label in self.values.items()
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterQuestion(Question):
    """A filter: which items an account takes. An empty filter lets everything pass."""

    written_first: ClassVar[tuple[str, ...]] = (
        "item",
        "parts",
        "choices",
        "offer",
        "reason",
        "alike",
    )
    not_written: ClassVar[frozenset[str]] = frozenset(
        {"type", "values", "drop_end", "must_exist_in"}
    )

    item: Literal["text", "id", "integer", "glob", "pair"] = key(
        "What one entry is; a glob knows *.", default="id"
    )
    parts: tuple[str, ...] = key(
        "The names of the two parts of a `pair`.",
        default=(),
        each="The name of one part.",
        minItems=2,
        maxItems=2,
    )
    choices: Choices | None = key(
        "The list of the ERP to choose from, by its `key`; labels are accepted and turned into "
        "ids.",
        default=None,
    )
    offer: tuple[Offer, ...] = key(
        "The list that a setup offers entries from; for a `pair`, one for each part.", default=()
    )
    reason: CodeName | None = key("The reason code of a row that does not match.", default=None)
    alike: bool = key("Compare without case and accents.", default=False)
    optional: bool = key(
        "May be left out, and lets everything pass then; false: an answer is needed.", default=True
    )
    default: Any = key(
        "What the filter takes when neither the account nor the connector file answers; `[]` there "
        "lets everything pass.",
        default=None,
        schema={},
    )

    @property
    def kind(self) -> str:
        """What one entry is, in words."""
        return f"{self.item} of {' and '.join(self.parts)}" if self.parts else self.item


def _shown(answer: Any) -> str:
    """Return an answer as a connector file would have it; the entries of a list by themselves."""
    if isinstance(answer, bool):
        return str(answer).lower()
    listed = answer if isinstance(answer, list) else [answer]
    return ", ".join(
        f"{first}: {second}" if isinstance(entry, dict) else str(entry)
        for entry in listed
        for first, seconds in (entry.items() if isinstance(entry, dict) else [("", "")])
        for second in (seconds if isinstance(seconds, list) else [seconds])
    )
