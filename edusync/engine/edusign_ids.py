"""Which items of the ERP are which on Edusign, both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

Key = tuple[str, str]


class EdusignIds(dict[Key, str]):
    """Edusign ids by kind and source id.

    `refs` leads back, from kind and Edusign id to the source id. `leavers` are sheets and
    groups that are taken over, each with a student of ours who leaves it and is not linked.
    """

    def __init__(
        self, found: Mapping[Key, str], leavers: AbstractSet[tuple[str, str]] = frozenset()
    ) -> None:
        super().__init__(found)
        self.leavers = leavers
        self.refs: dict[Key, str] = {
            (kind, edusign_id): ref for (kind, ref), edusign_id in found.items()
        }

    def __setitem__(self, key: Key, edusign_id: str) -> None:
        """Note an item that was found or made."""
        super().__setitem__(key, edusign_id)
        self.refs[key[0], edusign_id] = key[1]

    def is_of_ours(self, item: str, student: str) -> bool:
        """Whether a student on a sheet, or in a group, is not one whom people put there (P8)."""
        return ("student", student) in self.refs or (item, student) in self.leavers
