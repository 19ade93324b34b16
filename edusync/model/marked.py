"""Texts of XML elements that have attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Mapping


class Marked(str):
    """A text like any other, whose attributes are found by their names, and itself by `text`.

    An ERP may write an attribute at some rows only: `<title lang="fr">Droit</title>` has to be the
    same value as `<title>Droit</title>`.
    """

    __slots__ = ("members",)
    members: Mapping[str, Any]

    def __new__(cls, text: str, attributes: Mapping[str, Any]) -> Self:
        """Make the text."""
        marked = super().__new__(cls, text)
        marked.members = {"text": text, **attributes}
        return marked

    def get(self, name: str, default: Any = None) -> Any:
        """Return an attribute, as a mapping does."""
        return self.members.get(name, default)
