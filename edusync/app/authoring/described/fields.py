"""The fields that a description names, as the values that a sample would have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from edusync.app.authoring.names import name_is
from edusync.app.authoring.samples import Sample, leaves_of

if TYPE_CHECKING:
    from collections.abc import Iterable

MOMENT, DAY, CLOCK, TEXT, NUMBER, FLAG = (
    "2026-03-17T09:00:00Z",
    "2026-03-17",
    "09:00",
    "text",
    1,
    True,
)
"""A value of each type, which the guesses look at."""


def sample_of(name: str, row: dict[str, Any], **more: Any) -> Sample:
    """Return a list whose rows look like one."""
    values = set(map(str, row.values()))
    texts = frozenset(key for key, value in row.items() if _is_hour(key, value))
    if not values & {MOMENT, CLOCK}:  # hours are often texts, and whole moments as well
        text = CLOCK if DAY in values else MOMENT
        row = {key: text if key in texts else value for key, value in row.items()}
    sample = Sample(name, more.pop("items", None), keyed=False, rows=(row,), **more)
    sample.texts = texts
    for path, value in leaves_of(row):
        sample.values.setdefault(path, []).append(value)
    return sample


def _is_hour(name: str, value: Any) -> bool:
    return value == TEXT and name_is(name, r"start|begin|debut|^from$|end$|fin$|^to$|heure|hour")


def window_query(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return which parameters take the window, of names with their types."""
    found: dict[str, str] = {}
    for name, kind in names:
        begins = re.search(r"start|from|begin|debut|after|since|min|first|du$", name, re.IGNORECASE)
        ends = re.search(r"end|to$|fin|before|until|max|last|au$", name, re.IGNORECASE)
        is_time = kind in {"date", "date-time"} or re.search(r"date|day|jour", name, re.IGNORECASE)
        if not is_time or bool(begins) == bool(ends):
            continue
        if kind == "date-time":
            found[name] = f"{{{{ window.{'starts_at' if begins else 'ends_at'} | iso }}}}"
        else:
            found[name] = f"{{{{ window.{'first' if begins else 'last'} | iso_day }}}}"
    return found


def as_query(pairs: dict[str, str]) -> str:
    """Return parameters as YAML."""
    inner = ", ".join(f'{_key(name)}: "{value}"' for name, value in pairs.items())
    return f"query: {{{inner}}}"


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z_]\w*", name) else f"'{name}'"
