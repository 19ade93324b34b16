"""What planning one account needs to know beside the verdicts, the store and the look."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from edusync.engine.plan.waiting import Waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from edusync.engine.plan.plan import Key
    from edusync.engine.plan.scope_digest import ScopeGuard
    from edusync.engine.plan.shared_links import SharedLink
    from edusync.model import Window
    from edusync.spec.tree import Adopt, Spec
    from edusync.state.adoptions import Apart
    from edusync.target.client import EdusignClient


@dataclass(frozen=True, slots=True)
class Setting:
    """What planning one account needs to know. `client` answers lookups of single items."""

    account: str
    spec: Spec
    window: Window
    vanished: str
    adopt: Adopt | None
    restore_archived: bool
    scope: ScopeGuard
    client: EdusignClient
    now: Callable[[], datetime]
    """What time it is in the run; a run can act at another moment than the clock's."""
    left: frozenset[str] = frozenset()
    """Other connectors on the account beside whose sheets ours are made, by somebody's word."""
    taken: frozenset[str] = frozenset()
    """Other connectors of which the account was taken over."""
    waiting: Waiting = field(default_factory=Waiting)
    """What guards held in earlier runs, and nobody has approved."""
    shared: Mapping[Key, SharedLink] = field(default_factory=dict)
    """Links that lead to one item of Edusign."""
    confirmed: Mapping[Key, AbstractSet[str]] | None = None
    """What the first of two readings would take away; nothing else is. None for one reading."""
    was_whole: bool = False
    """Whether an earlier run brought everything down: what is there can be compared with."""
    apart: frozenset[Apart] = frozenset()
    """What is not the same, by a person's word: an item of the ERP and one on Edusign."""
