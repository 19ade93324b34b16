"""The events of past runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.codes import get_code, is_code
from edusync.errors import UsageProblem
from edusync.locale.details import in_words
from edusync.spec.document import read_document

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from edusync.state.store import Store


def connector_name(file: Path) -> str:
    """Return the name under which a connector file keeps its runs.

    The rest of the file may be broken.
    """
    if not file.is_file():
        raise UsageProblem(
            "RUN_USAGE", f"there is no file {file}", "give the path of a connector file"
        )
    data = read_document(file.read_text(encoding="utf-8", errors="replace"), str(file)).data
    name = data.get("connector") if isinstance(data, dict) else None
    if not isinstance(name, str):
        raise UsageProblem("RUN_USAGE", f"{file} names no connector", "see `edusync validate`")
    return name


def runs_of(store: Store, connector: str) -> Sequence[Mapping[str, Any]]:
    """Return the runs of a connector, newest first."""
    runs = store.runs(connector)
    if not runs:
        raise UsageProblem(
            "RUN_USAGE",
            f"'{connector}' has not run yet",
            "run `edusync sync` first, or give the --state that it ran with",
        )
    return runs


def events_of(
    store: Store,
    connector: str,
    runs: Sequence[Mapping[str, Any]],
    run_id: str | None,
    *,
    code: str | None,
    kind: str | None,
    source_id: str | None,
) -> tuple[Mapping[str, Any], list[dict[str, Any]]]:
    """Return a run and its events (docs/reference/rules.md#fields-of-an-event)."""
    run = (
        runs[0]
        if run_id is None
        else next((one for one in runs if one["id"].startswith(run_id)), None)
    )
    if run is None:
        raise UsageProblem(
            "RUN_USAGE", f"'{connector}' has no run {run_id}", "see `edusync events --runs`"
        )
    events = store.events(run["id"], code=code, kind=kind, source_id=source_id)
    return run, [
        {
            "code": event["code"],
            "severity": event["severity"],
            "connector": connector,
            "account": event["account"],
            "run": run["id"],
            "direction": run["direction"],
            "kind": event["kind"],
            "source_id": event["source_id"],
            "edusign_id": event["edusign_id"],
            "field": event["field"],
            "spec": event["spec"],
            "detail": in_words(event["detail"]),
            "remedy": get_code(event["code"]).remedy if is_code(event["code"]) else "",
        }
        for event in events
    ]
