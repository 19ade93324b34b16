"""Hold changes of one field back when most known items of a kind would change it: these wait (D5).

One wrong word of a spec, such as the column of a name or a room, rewrites all of them at once.
What people changed on Edusign and is put back does not count, and neither does what was empty or
was never brought down: nothing is lost there. A text of before that comes with its letters written
as in HTML (`&#233;` for é) waits, however few there are: the ERP means the same text.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from html import unescape
from typing import TYPE_CHECKING, Any

from edusync.engine.digest import REFERENCES, Facts
from edusync.engine.outcome import Outcome
from edusync.engine.plan.guards import too_many_rewritten
from edusync.engine.plan.overfilled import overfilled
from edusync.engine.plan.sheets import ROSTER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from edusync.engine.judge.companions import Companions
    from edusync.engine.plan.draft import Draft
    from edusync.engine.plan.plan import Change, Key
    from edusync.target.records import GroupRecord, Person, Sheet

_PERSON = ("last_name", "first_name", "email", "phone")
CONTENTS = {
    "professor": _PERSON,
    "external": _PERSON,
    "student": (*_PERSON, "badge", "externals"),
    "group": ("name",),
    "course": ("name", "classroom", "description", "professors", "groups"),
}
"""The fields of each kind. Students and times have guards of their own; tags follow the families
that an option names, and those of the school stay."""
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class _Rewrite:
    """A change of what was brought down, or stands on Edusign under our id."""

    change: Change
    before: Mapping[str, str]
    """Digests of its fields as they were."""
    fields: tuple[str, ...]
    """The fields that would be others."""


def hold_contents(draft: Draft, people: Companions) -> None:
    """Hold back the changes of each field that too many of a kind change, or that still wait."""
    wanted = {
        "professor": people.professors.keys(),
        "external": people.externals.keys(),
        "student": people.students.keys(),
        "group": people.groups.keys(),
    }
    held: dict[Key, set[str]] = {}
    for kind in CONTENTS:
        rewrites = [*_rewrites(draft, kind)]
        if not rewrites:
            continue
        present = draft.view.coming(draft.setting.window) if kind == "course" else wanted[kind]
        too_many = _too_many(draft, kind, rewrites, present)
        for one in rewrites:
            names = {name for name in one.fields if name in too_many}
            names |= {name for name in one.fields if _still(draft, one.change, name)}
            names |= {name for name in one.fields if _is_escaped(draft, one, name)}
            if names:
                held[one.change.key] = names
        escaped = _name_escaped(draft, kind, rewrites)
        _name_those_that_wait(draft, kind, held, too_many | escaped)
    waits = overfilled(draft, len(wanted["group"] & draft.view.fingerprints["group"].keys()))
    for change in waits:
        held.setdefault(change.key, set()).add(ROSTER)
    if held:
        before = {one.change.key: one.before for kind in CONTENTS for one in _rewrites(draft, kind)}
        for change in waits:
            digests = draft.view.field_digests(change.kind)
            before.setdefault(change.key, digests.get(change.replaces or change.source_id, {}))
        _keep(draft, held, before)


def _rewrites(draft: Draft, kind: str) -> Iterator[_Rewrite]:
    """Yield the changes of a kind that would replace something."""
    key, names = draft.view.key, CONTENTS[kind]
    for change in draft.changes:
        facts, fields = change.facts, set(names).intersection(change.fields)
        if change.kind != kind or facts is None or not fields:
            continue
        now = facts.field_digests(key)
        before: Mapping[str, str] = {}
        if change.action == "update":
            before = draft.view.field_digests(kind).get(change.replaces or change.source_id, {})
        elif change.action == "adopt":
            before = _found_before(draft, change)
        differs = tuple(n for n in names if n in fields and before.get(n, now[n]) != now[n])
        if differs:
            yield _Rewrite(change, before, differs)


def _found_before(draft: Draft, change: Change) -> Mapping[str, str]:
    """Return digests of what stands under our id on Edusign, as after the loss of a store."""
    match = draft.match(*change.key) if change.edusign_id else None
    record = None if match is None else match.record
    if record is None or record.source_type != draft.setting.spec.connector:
        return {}
    values = {name: _value(draft, record, name) for name in CONTENTS[change.kind]}
    known = {name: value for name, value in values.items() if value is not None}
    return Facts(known).field_digests(draft.view.key)


def _too_many(
    draft: Draft, kind: str, rewrites: list[_Rewrite], present: AbstractSet[str]
) -> set[str]:
    """Return the fields that too many items change, and note each."""
    empty = _empty(draft, kind)
    replaced: dict[str, list[str]] = {}
    for one in rewrites:
        for name in one.fields:
            if one.before[name] not in empty[name]:
                replaced.setdefault(name, []).append(one.change.source_id)
    found = set()
    for name, refs in sorted(replaced.items()):
        if not too_many_rewritten(len(refs), len(refs)):
            continue
        changed = {*refs} | {one.change.replaces for one in rewrites}
        others = sum(
            digests.get(name, "") not in {"", *empty[name]}
            for ref, digests in draft.view.field_digests(kind).items()
            if ref in present and ref not in changed
        )
        if too_many_rewritten(len(refs), len(refs) + others):
            found.add(name)
            some = ", ".join(sorted(refs)[:_EXAMPLES])
            detail = f"{len(refs)} of {len(refs) + others} that had one, such as {some}"
            draft.guard(Outcome("RUN_CONTENTS_HELD", kind, field=name, detail=detail))
    return found


def _empty(draft: Draft, kind: str) -> dict[str, set[str]]:
    """Return the digests of fields in which nothing is."""
    return {
        name: {Facts({name: none}).field_digests(draft.view.key)[name] for none in ("", ())}
        for name in CONTENTS[kind]
    }


def _still(draft: Draft, change: Change, name: str) -> bool:
    """Whether a change of a field was held in an earlier run, and nobody approved it."""
    return (change.kind, change.source_id, name) in draft.setting.waiting.contents


def _is_escaped(draft: Draft, one: _Rewrite, name: str) -> bool:
    """Whether a text is that of before, with letters written as in HTML."""
    value = one.change.facts.values[name] if one.change.facts else None
    if not isinstance(value, str) or (plain := unescape(value)) == value:
        return False
    return Facts({name: plain}).field_digests(draft.view.key)[name] == one.before[name]


def _name_escaped(draft: Draft, kind: str, rewrites: list[_Rewrite]) -> set[str]:
    """Note the fields whose letters came as in HTML, and return them."""
    found: dict[str, list[str]] = {}
    for one in rewrites:
        for name in one.fields:
            if _is_escaped(draft, one, name):
                found.setdefault(name, []).append(one.change.source_id)
    for name, refs in sorted(found.items()):
        some = ", ".join(sorted(refs)[:_EXAMPLES])
        detail = f"letters of {len(refs)} come written as in HTML, such as {some}"
        draft.guard(Outcome("RUN_CONTENTS_HELD", kind, field=name, detail=detail))
    return {*found}


def _name_those_that_wait(
    draft: Draft, kind: str, held: Mapping[Key, AbstractSet[str]], named: AbstractSet[str]
) -> None:
    """Note the fields of which changes wait since an earlier run, and that were not named now."""
    counts = Counter(
        name for (its_kind, _), names in held.items() if its_kind == kind for name in names - named
    )
    for name, count in sorted(counts.items()):
        detail = f"{count} changes wait since an earlier run"
        draft.guard(Outcome("RUN_CONTENTS_HELD", kind, field=name, detail=detail))


def _keep(
    draft: Draft,
    held: Mapping[Key, AbstractSet[str]],
    before: Mapping[Key, Mapping[str, str]],
) -> None:
    """Leave fields as they are on Edusign, and note the changes that are held as they were."""
    changes = []
    waiting = {one.key: one for one in draft.held}
    for change in draft.changes:
        names = held.get(change.key)
        if names is None or change.facts is None:
            changes.append(change)
            continue
        whole = waiting.get(change.key, change)  # another guard holds the whole of it already
        values = {name: change.facts.values[name] for name in names}
        more = {} if whole is change else {"waits": whole.fingerprint}
        waiting[change.key] = replace(
            whole,
            code="RUN_CONTENTS_HELD",
            contents=tuple(sorted(names)),
            fingerprint=Facts(values | more).sorted_fingerprint(draft.view.key),
        )
        smaller = _without(draft, change, names, before[change.key])
        if smaller is not None:
            changes.append(smaller)
    draft.changes, draft.held = changes, [*waiting.values()]


def _without(
    draft: Draft, change: Change, names: AbstractSet[str], before: Mapping[str, str]
) -> Change | None:
    """Return a change that leaves some fields as they are; None when nothing else can be done.

    What is sent of an item names all of it, so what stands there has to be what we brought down.
    """
    fields = tuple(name for name in change.fields if name not in names)
    if change.facts is None or not (fields or change.action != "update"):
        return None
    record = _record(draft, change)
    there = {name: None if record is None else _value(draft, record, name) for name in names}
    digests = Facts(there).field_digests(draft.view.key)
    if any(there[name] is None or digests[name] != before[name] for name in names):
        return None
    facts = Facts({**change.facts.values, **there})
    digest = facts.sorted_fingerprint(draft.view.key)
    return replace(change, fields=fields, facts=facts, fingerprint=digest)


def _record(draft: Draft, change: Change) -> Person | GroupRecord | Sheet | None:
    """Return what stands on Edusign of an item."""
    edusign_id, client = change.edusign_id or "", draft.setting.client
    if change.action == "adopt":
        match = draft.match(*change.key)
        return None if match is None else match.record
    if change.kind == "course":
        return draft.sheets_there.get(edusign_id) or client.sheet(edusign_id)
    return (
        client.group(edusign_id)
        if change.kind == "group"
        else client.person(change.kind, edusign_id)
    )


def _value(draft: Draft, record: Person | GroupRecord | Sheet, name: str) -> Any:
    """Return a field of what stands on Edusign as facts have it; None when it cannot be told."""
    value = getattr(record, name)
    if name not in REFERENCES:
        return value
    refs = [draft.ids.refs.get((REFERENCES[name], one)) for one in value]
    if None in refs:
        return None
    return tuple(refs) if name == "professors" else tuple(sorted(map(str, refs)))
