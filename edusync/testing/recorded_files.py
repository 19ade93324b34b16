"""The files of a case that is recorded: what is cut from them, and how they are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from edusync.spec.read_rows import Body
from edusync.spec.tree import FileCall
from edusync.testing.recorder import laid_out
from edusync.testing.sessions import any_session
from edusync.testing.without_rows import without_rows

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from edusync.spec.read_rows import Body
    from edusync.spec.tree import Resource
    from edusync.testing.answers import Answers
    from edusync.testing.tape import Heard

_HEAD = (
    "# Recorded from the real system; the people are invented, what the spec does not read "
    "is blank,"
    " and no secret is in here."
)


@dataclass(slots=True)
class Group:
    """What was heard for one request, or of one file.

    In order, and by the places of the calls that asked.
    """

    heard: list[Heard]
    bodies: list[Body]


def cannot_be_blanked(resource: Resource) -> bool:
    """Whether what the spec does not read of a list would stay.

    Workbooks that are no files, or whose columns are told by their places.
    """
    promised = resource.call.answer if isinstance(resource.call, FileCall) else None
    if promised is not None and promised.header and not promised.places:
        return False
    kinds = {resource.call.answer.kind} if resource.call else set()
    kinds |= {resource.inner.answer.kind} if resource.inner else set()
    return "xlsx" in kinds


def cut_for_all(group: Group) -> None:
    """Cut what several lists were read from for all of them alike.

    Of the same rows, those that each of them lost.
    """
    cuts = [one.cut for one in group.heard if one.cut is not None]
    wholes = {one.cut.whole if one.cut else one.raw for one in group.heard}
    if not cuts or len(group.bodies) == 1 or len(wholes) != 1:
        return
    (raw,) = wholes
    for items in {cut.items.source: cut.items for cut in cuts}.values():
        gone = frozenset.intersection(*(cut.gone for cut in cuts if cut.items == items))
        raw = without_rows(raw, group.heard[0].asked, items, gone) or raw
    for one in group.heard:
        one.raw, one.cut = raw, None


def write_exchanges(
    case: Path,
    groups: list[Group],
    answers: Answers,
    tokens: Collection[str],
    signed: Collection[str],
) -> int:
    """Write the exchanges of a case; return how many there are."""
    exchanges: list[dict[str, Any]] = []
    for group in groups:
        request = answers.request(any_session(group.heard[0].request, tokens, signed))
        before = None
        for heard in group.heard:
            answer = answers.answer(heard, group.bodies)
            if "sql" in request:
                answer = {"rows": answer["json"]}
            if answer != before:  # the last one is given again and again
                exchanges.append({"request": request, "answer": answer})
            before = answer
    text = "\n".join([_HEAD, *laid_out(exchanges)]) + "\n"
    (case / "exchanges.yaml").write_text(text, encoding="utf-8")
    return len(exchanges)


def write_files(case: Path, groups: list[Group], answers: Answers) -> int:
    """Write the files of a case; return how many there are."""
    for group in groups:
        heard = group.heard[0]
        file = case / "files" / answers.path(heard.request["path"])
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(answers.file(heard, group.bodies))
    return len(groups)
