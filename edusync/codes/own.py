"""Codes that specs bring themselves: X_ and a name, with words in both languages.

They are known to this process once their spec is loaded. Where two connectors mean different things
by one name, both are said, and the worse severity counts; but in a run of one of them, where only
what its own spec says counts (`meant_by`).
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from edusync.codes.code import Code
from edusync.diagnostics import Severity
from edusync.locale import gettext as _
from edusync.locale import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PREFIX = "X_"
_WORST = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@dataclass(frozen=True, slots=True)
class Words:
    """What a connector means by a code; meaning and remedy by language, `en` and `fr`."""

    severity: Severity
    meaning: Mapping[str, str]
    remedy: Mapping[str, str]


_DECLARED: dict[str, dict[str, Words]] = {}
_RUNNING: ContextVar[str | None] = ContextVar("connector whose run this is", default=None)


def declare(connector: str, codes: Mapping[str, Words]) -> None:
    """Make the codes of a connector known; what it said of them before is forgotten."""
    for name in [name for name, known in _DECLARED.items() if connector in known]:
        del _DECLARED[name][connector]
    for name, words in codes.items():
        _DECLARED.setdefault(name, {})[connector] = words


@contextmanager
def meant_by(connector: str) -> Iterator[None]:
    """Let codes mean what one connector says of them, whichever others are loaded."""
    before = _RUNNING.set(connector)
    try:
        yield
    finally:
        _RUNNING.reset(before)


def own_code(name: str) -> Code | None:
    """Return a code that a spec brings, in the reader's language; None for any other name.

    One whose spec was not loaded is told by its name.
    """
    if not name.startswith(PREFIX):
        return None
    known = _DECLARED.get(name)
    if not known:
        remedy = _("The spec of the connector says what it means.")
        return Code(name, Severity.WARNING, name, remedy)
    mine = known.get(_RUNNING.get() or "")
    known = known if mine is None else {"": mine}
    language = spoken()
    several = {(one.meaning[language], one.remedy.get(language, "")) for one in known.values()}
    worst = min((one.severity for one in known.values()), key=_WORST.index)
    if len(several) == 1:
        return Code(name, worst, *several.pop())
    meaning = "; ".join(f"{who}: {one.meaning[language]}" for who, one in sorted(known.items()))
    remedy = "; ".join(
        f"{who}: {one.remedy[language]}" for who, one in sorted(known.items()) if one.remedy
    )
    return Code(name, worst, meaning, remedy)
