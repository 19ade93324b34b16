"""Which of the lines that were sent the ERP refused, as its answer names them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.engine.verdicts import Undecided, holds

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from edusync.spec.tree import Refused
    from edusync.transport.message import Answer


def named_lines(
    refused: Refused | None, answer: Answer, names: Mapping[str, Any]
) -> dict[str, str]:
    """Return what an answer says about lines that the ERP refused, by what names them.

    Raises Undecided when nobody can say whether it refuses one.
    """
    if refused is None or refused.items is None or refused.who is None or answer.body is None:
        return {}
    found = answer.read(refused.items)
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
