"""Attendance that was sent while the ERP had somebody else under the id of a person (D8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.engine import calls
from edusync.engine.outcome import Outcome
from edusync.engine.upward.sheet import line_key
from edusync.state.mixed_up import mixed_up, note_mixed_up
from edusync.state.runs import ENDED
from edusync.state.uploads import OF_ANOTHER, mark_of_another

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.account_run import AccountRun
    from edusync.state.store import Store
    from edusync.state.uploads import Upload


def note_taken(
    store: Store,
    instance: Instance,
    run: AccountRun,
    runs: Sequence[Mapping[str, Any]],
) -> list[Outcome]:
    """Note who is mixed up by now, and mark what was sent of them since the last way down.

    Until then the ERP had them under their ids. `runs` are those on the way down, newest first.
    Every way up names what is marked.
    """
    connector, account, mixed = instance.name, run.account.name, run.plan.mixed_up
    namespace = calls.setting(instance.spec.namespace, run.names, "namespace")
    new = mixed - mixed_up(store, connector, account)
    keys = {
        line_key(kind, source_id.removeprefix(f"{namespace}/" if namespace else ""))
        for kind, source_id in new
        if kind in {"student", "professor"}
    }
    last = next((one["started_at"] for one in runs if one["status"] in ENDED), None)
    marked = mark_of_another(store, connector, account, keys, last) if keys and last else []
    note_mixed_up(store, connector, account, mixed)
    return sent_for_another(marked, account)


def sent_for_another(uploads: Iterable[Upload], account: str) -> list[Outcome]:
    """Return an event for each line that is marked."""
    found: list[Outcome] = []
    for upload in uploads:
        for key in sorted(key for key, line in upload.lines.items() if line.get(OF_ANOTHER)):
            role, _, source_id = key.partition(":")
            who = role, source_id, upload.edusign_id, upload.source_id
            found.append(Outcome("UP_SENT_FOR_ANOTHER", *who, account=account))
    return found
