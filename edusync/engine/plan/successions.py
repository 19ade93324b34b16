"""Link sheets anew whose sessions the ERP sends under another id than before (D8).

A coming sheet of ours whose id is gone, and exactly one new session with its start, end and name:
they are the same. Where several have these, who teaches and who comes tell them apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.engine.digest import Facts, as_before
from edusync.engine.plan.matching import former_link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from edusync.engine.judge.verdicts import WantedSheet
    from edusync.engine.plan.draft import Draft
    from edusync.state.links import Link

    Digests = Mapping[str, str]

_TIME_AND_NAME = ("starts_at", "ends_at", "name")
_AND_PEOPLE = (*_TIME_AND_NAME, "professors", "students")


def successions(draft: Draft) -> dict[str, Link]:
    """Return the link of before of each new session that takes a sheet over.

    After half a reading they are found as well, so that nothing is made twice; the sheets wait.
    What a session that is blocked by its data had as its sheet stays as it is.
    """
    gone = {link.source_id: link for link in _gone(draft)}
    if not gone:
        return {}
    verdicts = draft.verdicts
    new = {
        source_id: _digests(draft, sheet.facts)
        for source_id, sheet in {**verdicts.sheets, **verdicts.today}.items()
        if source_id not in draft.view.fingerprints["course"]
        and former_link(draft.view, sheet.course, draft.is_sent) is None
    }
    new |= {source_id: _digests(draft, facts) for source_id, facts in verdicts.blocked.items()}
    before = {source_id: draft.view.details("course", source_id)[0] for source_id in gone}
    found: dict[str, str] = {}
    for fields in (_TIME_AND_NAME, _AND_PEOPLE):
        found.update(_pairs(new, before, fields))
        for now, former in found.items():
            new.pop(now, None)
            before.pop(former, None)
    draft.sent_before |= {found.pop(source_id) for source_id in found.keys() & verdicts.blocked}
    return {now: gone[former] for now, former in found.items()}


def of_today(draft: Draft) -> dict[str, WantedSheet]:
    """Return the sessions of today that may be one of before; whose people are needed for that."""
    if not draft.verdicts.today:
        return {}
    details = (draft.view.details("course", link.source_id)[0] for link in _gone(draft))
    before = {tuple(found.get(name) for name in _TIME_AND_NAME) for found in details}
    found = {}
    for source_id, sheet in draft.verdicts.today.items():
        digests = sheet.facts.field_digests(draft.view.key)
        if tuple(digests[name] for name in _TIME_AND_NAME) in before:
            found[source_id] = sheet
    return found


def _gone(draft: Draft) -> Iterator[Link]:
    """Yield the links of the coming sheets whose session the ERP does not send any more."""
    verdicts, view = draft.verdicts, draft.view
    for source_id in sorted(view.coming(draft.setting.window)):
        if draft.is_sent(source_id) or source_id in verdicts.dropped:
            continue
        link = view.links["course", source_id]
        if not link.manual:
            yield link


def _digests(draft: Draft, facts: Facts) -> Digests:
    """Return the digests of a session, with its people as they were called before."""
    former = next(as_before(facts.values, draft.formers), facts.values)
    return Facts(former).field_digests(draft.view.key)


def _pairs(
    new: Mapping[str, Digests], before: Mapping[str, Digests], fields: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """Yield each new session with the sheet of before that has these fields, if both are alone."""
    ours, theirs = _by(new, fields), _by(before, fields)
    for content, sessions in ours.items():
        sheets = theirs.get(content, [])
        if len(sessions) == len(sheets) == 1:
            yield sessions[0], sheets[0]


def _by(items: Mapping[str, Digests], fields: Iterable[str]) -> dict[tuple[str, ...], list[str]]:
    found: dict[tuple[str, ...], list[str]] = {}
    for source_id, digests in items.items():
        if all(name in digests for name in fields):
            content = tuple(digests[name] for name in fields)
            found.setdefault(content, []).append(source_id)
    return found
