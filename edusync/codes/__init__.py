"""The registry of codes: what each one means, how bad it is and what to do about it.

A code that has been released is never renamed. `edusync explain CODE` prints an entry;
`docs/reference/codes.md` is generated from the same tables. What the severities mean:
docs/reference/rules.md#severities.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from edusync.codes.code import Code

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Code", "all_codes", "get_code"]


@cache
def all_codes() -> Mapping[str, Code]:
    """Return every code by its name, in the order of the families."""
    from edusync.codes import conf, conn, down, down_people, edu, run, spec, up

    tables = (spec, conf, conn, down, down_people, edu, up, run)
    return {code.name: code for table in tables for code in table.CODES}


def get_code(name: str) -> Code:
    """Return one code; KeyError when there is none of that name."""
    return all_codes()[name]
