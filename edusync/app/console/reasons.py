"""Which reasons of Edusign no reason of the ERP is for, and which the ERP has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from edusync.app.explaining.reasons import compare_reasons
from edusync.errors import EdusyncError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.moment import Moment
    from edusync.registry import Registry
    from edusync.state.store import Store


@dataclass(frozen=True, slots=True)
class Reasons:
    """The reasons of both sides at a moment; `code` is why they could not be read."""

    at: datetime
    open: Sequence[str] = ()
    """Edusign's, which go up as nothing or as the default."""
    known: Sequence[str] = ()
    """The ERP's, by their labels."""
    code: str | None = None


def read_reasons(instance: Instance, store: Store, registry: Registry, moment: Moment) -> Reasons:
    """Read the reasons of both sides; nothing is written."""
    waiting: dict[str, None] = {}
    known: dict[str, None] = {}
    try:
        for one in compare_reasons(instance, store, registry, moment):
            (known if one.code is None else waiting)[one.label] = None
    except EdusyncError as error:
        return Reasons(moment.now, code=error.code)
    return Reasons(moment.now, tuple(waiting), tuple(known))
