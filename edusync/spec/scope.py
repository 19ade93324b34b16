"""Which keys of a spec decide what comes down, and on what each of them rests: a graph.

A key is written as in `resources.sessions.drop.DOWN_COURSE_CANCELLED`, an answer of a connector
file as in `filters.siteCodes`. Nodes with a blank in their name stand for many keys:
`resources.sessions asked` for what the ERP is asked for and which rows come of it, `… rows` for
that and which of the rows are none, `… whole` for all about the list.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.diagnostics import Location

SESSIONS = "all sessions"
"""The node of everything that decides whether the ERP sends a session at all."""
ANSWERS = ("options", "filters", "connection", "account")
"""The sections of a connector file that templates and expressions mention."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ScopeKeys:
    """What decides which sessions of a spec come down."""

    texts: Mapping[str, str] = field(default_factory=dict)
    """A digest of what stands under a key."""
    rests_on: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The nodes that a node rests on; one without text is an answer, or a column with its name."""
    rules: Mapping[Location, str] = field(default_factory=dict)
    """Where the rules stand that drop a session, and their keys."""

    def reach(self, node: str) -> frozenset[str]:
        """Return the keys and answers that a node rests on, itself included when it is one."""
        visited: set[str] = set()
        waiting = [node]
        while waiting:
            here = waiting.pop()
            if here not in visited:
                visited.add(here)
                waiting.extend(self.rests_on.get(here, ()))
        return frozenset(one for one in visited if " " not in one)


def with_asked(rule: str) -> str:
    """Return the node of a rule together with all that its list is asked for."""
    return f"{rule} with what is asked"
