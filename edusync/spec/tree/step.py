"""One call of the way up, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, TypeAlias

from edusync.diagnostics import Location
from edusync.spec.fields import Key, written
from edusync.spec.forms import (
    ANYTHING,
    ANYWHERE,
    HOLES,
    SCALAR,
    STATEMENT,
    TEXT,
    mapping,
    whole,
    with_meaning,
)
from edusync.spec.node import Node, key, place, source
from edusync.spec.payload import Members
from edusync.spec.texts import Expression, Path
from edusync.spec.tree.call import Call
from edusync.spec.tree.value import Value

MEANINGS: Mapping[str, str] = {
    "present": "Signed, or said to be there.",
    "absent": "Not there.",
    "absent_justified": "Not there, with a justified absence.",
    "late": "There, some minutes late: `attendance.minutes`, `attendance.arrived_at`.",
    "excluded": "Sent out of the class: `attendance.excluded_at`.",
    "early_departure": "Left before the end: `attendance.left_at`.",
}
STATES = tuple(MEANINGS)
"""The states of the attendance of one person (U2)."""
STATE: dict[str, Any] = {**TEXT, "enum": list(STATES)}


@dataclass(frozen=True, slots=True)
class Refused(Node):
    """How the answer names the lines that the ERP refused, and what became of the others.

    Without `items` it names nobody: of lines that are lost, halves are tried.
    """

    demands: ClassVar[Mapping[str, Any]] = {
        "dependentRequired": {"items": ["who", "is"], "who": ["items"], "is": ["items"]}
    }

    items: Path | None = source("Where the refusals stand.", of_answer=True, default=None)
    when: Expression | None = source(
        "About `row`, one of them: whether it is a refusal; all are when not said.", default=None
    )
    who: Path | None = source("What names the line in it.", default=None)
    line_key: str | None = source(
        "The key of the line that is equal to `who`.", name="is", default=None
    )
    message: Path | None = source("What the ERP says about it.", default=None)
    optional: bool = key(
        "Answers need not have `items`, nor its rows what `when` reads: then nothing was refused. "
        "Not needed where a recorded case, or an answer of before, had them while others did not.",
        default=False,
    )
    rest: Literal["stored", "lost"] = key(
        "What became of the lines that were not refused: the ERP stored them, or they are lost and "
        "sent again without the refused ones."
    )


@dataclass(frozen=True, slots=True)
class Repeat(Node):
    """It is sent again: it sets a state."""

    word: ClassVar[str] = "repeat"


@dataclass(frozen=True, slots=True)
class AskSomebody(Node):
    """Somebody decides."""

    word: ClassVar[str] = "person"


@dataclass(frozen=True, slots=True)
class LookFirst(Node):
    """What the ERP holds is read back, and says whether it landed."""

    look: Value = source("What is read back, after the grace time; `found` from then on.")
    done: Expression = source("Whether the write landed.")


InDoubt: TypeAlias = Repeat | AskSomebody | LookFirst
"""What happens to a write whose answer never came (ruling L2)."""


@dataclass(frozen=True, slots=True)
class CsvForm(Node):
    """How a file of lines is written."""

    charset: str = source(
        "The charset, such as windows-1252 or utf-8-sig (UTF-8 with a byte order mark).",
        default="utf-8",
    )
    separator: str = source(
        "What stands between cells.", default=";", schema={**TEXT, "minLength": 1, "maxLength": 1}
    )
    quote: Literal["needed", "all"] = source(
        "Which cells stand in quotes: those that need them, or all.", default="needed"
    )
    line_end: Literal["crlf", "lf"] = source("How lines end.", default="crlf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Node):
    """One call of the way up.

    A write says what happens when its answer never comes; without `in_doubt` a step only reads.
    """

    also_written: ClassVar[tuple[Key, ...]] = (
        written(
            "arguments",
            f"SOAP: the arguments, by name, or text that makes them. {ANYWHERE}",
            {**mapping(f"One argument. {ANYWHERE}", ANYTHING), "type": ["object", "string"]},
        ),
        written(
            "sql",
            "SQL: a statement, or pieces of one; after the sheet it is run for every line at once, "
            "all statements in one transaction.",
            STATEMENT,
        ),
        written(
            "values",
            "SQL: what is bound, by name; a list names members of the line, which are bound under "
            "their own names.",
            {
                **mapping(f"One value. {ANYWHERE}", ANYTHING),
                "type": ["object", "array"],
                "items": with_meaning("A member of the line.", TEXT),
            },
        ),
        written(
            "file",
            "Files: the name of the file that is written; it is written aside and renamed. "
            + HOLES,
            TEXT,
        ),
    )
    """What the keys of its call mean otherwise than elsewhere."""

    call: Call
    when: Expression | None = key("Only when this is true.", default=None)
    states: tuple[str, ...] = key(
        "Only for lines in these states.",
        name="for",
        default=STATES,
        schema={"type": "array", "items": with_meaning("One state.", STATE), "minItems": 1},
    )
    read: Mapping[str, Path] = key(
        "Name to path into the answer; `got.<name>` in the steps after it. What no answer ever had "
        "is unknown, and what needs it waits; of what answers need not have, say what it is then: "
        "`id || ''`.",
        names=True,
        factory=dict,
        each="Where it stands.",
    )
    refused: Refused | None = key(
        "How the answer names the lines that the ERP refused, and what became of the others. "
        "Without `items` it names nobody: of lines that are lost, halves are tried.",
        default=None,
    )
    in_doubt: InDoubt | None = key(
        "What happens to the write when its answer never came: `repeat` (it sets a state), "
        "`person` (somebody decides), or {look, done}: it is read back first.",
        default=None,
        schema=whole(
            {
                "look": {
                    "$ref": "#/$defs/value",
                    "description": "What is read back, after the grace time; `found` from then on.",
                },
                "done": with_meaning(
                    "Whether the write landed. An expression, without braces.",
                    {**TEXT, "minLength": 1},
                ),
            },
            "look",
            "done",
            kind=["string", "object"],
            pattern="^(repeat|person)$",
        ),
    )
    csv: Members | None = key(
        "Files: the columns of the file, a row for each line; a list names members of the line.",
        default=None,
        schema={
            **mapping(f"One column; `line` is the line. {HOLES}", SCALAR, minProperties=1),
            "type": ["object", "array"],
            "items": with_meaning("A member of the line.", TEXT),
            "minItems": 1,
        },
    )
    csv_as: CsvForm = key(
        "Files: how the file is written; as Excel reads it when not said.", factory=CsvForm
    )
    place: Location = place()

    @property
    def writes(self) -> bool:
        """Whether the step changes the ERP."""
        return self.in_doubt is not None
