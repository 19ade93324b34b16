"""Which items of the ERP are which on Edusign, both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

Key = tuple[str, str]


class EdusignIds(dict[Key, str]):
    """Edusign ids by kind and source id.

    `refs` leads back, from kind and Edusign id to the source id. `unlinked` are Edusign ids of
    students of ours that the store does not know, found on sheets that are taken over.
    """

    def __init__(self, found: Mapping[Key, str], unlinked: AbstractSet[str] = frozenset()) -> None:
        super().__init__(found)
        self.unlinked = unlinked
        self.refs: dict[Key, str] = {
            (kind, edusign_id): ref for (kind, ref), edusign_id in found.items()
        }

    def __setitem__(self, key: Key, edusign_id: str) -> None:
        """Note an item that was found or made."""
        super().__setitem__(key, edusign_id)
        self.refs[key[0], edusign_id] = key[1]

    def is_seat_of_ours(self, student: str) -> bool:
        """Whether a student on a sheet was put there by this connector, not by people (P8)."""
        return ("student", student) in self.refs or student in self.unlinked
