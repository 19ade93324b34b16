"""The entries of a filter, from what a connector file or the default of a spec says."""

from __future__ import annotations

import re

from edusync.model.composite import composite, parts

_SIGN = re.compile(r" [-+] ")


def entries(values: object) -> tuple[str, ...]:
    """Return the entries of a filter (questionnaire S4).

    From a list, or from a text such as `NAME - ID, NAME - ID`.
    """
    listed = values if isinstance(values, list) else str(values).split(",")
    texts = [str(value).strip() for value in listed]
    return tuple(dict.fromkeys(text for text in texts if text))


def pairs(values: object) -> tuple[str, ...]:
    """Return the pairs of a filter as composites.

    From `{Family: [Rubric, Rubric]}`, or a list of such mappings or of texts `Family: Rubric`.
    """
    composites: list[str] = []
    for entry in values if isinstance(values, list) else [values]:
        mapping = (
            entry
            if isinstance(entry, dict)
            else dict([str(entry).split(":", 1)])
            if ":" in str(entry)
            else {}
        )
        for first, second in mapping.items():
            composites += [
                composite([str(first).strip(), str(one).strip()])
                for one in (second if isinstance(second, list) else [second])
            ]
    return tuple(dict.fromkeys(composites))


def is_pair(entry: object) -> bool:
    """Whether an entry names both parts of a pair."""
    composites = pairs([entry])
    return bool(composites) and all(part.strip() for pair in composites for part in parts(pair))


def is_entry(entry: object) -> bool:
    """Whether an entry names anything; one that does not would let everything pass."""
    is_plain = isinstance(entry, str | int | float) and not isinstance(entry, bool)
    return is_plain and bool(str(entry).strip(" ,"))


def id_part(text: str) -> str:
    """Return the id of `NAME - ID` or `NAME + ID`; a text without a name is the id."""
    return named_id(text)[1]


def named_id(text: str) -> tuple[str, str]:
    """Return the name, which may be empty, and the id of `NAME - ID` or `NAME + ID` (S4).

    The id is what follows the last sign, since names may hold one.
    """
    *name, id_ = _SIGN.split(text)
    return text[: len(text) - len(id_)].rstrip(" -+") if name else "", id_.strip()
