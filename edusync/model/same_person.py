"""Whether two records that count as one person are of two people, by their names and e-mails."""

from __future__ import annotations

import re
from itertools import product
from typing import NamedTuple

from edusync.model.ids import folded

_WORD = re.compile(r"\w+")


class Who(NamedTuple):
    """What a record says of who somebody is; what is empty or unknown says nothing."""

    last_name: object = None
    first_name: object = None
    email: object = None


def are_two(one: Who, other: Who, *, one_id: bool) -> bool:
    """Whether two records contradict each other about who somebody is.

    Under `one_id` a name may have been corrected in one of them, so that both names are others, or
    one of them and the e-mail. Under two ids, siblings share an e-mail and a last name.
    """
    first, last = _differ(one.first_name, other.first_name), _differ(one.last_name, other.last_name)
    emails = _text(one.email), _text(other.email)
    has_another = all(emails) and emails[0] != emails[1]
    if (first and last) or (last and has_another):
        return True
    return first and (has_another or not one_id)


def _differ(one: object, other: object) -> bool:
    """Whether two names have no word in common, be it the beginning of one."""
    here, there = _WORD.findall(_text(one)), _WORD.findall(_text(other))
    return (
        bool(here)
        and bool(there)
        and not any(a.startswith(b) or b.startswith(a) for a, b in product(here, there))
    )


def _text(value: object) -> str:
    return folded(value) if isinstance(value, str) else ""
