"""`{kind: person_name, part: last, by: capitals}`: one half of a name that comes in one field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from edusync.spec.formats.base import FORMATS, Format
from edusync.spec.node import key


@dataclass(frozen=True, slots=True)
class PersonNameFormat(Format):
    """The last or first name of a full name.

    By capitals (DUPONT Anne), comma, first word or last word as the last name.
    """

    part: Literal["last", "first"] = key("Which half.")
    by: Literal["capitals", "comma", "first_word", "last_word"] = key(
        "How the halves are told apart."
    )

    def parse(self, value: Any) -> str | None:
        """Read one half; nothing when the name has only one."""
        last, first = _SPLITS[self.by](str(value).strip())
        return (last if self.part == "last" else first).strip() or None


def _by_capitals(name: str) -> tuple[str, str]:
    words = name.split()
    last = [
        word
        for word in words
        if len(word) > 1 and word == word.upper() and any(letter.isalpha() for letter in word)
    ]
    return " ".join(last), " ".join(word for word in words if word not in last)


def _by_comma(name: str) -> tuple[str, str]:
    last, _, first = name.partition(",")
    return last, first


def _by_first_word(name: str) -> tuple[str, str]:
    last, _, first = name.partition(" ")
    return last, first


def _by_last_word(name: str) -> tuple[str, str]:
    first, _, last = name.rpartition(" ")
    return last, first


_SPLITS = {
    "capitals": _by_capitals,
    "comma": _by_comma,
    "first_word": _by_first_word,
    "last_word": _by_last_word,
}

FORMATS.add("person_name", PersonNameFormat)
