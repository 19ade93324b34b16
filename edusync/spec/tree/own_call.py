"""A call that the transport makes by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from edusync.spec.node import Node, key
from edusync.spec.texts import AnswerPath, Expression
from edusync.spec.tree.call import Call


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCall(Node):
    """A call that the transport makes by itself: to sign in, to leave, to test the connection.

    As a step of a sign-in it has a condition, and is read from.
    """

    call: Call
    read: Mapping[str, AnswerPath] = key(
        "Name to path into the answer, or header.<name>; `auth.<name>` from then on.",
        names=True,
        factory=dict,
        each="Where it stands.",
    )
    when: Expression | None = key("Only when this is true.", default=None)
