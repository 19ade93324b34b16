"""What planning one account needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from edusync.engine.plan.scope_digest import ScopeGuard
    from edusync.model import Window
    from edusync.spec.types import Spec


@dataclass(frozen=True, slots=True)
class Setting:
    """What planning one account needs to know."""

    connector: str
    account: str
    spec: Spec
    window: Window
    vanished: str
    restore_archived: bool
    touched_since: datetime | None
    now: Callable[[], datetime]
    scope: ScopeGuard
