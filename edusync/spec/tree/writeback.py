"""The way up: states, lines, and the steps that write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from edusync.diagnostics import Location
from edusync.spec.forms import (
    A_WHILE,
    ANYTHING,
    ANYWHERE,
    HOLES,
    TEXT,
    mapping,
    whole,
    with_meaning,
)
from edusync.spec.node import ASSUMED, Node, key, place, source
from edusync.spec.node import source as own
from edusync.spec.payload import Payload
from edusync.spec.texts import Expression, ListName, Path
from edusync.spec.tree.rules import Drop
from edusync.spec.tree.step import MEANINGS, STATE, STATES, Step
from edusync.spec.tree.transport import FilesTransport
from edusync.spec.tree.value import Value

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
    when_none: Literal["default", "send_without", "hold"] | None = own(
        "What happens when nobody gave a reason on Edusign: the default is sent, the absence goes "
        "up without one, or the line is held. When not said, it counts as a reason that could not "
        "be read.",
        default=None,
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
    transport: FilesTransport | None = key(
        "Where attendance goes when the ERP has no interface for it: files in a folder.",
        default=None,
        schema=whole(
            {
                "kind": with_meaning("Files in a folder.", {**TEXT, "enum": ["files"]}),
                "url": with_meaning(
                    "The folder, a path or sftp://user:password@host/path; a path as in "
                    f"`transport.url`. {HOLES}",
                    TEXT,
                ),
                "host_key": with_meaning(
                    "Files over SFTP: the key of the host, such as ssh-ed25519 AAAA…; the known "
                    f"hosts of this machine when not said. {HOLES}",
                    TEXT,
                ),
                "limits": with_meaning(
                    "How hard the host may be asked, over SFTP.",
                    whole(
                        {
                            "connect": with_meaning(
                                "How long a connection may take, such as 10s.",
                                {**TEXT, "pattern": A_WHILE},
                            )
                        }
                    ),
                ),
                "assumed": with_meaning(ASSUMED, TEXT),
            },
            "kind",
            "url",
        ),
    )
    check: tuple[str, ...] = key(
        "SQL: statements that need the rights of the steps and touch no row, such as `delete from "
        "T where 1 = 0`. `edusync check` runs them, and takes them back.",
        default=(),
        schema={"type": "array", "items": with_meaning("One statement.", TEXT), "minItems": 1},
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
                "sheet": with_meaning("Once for each sheet.", VALUES),
                "person": with_meaning("Once for each person on it.", VALUES),
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
                "student": with_meaning("The line of a student.", LINE),
                "professor": with_meaning(
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
