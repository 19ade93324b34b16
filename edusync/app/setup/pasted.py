"""Answers as customers write them: `EDUSIGN ACCOUNT 1: CFA Paris - 36, …`, `Name + ID` (S4)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from edusync.model.composite import parts
from edusync.spec.entries import entries, pairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_ACCOUNT = re.compile(r"[•*·]?\s*(?:edusign\s+account|compte\s+edusign)\s*(\d+)\s*:", re.IGNORECASE)
_BULLET = re.compile(r"^[\s•*·-]+(?=\S)")
_PLUS = re.compile(r"\S \+ \S")


def by_account(text: str) -> list[list[str]]:
    """Return the entries of an answer for each account that it speaks of, at least of one.

    `EDUSIGN ACCOUNT n:` begins the entries of the nth account. Without it the answer is that of one
    account, but for `Name + ID, Name + ID`, where each pair is an account of its own.
    """
    pieces = _ACCOUNT.split(text)
    if len(pieces) > 1:
        numbered = {
            int(number): listed(part)
            for number, part in zip(pieces[1::2], pieces[2::2], strict=True)
        }
        return [numbered.get(number, []) for number in range(1, max(numbered) + 1)]
    whole = listed(text)
    if len(whole) > 1 and all(_PLUS.search(entry) for entry in whole):
        return [[entry] for entry in whole]
    return [whole]


def listed(text: str) -> list[str]:
    """Return the entries of a text, which stand between commas or on lines."""
    lines = (_BULLET.sub("", line) for line in text.splitlines())
    return list(entries(",".join(lines)))


def families(text: str) -> dict[str, list[str]]:
    """Return the pairs of a text: on each line, or after each semicolon, `Family: Rubric, Rubric`.

    What names no rubric is left with an empty one, for the reader of answers to refuse.
    """
    rubrics: dict[str, list[str]] = {}
    for line in re.split(r"[\n;]", text):
        pair = _BULLET.sub("", line).strip()
        if pair:
            first, _, rest = pair.partition(":")
            rubrics.setdefault(first.strip(), []).extend(listed(rest) or [""])
    return rubrics


def as_families(entries_: Iterable[str]) -> dict[str, list[str]]:
    """Return single entries `Family: Rubric` as the mapping that a connector file has."""
    rubrics: dict[str, list[str]] = {}
    for pair in pairs(list(entries_)):
        first, second = parts(pair)
        rubrics.setdefault(first, []).append(second)
    return rubrics


def as_entries(value: object) -> list[str]:
    """Return an answer as single entries; those of a mapping as `Family: Rubric`."""
    if isinstance(value, dict):
        return [
            f"{first}: {second}"
            for first, seconds in value.items()
            for second in (seconds if isinstance(seconds, list) else [seconds])
        ]
    return [str(one) for one in value] if isinstance(value, list) else []


def in_text(value: object) -> str:
    """Return an answer as a person would type it."""
    if isinstance(value, dict):
        mapping: Mapping[str, object] = value
        return "; ".join(f"{first}: {in_text(second)}" for first, second in mapping.items())
    if isinstance(value, list | tuple):
        separator = "; " if any(isinstance(one, dict) for one in value) else ", "
        return separator.join(in_text(one) for one in value)
    return "" if value is None else str(value)
