"""What a run does with the parts of a spec, for whoever watches it.

A watch is handed in with the tools of a run and travels with the names in scope. A run of a school
has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from edusync.spec.due import NamesDue
    from edusync.spec.node import Node
    from edusync.spec.tree import Resource

WATCH = "the watch"
"""The name under which a watch is in scope. It has a blank, so that no text of a spec reads it."""


class Watch(Protocol):
    """Somebody who watches a run."""

    def saw(self, part: Node, value: object) -> None:
        """Take note that a part of the spec was used, and what came of it.

        Texts and values give what they give, a list each of its rows, a column that is read by a
        format what stands there, a filter whether a row passes it; calls and states give nothing.
        """

    def rows(
        self, due: NamesDue, resource: Resource, rows: Iterator[dict[str, Any]], /
    ) -> Iterator[dict[str, Any]]:
        """Return the rows of a list as they were sent, of which `due` has the names to be read."""

    def answer(self, name: str, path: str, /, *, met: bool) -> None:
        """Take note whether an answer had something beside rows.

        What leads to the next page of the list of that name, or says which lines were refused.
        """


def show(names: Mapping[str, Any], part: Node, value: object = None) -> None:
    """Tell the watch of a run, where there is one, that a part of the spec was used."""
    watch = names.get(WATCH)
    if watch is not None:
        watch.saw(part, value)
