"""The registry of codes: what each one means, how bad it is and what to do about it.

The tables are in English, which is the key of their French in `edusync/locale`.

A code that has been released is never renamed. `edusync explain CODE` prints an entry;
`docs/reference/codes.md` is generated from the same tables. What the severities mean:
docs/reference/rules.md#severities.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from edusync.codes.code import Code
from edusync.codes.own import own_code
from edusync.locale import pgettext, spoken

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Code", "all_codes", "get_code", "is_code"]


@cache
def all_codes() -> Mapping[str, Code]:
    """Return every code by its name, in English, in the order of the families."""
    from edusync.codes import (
        conf,
        conn,
        down,
        down_groups,
        down_people,
        edu,
        movein,
        run,
        run_waits,
        shadow,
        spec,
        undo,
        up,
    )

    tables = (
        spec,
        conf,
        conn,
        down,
        down_people,
        down_groups,
        undo,
        edu,
        up,
        movein,
        run,
        run_waits,
        shadow,
    )
    return {code.name: code for table in tables for code in table.CODES}


def get_code(name: str) -> Code:
    """Return one code in the reader's language; KeyError when there is none of that name."""
    own = own_code(name)
    if own is not None:
        return own
    code = all_codes()[name]
    if spoken() == "en":
        return code
    meaning, remedy, example, school = (
        pgettext(name, text) if text else text
        for text in (code.meaning, code.remedy, code.example, code.school)
    )
    return replace(code, meaning=meaning, remedy=remedy, example=example, school=school)


def is_code(name: str) -> bool:
    """Whether there is a code of that name, be it one that a spec brings."""
    return name in all_codes() or own_code(name) is not None
