"""From the reason of a justified absence on Edusign to one of the ERP.

By exact label or id, then the default (U4).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from edusync.engine import calls
from edusync.engine.read.table import UNDECIDED
from edusync.errors import ConfigurationProblem
from edusync.model.ids import Unknown, Unreadable, folded, ids_of
from edusync.spec.evaluate import is_unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.engine.read.lists import Lists
    from edusync.spec.tree import Reasons


@dataclass(frozen=True, slots=True)
class ReasonMatch:
    """The reason that goes up, None when there is none.

    `code` says why it is not the one that was used; with `is_unread` nobody can say which it is.
    """

    reason: Mapping[str, Any] | None
    code: str | None = None
    is_unread: bool = False


NONE_GIVEN = ""
"""The reason of an absence for which nobody gave one."""
_UNREAD = ReasonMatch(None, "UP_REASON_UNREAD", is_unread=True)


class ReasonFinder:
    """Find the reasons of one account.

    `named` says which of Edusign's is which of the ERP's, as the connector file has it.
    """

    def __init__(
        self,
        reasons: Reasons,
        lists: Lists,
        named: Mapping[str, str],
        on_edusign: Mapping[str, str],
    ) -> None:
        self.reasons, self.on_edusign = reasons, on_edusign
        self.named = {folded(str(name)): str(value) for name, value in named.items()}
        table = lists.table(reasons.source)
        self.whole = table.whole
        self.known = self._index(table.rows)
        status = lists.statuses.get(reasons.source)
        if not table.rows and not table.dropped and not (status and status.switched_off):
            self.whole = False  # no reason at all: the list is taken for one that was not read
        self.dropped = {
            key: dropped.code for dropped in table.dropped for key in self._index([dropped.row])
        }
        self.default = calls.setting(reasons.default, lists.names, "reasons.default") or ""
        for value in self.named.values():
            if self.whole and folded(value) not in self.known and folded(value) not in self.dropped:
                raise ConfigurationProblem(
                    "CONF_REASON_UNKNOWN",
                    f"'reasons' names '{value}', which is no reason of the ERP",
                    f"known reasons: {', '.join(self._labels(table.rows)[:10])}",
                )

    def holds(self, found: ReasonMatch) -> bool:
        """Whether a line has to wait for its reason."""
        if found.is_unread or found.reason is not None:
            return found.is_unread
        declared = self.reasons
        when = declared.when_none if found.code == "UP_REASON_NONE" else declared.when_unknown
        return when in {"hold", "default"}  # a default that there is not is no answer

    def find(self, reason_id: str | Unknown | None) -> ReasonMatch:
        """Return the ERP's reason for one of Edusign's, whose id is unknown when it was not read.

        A default takes the place of a reason that the ERP does not have, and of no other.
        """
        if isinstance(reason_id, Unknown):
            return _UNREAD
        if reason_id == NONE_GIVEN and self.reasons.when_none is not None:
            known = self.known.get(folded(self.default)) if self.default else None
            return ReasonMatch(
                known if self.reasons.when_none == "default" else None, "UP_REASON_NONE"
            )
        name = self.on_edusign.get(str(reason_id), "")
        wanted = folded(self.named.get(folded(name)) or self.named.get(str(reason_id)) or name)
        if wanted in self.known:
            return ReasonMatch(self.known[wanted])
        code = self.dropped.get(wanted)
        if code == UNDECIDED or (code is None and not self.whole):
            return _UNREAD
        if folded(self.default) in self.known:
            return ReasonMatch(self.known[folded(self.default)], code or "UP_REASON_DEFAULTED")
        return ReasonMatch(None, code or "UP_REASON_UNKNOWN")

    def _index(self, rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for row in rows:
            reason = {"id": self.reasons.id.read(row), "label": self.reasons.label.read(row)}
            if any(value is None or is_unknown(value) for value in reason.values()):
                self.whole = False
                continue
            with suppress(Unreadable):  # nobody can mean a reason without a readable id and label
                for key in ids_of([reason["id"], reason["label"]]):
                    found.setdefault(folded(key), reason)
        return found

    def _labels(self, rows: list[dict[str, Any]]) -> list[str]:
        return [str(self.reasons.label.read(row)) for row in rows]
