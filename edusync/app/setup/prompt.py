"""A question of a setup as a front end asks it, a prompt, and the groups that prompts stand in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from edusync.diagnostics import Route
    from edusync.spec.tree import Question

Kind = Literal[
    "text", "secret", "url", "boolean", "integer", "choice", "entries", "pairs", "slots", "gate"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One question as a front end asks it.

    `route` is where the answer stands in the connector file; that of a gate is ("gates", what
    stands behind it). `value` is the answer of the moment, or the default; of a secret only how it
    is referred to.
    """

    route: Route
    kind: Kind
    label: str
    help: str | None = None
    value: Any = None
    default: Any = None
    values: Mapping[str, str] = field(default_factory=dict)
    """The answers of a choice, or those that stand for no hours, and how they read."""
    is_needed: bool = True
    example: str | None = None
    account: int = 0
    """The account that it is about, by its place."""
    of_account: str | None = None
    """The name of that account, where there are several."""
    question: Question | None = None
    """The question of the spec that it comes from."""

    @property
    def key(self) -> str:
        """A name for it that is unique in the setup, such as `accounts.0.filters.siteCodes`."""
        return ".".join(map(str, self.route))

    @property
    def has_offers(self) -> bool:
        """Whether a list of the ERP says what can be chosen."""
        one = self.question
        return self.kind != "gate" and bool(
            one
            and (
                one.choices
                or one.offer
                or (one.must_exist_in and "." not in one.must_exist_in.resource)
            )
        )

    @property
    def is_open(self) -> bool:
        """Whether an answer is still needed."""
        if self.kind == "gate":
            return self.value is None
        return self.is_needed and self.value in (None, "", [], {})


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that belong together: a page."""

    name: str
    title: str
    questions: Sequence[Prompt]
