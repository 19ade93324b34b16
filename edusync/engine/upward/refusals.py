"""Which of the lines that were sent the ERP refused, as its answer names them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.engine.verdicts import Undecided, holds
from edusync.model import UNKNOWN
from edusync.transport.judging import RefusedWrite, WriteInDoubt
from edusync.transport.stated import failing_flag, own_words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from edusync.spec.tree import Refused
    from edusync.transport.message import Answer


_PARTS = 207
"""The status of an answer in parts, each of which has one of its own (RFC 4918)."""
_TAKEN_IN = 202
"""The status of a request that was taken in, and may be done later or never (RFC 9110)."""


def check_stated(refused: Refused | None, answer: Answer, names: Mapping[str, Any]) -> None:
    """Look at what an answer under a status of success says of the write itself.

    Raises RefusedWrite where it says that it failed, and names no line; WriteInDoubt where it comes
    in parts that the spec does not read, or says that it may be done later. A line of `answers`
    that says `ok` has the last word.
    """
    if answer.taken_by:
        return
    is_read = refused is not None and refused.items and answer.read(refused.items) is not None
    if answer.status == _PARTS and not is_read:
        raise WriteInDoubt(
            "CONN_CALL_FAILED", f"{answer.label} answered in parts (207), and nothing reads them"
        )
    body = answer.body if isinstance(answer.body, dict) else {answer.only: answer.body}
    if failing_flag(body) is None:
        if answer.status == _TAKEN_IN and not is_read:
            message = f"{answer.label} answered that it may be done later (202)"
            raise WriteInDoubt("CONN_CALL_FAILED", message)
        return
    try:
        if named_lines(refused, answer, names):
            return
    except Undecided:  # said where the lines are read
        return
    own = own_words(body, answer.type, answer.raw)
    detail = f"{answer.label} states an error: {own}" if own else f"{answer.label} states an error"
    raise RefusedWrite("CONN_CALL_FAILED", detail, answer)


def named_lines(
    refused: Refused | None, answer: Answer, names: Mapping[str, Any]
) -> dict[str, str]:
    """Return what an answer says about lines that the ERP refused, by what names them.

    Raises Undecided when nobody can say whether it refuses one.
    """
    if refused is None or refused.items is None or refused.who is None or answer.body is None:
        return {}
    found = answer.read(refused.items) if answer.body is not UNKNOWN else UNKNOWN
    if found is UNKNOWN:
        raise Undecided(f"no answer ever had '{refused.items.source}'")
    rows = found if isinstance(found, list) else [] if found is None else [found]
    return {
        str(refused.who.read(row)): str(refused.message.read(row) or "refused")
        if refused.message
        else "refused"
        for row in rows
        if holds(refused.when, {**names, "row": row}, row)
    }


def match_lines(refused: Refused | None, named: Collection[str], names: Mapping[str, Any]) -> None:
    """Raise Undecided when a refusal is not of exactly one of the lines that were sent."""
    key = refused.line_key if refused is not None else None
    sent = [str(line.get(key)) for line in names.get("lines", ())]
    odd = sum(sent.count(who) != 1 for who in named)
    if odd:
        raise Undecided(f"{odd} of the refusals name none of the lines, or several of them")
