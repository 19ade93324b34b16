"""The way up: states, lines, and the steps that write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from edusync.diagnostics import Location
from edusync.spec.fields import Key, written
from edusync.spec.forms import (
    A_WHILE,
    ANYTHING,
    ANYWHERE,
    HOLES,
    SCALAR,
    TEXT,
    mapping,
    said,
    whole,
)
from edusync.spec.node import ASSUMED, Node, key, place, source
from edusync.spec.node import source as own
from edusync.spec.payload import Payload
from edusync.spec.texts import Expression, ListName, Path
from edusync.spec.tree.call import STATEMENT, Call
from edusync.spec.tree.rules import Drop
from edusync.spec.tree.transport import Transport
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
LINE = mapping(f"One key. {ANYWHERE}", ANYTHING)
VALUES: dict[str, Any] = {"type": "object", "additionalProperties": {"$ref": "#/$defs/value"}}
WHEN_IT_HOLDS = mapping("When it holds. An expression, without braces.", {**TEXT, "minLength": 1})
UP_STEPS: dict[str, Any] = {
    "type": "array",
    "items": {"$ref": "#/$defs/up_step"},
    "minItems": 1,
}


@dataclass(frozen=True, slots=True)
class Reasons(Node):
    """The reasons of the ERP: by exact label or id, then the default (U4)."""

    source: ListName = source(
        "The list of reasons; one that is dropped there says why it cannot be used.", name="from"
    )
    id: Path = own("Its id: `reason.id`.")
    label: Path = own("Its label: `reason.label`.")
    default: Payload | None = own(
        f"Label or id of the reason that is sent when the one used is not known. {HOLES}",
        default=None,
        schema=TEXT,
    )
    when_unknown: Literal["send_without", "hold"] = own(
        "What happens without reason and default: the absence goes up without one, or the line is "
        "held.",
        default="send_without",
    )
    place: Location = place()


@dataclass(frozen=True, slots=True)
class StateRule(Node):
    """What one state adds to the line of a person."""

    added: Payload | None = source(
        "Keys that are added to the line, or replaced.", name="set", default=None, schema=LINE
    )
    needs: Expression | None = source(
        "The state is sent only when this is true; else `else` is sent, and the event says so. An "
        "expression, without braces.",
        default=None,
        schema={"type": ["string", "boolean"]},
    )
    instead: str | None = source(
        "What is sent in its place.", name="else", default=None, schema=STATE
    )
    skip: bool = source("Nothing is sent for this state.", default=False)
    place: Location = place()


@dataclass(frozen=True, slots=True)
class Refused(Node):
    """How the answer names the lines that the ERP refused, and what became of the others.

    Without `items` it names nobody: of lines that are lost, halves are tried.
    """

    demands: ClassVar[Mapping[str, Any]] = {
        "dependentRequired": {"items": ["who", "is"], "who": ["items"], "is": ["items"]}
    }

    items: Path | None = source("Where the refusals stand.", default=None)
    when: Expression | None = source(
        "About `row`, one of them: whether it is a refusal; all are when not said.", default=None
    )
    who: Path | None = source("What names the line in it.", default=None)
    line_key: str | None = source(
        "The key of the line that is equal to `who`.", name="is", default=None
    )
    message: Path | None = source("What the ERP says about it.", default=None)
    rest: Literal["stored", "lost"] = key(
        "What became of the lines that were not refused: the ERP stored them, or they are lost and "
        "sent again without the refused ones."
    )


@dataclass(frozen=True, slots=True)
class InDoubt(Node):
    """What happens to a write whose answer never came (ruling L2): repeat, look or person."""

    kind: str
    look: Value | None = None
    done: Expression | None = None


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
                "items": said("A member of the line.", TEXT),
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
        schema={"type": "array", "items": said("One state.", STATE), "minItems": 1},
    )
    read: Mapping[str, Path] = key(
        "Name to path into the answer; `got.<name>` in the steps after it.",
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
                "done": said(
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
    csv: Mapping[str, Payload] | None = key(
        "Files: the columns of the file, a row for each line; a list names members of the line.",
        default=None,
        schema={
            **mapping(f"One column; `line` is the line. {HOLES}", SCALAR, minProperties=1),
            "type": ["object", "array"],
            "items": said("A member of the line.", TEXT),
            "minItems": 1,
        },
    )
    place: Location = place()

    @property
    def writes(self) -> bool:
        """Whether the step changes the ERP."""
        return self.in_doubt is not None


@dataclass(frozen=True, slots=True)
class Override(Node):
    """One replacement."""

    when: Expression = source("When it holds.")
    state: str = source("The state that goes up.", schema=STATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Writeback(Node):
    """How attendance goes up, or `none` when the ERP has no way for it.

    `people` and `sheets` hold values that are looked up for a person and for a sheet.
    """

    needs: Expression | None = key("Nothing goes up unless this is true.", default=None)
    transport: Transport | None = key(
        "Where attendance goes when the ERP has no interface for it: files in a folder.",
        default=None,
        schema=whole(
            {
                "kind": said("Files in a folder.", {**TEXT, "enum": ["files"]}),
                "url": said(f"The folder, a path or sftp://user:password@host/path. {HOLES}", TEXT),
                "host_key": said(
                    "Files over SFTP: the key of the host, such as ssh-ed25519 AAAA…; the known "
                    f"hosts of this machine when not said. {HOLES}",
                    TEXT,
                ),
                "limits": said(
                    "How hard the host may be asked, over SFTP.",
                    whole(
                        {
                            "connect": said(
                                "How long a connection may take, such as 10s.",
                                {**TEXT, "pattern": A_WHILE},
                            )
                        }
                    ),
                ),
                "assumed": said(ASSUMED, TEXT),
            },
            "kind",
            "url",
        ),
    )
    at_once: int = key(
        "How many sheets are read for, and written, together. With more than one, `for_sheet` is "
        "one call for all of them.",
        default=1,
        minimum=1,
        maximum=1000,
    )
    tries: int = key("How often a line is sent that the ERP refuses.", default=5, minimum=1)
    reasons: Reasons | None = key(
        "The reasons for absences: found by exact label or id; the connector file may name which "
        "of Edusign's is which of the ERP's.",
        default=None,
    )
    people: Mapping[str, Value] = key(
        "What is looked up before the line is made; every name is in scope from then on. Its row "
        "holds course, person, attendance, state and reason.",
        name="let",
        factory=dict,
        schema=whole(
            {
                "sheet": said("Once for each sheet.", VALUES),
                "person": said("Once for each person on it.", VALUES),
            }
        ),
    )
    sheets: Mapping[str, Value] = field(default_factory=dict)
    hold: tuple[Drop, ...] = key(
        "Reason code to expression: a line that does not go up. A code of a sheet (UP_COURSE_…) "
        "holds the whole sheet.",
        default=(),
        schema=WHEN_IT_HOLDS,
    )
    report: tuple[Drop, ...] = key(
        "Reason code to expression: something to say about a sheet that went up.",
        default=(),
        schema=WHEN_IT_HOLDS,
    )
    override: tuple[Override, ...] = key(
        "States that are replaced, before `needs` and `else`; the first that is true counts.",
        default=(),
    )
    lines: Mapping[str, Payload] = key(
        "What the line of one person always holds.",
        name="line",
        schema=whole(
            {
                "student": said("The line of a student.", LINE),
                "professor": said(
                    "The line of a professor, where the ERP wants their attendance too.", LINE
                ),
            },
            "student",
        ),
    )
    states: Mapping[str, StateRule] = key(
        "What each state adds to the line.",
        schema=whole(
            {
                state: {"$ref": "#/$defs/state", "description": meaning}
                for state, meaning in MEANINGS.items()
            },
            *STATES,
        ),
    )
    for_person: tuple[Step, ...] = key(
        "Steps for one line after the other; a line that is refused does not stop the others.",
        default=(),
        schema=UP_STEPS,
    )
    for_sheet: tuple[Step, ...] = key(
        "Steps for the sheet, with its `lines`; only when no step for a person failed.",
        default=(),
        schema=UP_STEPS,
    )
    then: tuple[Step, ...] = key(
        "Steps after the attendance of a sheet stands in the ERP (U7).",
        default=(),
        schema=UP_STEPS,
    )
    assumed: str | None = key(ASSUMED, default=None)
    place: Location = place()

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step."""
        return (*self.for_person, *self.for_sheet, *self.then)
