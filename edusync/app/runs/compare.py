"""What another version of a spec would do otherwise: two plans of one connector, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from edusync.engine.plan.plan import AccountPlan, Change, Plan

_NOTHING = "nothing"


class Otherwise(NamedTuple):
    """An item of which two plans say different things; both in words, ids and names of fields."""

    account: str
    kind: str
    source_id: str
    now: str
    other: str


def compare(now: Plan, other: Plan) -> list[Otherwise]:
    """Return every item of which two plans say different things, in the order of accounts."""
    others = {account.name: account for account in other.accounts}
    differences: list[Otherwise] = []
    for account in now.accounts:
        match = others.pop(account.name, None)
        differences += _compared(account.name, account, match)
    for account in others.values():
        differences += _compared(account.name, None, account)
    return differences


def _compared(name: str, now: AccountPlan | None, other: AccountPlan | None) -> Iterator[Otherwise]:
    mine, theirs = _words(now), _words(other)
    for key in sorted(mine.keys() | theirs.keys()):
        one, two = mine.get(key, _NOTHING), theirs.get(key, _NOTHING)
        if one == two:
            fields = _fields(_changes(now).get(key), _changes(other).get(key))
            if not fields:
                continue
            two = f"{two}, with another {', '.join(fields)}"
        yield Otherwise(name, *key, one, two)


def _words(account: AccountPlan | None) -> dict[tuple[str, str], str]:
    """Return in words what a plan does with each item, and why it stays away."""
    if account is None:
        return {}
    words: dict[tuple[str, str], list[str]] = {}
    for change in account.changes:
        words.setdefault(change.key, []).append(_action(change))
    for change in account.held:
        words.setdefault(change.key, []).append(f"{_action(change)}, held back by {change.code}")
    for outcome in account.outcomes:
        key = (outcome.kind or "", outcome.source_id or "")
        words.setdefault(key, []).append(outcome.code)
    return {key: ", ".join(dict.fromkeys(parts)) for key, parts in words.items()}


def _action(change: Change) -> str:
    is_partial = change.action in {"update", "adopt", "complete"} and change.fields
    return f"{change.action} ({', '.join(change.fields)})" if is_partial else change.action


def _changes(account: AccountPlan | None) -> Mapping[tuple[str, str], Change]:
    if account is None:
        return {}
    return {change.key: change for change in (*account.changes, *account.held)}


def _fields(one: Change | None, two: Change | None) -> list[str]:
    """Return the names of the fields that two changes of an item set to different values."""
    if one is None or two is None or one.fingerprint == two.fingerprint:
        return []
    mine = {} if one.facts is None else one.facts.values
    theirs = {} if two.facts is None else two.facts.values
    return sorted(
        name for name in mine.keys() | theirs.keys() if mine.get(name) != theirs.get(name)
    )
