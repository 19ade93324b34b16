"""What the rows of a list mean to Edusign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from edusync.diagnostics import Location
from edusync.spec.node import ASSUMED, Node, key, place
from edusync.spec.texts import Expression, ListName
from edusync.spec.tree.rules import CONDITIONS, DROPS, IGNORED, Drop
from edusync.spec.tree.value import Value

_VALUE: dict[str, Any] = {"$ref": "#/$defs/value"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity(Node):
    """What the rows of a list mean to Edusign. Which fields there are says `ENTITIES`."""

    kind: str
    source: str = key("The list.", name="from", read_as=ListName)
    ignore: Expression | None = key(
        "Not one of these when true. Under reason codes, as in `drop`, each row is told in an "
        "event.",
        default=None,
        schema=IGNORED,
    )
    ignore_drops: tuple[Drop, ...] = ()
    drop: tuple[Drop, ...] = key(DROPS, default=(), schema=CONDITIONS)
    fields: Mapping[str, Value]
    """The values of what its kind has, by the names of `ENTITIES`."""
    of_sheets: bool = False
    """Whether the students of a group are those on its sheets that come down."""
    carry: Mapping[str, Value] = key(
        "Name to value: ids and flags kept with the sheet for write-back, never personal data.",
        factory=dict,
        schema={"type": "object", "additionalProperties": _VALUE},
    )
    also_known_as: tuple[Value, ...] = key(
        "Other identities, in order; when `source_id` is not known yet, the first known one takes "
        "it over.",
        default=(),
        schema={"type": "array", "items": _VALUE, "minItems": 1},
    )
    assumed: str | None = key(ASSUMED, default=None)
    place: Location = place()

    @property
    def ignores(self) -> tuple[Expression, ...]:
        """Every condition under which a row is none of these."""
        plain = (self.ignore,) if self.ignore is not None else ()
        return (*plain, *(condition.test for condition in self.ignore_drops))


@dataclass(frozen=True, slots=True)
class Described:
    """A kind of entity: what it is, which keys it needs, and all that it may say, in order.

    A key with a meaning holds a value of its own; any other is one of `Entity`.
    """

    meaning: str
    needed: tuple[str, ...]
    keys: Mapping[str, str | None]
    may_drop: bool = True
    """Whether rows of it can be dropped with a reason: they are something that comes down."""

    @property
    def fields(self) -> Mapping[str, str]:
        """The meanings of the values that are its own, by name."""
        return {name: meaning for name, meaning in self.keys.items() if meaning is not None}


_ID = "The ERP's id."
_PERSON = {"source_id": _ID, "last_name": "Last name.", "first_name": "First name."}
OF_SHEETS = "of_sheets"
"""What a spec writes where groups are made of the learners on their sheets."""
_MEMBERS = (
    "Ids of its students; or `of_sheets`: the learners on its sheets that come down, by the rules "
    "of the engine."
)
_REACHED = {**_PERSON, "email": "E-mail.", "phone": "Phone number."}

ENTITIES: Mapping[str, Described] = {
    "student": Described(
        "Somebody who learns.",
        ("source_id", "last_name", "first_name"),
        {**_REACHED, "tags": "Tags.", "badge": "The number of the NFC card."},
    ),
    "professor": Described(
        "Somebody who teaches.", ("source_id", "last_name", "first_name", "email"), _REACHED
    ),
    "group": Described(
        "A set of students.",
        ("source_id", "name"),
        {"source_id": _ID, "name": "Name.", "students": _MEMBERS},
    ),
    "classroom": Described("A place.", ("source_id", "name"), {"source_id": _ID, "name": "Name."}),
    "course": Described(
        "A dated class with its attendance sheet.",
        ("source_id", "name", "starts_at", "ends_at"),
        {
            "source_id": _ID,
            "also_known_as": None,
            "name": "Name.",
            "starts_at": "When it starts.",
            "ends_at": "When it ends.",
            "professors": "Ids of the professors.",
            "students": "Ids of the students; those of the groups when not said.",
            "groups": "Ids of the groups.",
            "classroom": "Ids of classrooms.",
            "classroom_name": "The name of the place, as text.",
            "description": "Description.",
            "carry": None,
        },
    ),
    "external": Described(
        "A tutor or apprenticeship master.",
        ("source_id", "last_name", "first_name", "email"),
        {**_REACHED, "students": "Ids of the students that they follow."},
    ),
    "attendance": Described(
        "What the ERP holds of somebody's attendance, as `edusync reconcile` reads it.",
        ("student", "state"),
        {
            "student": "Id of the student.",
            "course": "Id of the course; told by `starts_at` when not said.",
            "starts_at": "When it starts: it is of the course that is held then.",
            "state": "The state, in the words of `writeback.states`; `course` is the sheet.",
            "otherwise": "The state of somebody of whom there is no row; nothing when not said.",
            "arrived_at": "When somebody arrived who is late, as a moment; not compared when not "
            "said.",
            "left_at": "When somebody left early, as a moment; not compared when not said.",
            "reason": "Id or label of the reason of a justified absence, as `writeback.reasons` "
            "knows it; not compared when not said.",
        },
        may_drop=False,
    ),
}
"""The kinds of entities, with what a spec may say of each."""
