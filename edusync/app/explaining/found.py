"""Find what somebody asks about: by id, by a part of it, by name, day or e-mail."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from edusync.app.runs.scope import settle_scope
from edusync.app.runs.sides import open_edusign
from edusync.engine.map.mapper import Skipped
from edusync.engine.map.snapshot import read
from edusync.engine.outcome import Report
from edusync.errors import EdusyncError, UsageProblem
from edusync.model.ids import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from edusync.app.files.connector_file import Account
    from edusync.app.runs.downward import Downward

_DAY = re.compile(r"(?P<name>.*?)\s*(?P<day>\d{4}-\d{2}-\d{2})?\Z", re.DOTALL)
_MOST_NAMED = 10


def find_id(downward: Downward, kind: str, query: str) -> str:
    """Return the id in the ERP of what is asked about, or the text itself when nothing is found.

    It is the id, what follows the school or the planning in it, the id on Edusign, the name of a
    session with its day or without, the names of a person, or their e-mail. UsageProblem, with the
    ids, when several items are meant.
    """
    instance, store = downward.instance, downward.store
    for account in instance.accounts:
        links = store.links(instance.name, account.name)
        if (kind, query) in links:
            return query
        for link in links.values():
            if (link.kind, link.edusign_id) == (kind, query):
                return link.source_id
    met: dict[str, int] = {}
    for account in instance.accounts:
        for rank, source_id in _met(downward, account, kind, query):
            met[source_id] = min(rank, met.get(source_id, rank))
    best = [source_id for source_id, rank in met.items() if rank == min(met.values())]
    if len(best) > 1:
        named = ", ".join(sorted(best)[:_MOST_NAMED])
        raise UsageProblem(
            "RUN_USAGE", f"{len(best)} items are called so: {named}", "ask for one of these ids"
        )
    return best[0] if best else query


def _met(downward: Downward, account: Account, kind: str, query: str) -> Iterator[tuple[int, str]]:
    """Yield the items of an account that may be meant, with how surely: 0 is the id itself."""
    try:
        lists = downward.erp.open_lists(account, Report(account.name))
        client = open_edusign(account, downward.moment.tools)
        downward.stack.callback(client.close)
        settle_scope(lists, client, "down")
        items = getattr(read(lists), f"{kind}s")
        for item in items:
            rank = _rank(item, query, downward)
            if rank is not None:
                yield rank, item.source_id
    except EdusyncError:
        return  # what is asked next says what is wrong


def _rank(item: Any, query: str, downward: Downward) -> int | None:
    if item.source_id == query:
        return 0
    if item.source_id.endswith(f"/{query}"):
        return 1
    if isinstance(item, Skipped):
        return None
    if hasattr(item, "starts_at"):
        return 2 if _is_session(item, query, downward) else None
    named = [str(getattr(item, field, "") or "") for field in ("last_name", "first_name")]
    texts = [*_orders(named), str(getattr(item, "email", "") or ""), getattr(item, "name", "")]
    return 2 if folded(query) in {folded(str(text)) for text in texts if text} else None


def _orders(names: Sequence[str]) -> list[str]:
    last, first = names
    return [f"{last} {first}", f"{first} {last}", last] if last else []


def _is_session(item: Any, query: str, downward: Downward) -> bool:
    """Whether a session has the name and the day that are asked for; each may be left out."""
    match = _DAY.match(query)
    name, day = (match["name"], match["day"]) if match else (query, None)
    starts: Any = item.starts_at
    try:
        wanted = date.fromisoformat(day) if day else None
    except ValueError:
        return False
    is_then = wanted is None or (
        isinstance(starts, datetime) and downward.window.day_of(starts) == wanted
    )
    return is_then and (folded(str(item.name)) == folded(name) if name else day is not None)
