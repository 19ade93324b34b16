"""What stands on Edusign, in the words of the ERP: what is noted of an item that is taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.engine.digest import Facts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from edusync.engine.edusign_ids import EdusignIds
    from edusync.engine.plan.adoption import Record


def standing_facts(wanted: Facts, record: Record, differs: Sequence[str], ids: EdusignIds) -> Facts:
    """Return what stands on Edusign of the fields that the ERP speaks of, in its words."""
    values = dict(wanted.values)
    for name in differs:
        values[name] = _shown(name, record, wanted.values[name], ids)
    return Facts(values)


_KINDS = {"students": "student", "externals": "external"}


def _shown(name: str, record: Record, wanted: Any, ids: EdusignIds) -> Any:
    """Return a field as it stands on Edusign; of people and groups those whom we know."""
    there = getattr(record, name)
    if name == "professors":
        return tuple(ids.refs.get(("professor", one), one) for one in there)
    if name == "groups":
        return tuple(sorted(ids.refs.get(("group", one), one) for one in there))
    if name in _KINDS:
        known = ((_KINDS[name], one) for one in there)
        return tuple(sorted(ids.refs[key] for key in known if key in ids.refs))
    if name == "tags":
        return tuple(sorted(set(wanted) & set(there)))
    return there
