"""Ids that are made of several values: written as one text that gives back exactly what went in.

The values stand between slashes. A slash inside of a value is written `~1`, and `~0` stands for a
tilde that would otherwise be taken for the beginning of such a sign (after RFC 6901). So ids
without slashes look as they always did.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SIGN = re.compile(r"~([01])")


def composite(values: Iterable[str]) -> str:
    """Return several values as one id: `composite(["A", "S/12"])` is `A/S~112`."""
    return "/".join(_SIGN.sub(r"~0\1", value).replace("/", "~1") for value in values)


def parts(text: str) -> list[str]:
    """Return the values of such an id: `parts("A/S~112")` is `["A", "S/12"]`."""
    return [
        _SIGN.sub(lambda sign: "/" if sign[1] == "1" else "~", value) for value in text.split("/")
    ]
