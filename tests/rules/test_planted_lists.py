"""Mistakes about lists, files, formats and reasons, planted in shipped specs, are found at their
character.
"""

from __future__ import annotations

import pytest

from edusync.registry import Registry
from tests.rules import test_planted as planted

PLANTED: list[tuple[str, str, str, str, str | None]] = [
    # formats
    (
        "ammon",
        'jour: {kind: date, pattern: "%d/%m/%Y"}',
        'jour: {kind: date, pattern: "%d/%m/%Y", number: ‣true}',
        "SPEC_BAD_FORMAT",
        "%Y%m%d",
    ),
    (
        "ammon",
        'jour: {kind: date, pattern: "%d/%m/%Y"}',
        "jour: {kind: date, parts: ‣{year: an, month: mois, days: j}}",
        "SPEC_BAD_FORMAT",
        "year, month, day",
    ),
    (
        "horizon",
        "email: {path: mail, as: mail}",
        "email: {path: mail, as: ‣shorten}",
        "SPEC_UNKNOWN_FORMAT",
        "template",
    ),
    # paths
    (
        "cursus",
        "classroom_name: {path: room.name",
        "classroom_name: {path: ‣\"jion(' ', room.*.name)\"",
        "SPEC_BAD_PATH",
        "did you mean 'join'",
    ),
    (
        "agenda",
        "attendees[?partstat != 'DECLINED']",
        "attendees[?partstat == 1]",
        "SPEC_BAD_PATH",
        "numbers in backticks",
    ),
]


@pytest.mark.parametrize(
    ("spec", "good", "bad", "code", "hint"),
    PLANTED,
    ids=lambda value: value if isinstance(value, str) and value.startswith("SPEC_") else "",
)
def test_planted_mistake_is_found_at_its_character(
    spec: str, good: str, bad: str, code: str, hint: str | None, registry: Registry
) -> None:
    spec = spec if (planted.SPECS / f"{spec}.yaml").is_file() else f"examples/{spec}"
    planted.test_planted_mistake_is_found_at_its_character(spec, good, bad, code, hint, registry)
