"""Which items are valid, and what happens to those that vanish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from edusync.diagnostics import Location
from edusync.spec.forms import TEXT, mapping, whole, with_meaning
from edusync.spec.node import Node, key, place, source
from edusync.spec.texts import CodeName, Expression


@dataclass(frozen=True, slots=True)
class Drop(Node):
    """A condition under which something is left out, held or reported, with its reason code."""

    named_by: ClassVar[str] = "code"
    plain: ClassVar[str] = "test"

    code: CodeName = source("The reason code.")
    test: Expression = source("When it holds.")
    place: Location = place()


DROPS = "Reason code to condition; in order, the first true one is the reason."
CONDITIONS = mapping(
    "The row is dropped when this is true. An expression, without braces.",
    {**TEXT, "minLength": 1},
)
"""The form of conditions under their reason codes."""
IGNORED = {
    "type": ["string", "object"],
    "minLength": 1,
    "additionalProperties": with_meaning(
        "The row is ignored, and told, when this is true. An expression, without braces.",
        {**TEXT, "minLength": 1},
    ),
}
"""The form of a condition under which rows are ignored, or of several with their reason codes."""


@dataclass(frozen=True, slots=True)
class Adopt(Node):
    """How a hand-made sheet is matched to a session of the ERP (D3)."""

    match: tuple[str, ...] = source(
        "The fields that have to be equal.",
        default=("starts_at", "ends_at", "name"),
        schema={
            "type": "array",
            "items": with_meaning("One field.", {"enum": ["starts_at", "ends_at", "name"]}),
            "minItems": 1,
            "uniqueItems": True,
        },
    )
    days_back: int = source("How far back sheets are looked at.", default=7, minimum=0, maximum=31)


@dataclass(frozen=True, slots=True)
class Rules(Node):
    """Which items are valid, and what happens to those that vanish."""

    student_email: Literal["needed", "optional"] = key(
        "Whether a student needs an e-mail.", default="needed"
    )
    student_needed: bool = key("A sheet needs at least one valid student.", default=True)
    group_students_needed: bool = key("A group needs at least one student.", default=True)
    people_without_sheet: Literal["leave", "create"] = key(
        "What happens to people and groups that no sheet carries: `leave`, they come with their "
        "first sheet; `create`, every valid professor, student and group comes down and is kept up "
        "to date, as a roster without a timetable needs. Nobody is deleted.",
        default="leave",
    )
    professor_email_twice: Literal["block_later", "block_all", "drop_later"] = key(
        "What a doubled professor e-mail does: block_later blocks the later professor and their "
        "sheets, block_all every sheet that refers to the address, drop_later leaves a sheet with "
        "its other professors. The later one is who is not on Edusign yet, else who has the larger "
        "id.",
        default="block_later",
    )
    vanished: Literal["delete", "keep"] = key(
        "What happens to the sheet of a session that is gone.", default="delete"
    )
    adopt: Adopt | None = key(
        "How a hand-made sheet is matched to a session; false switches it off.",
        default=Adopt(),
        type=["object", "boolean"],
    )
    professor_credentials: Expression | None = key(
        "Send credentials to a professor at creation when true.", default=None
    )
    student_credentials: Expression | None = key(
        "Send credentials to a student at creation when true.", default=None
    )
    report: Mapping[str, tuple[Drop, ...]] = key(
        "Kind to reason code to condition: an event about an item that comes down all the same. "
        "Of a course, `decided` is what the engine made of it: `comes_down`, else the code of the "
        "`reason`; the ids of `students` and `professors` on its sheet, and of those that the "
        "session names and that are not on it: `students_left_out`, `professors_left_out`.",
        factory=dict,
        schema=whole(
            {
                kind: with_meaning(DROPS, CONDITIONS)
                for kind in ("student", "professor", "group", "course", "external")
            }
        ),
    )
