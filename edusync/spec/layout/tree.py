"""YAML read as a person wrote it.

Scalars as their text, the style of collections, comments and blank lines where they belong.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_HASH = re.compile(r"(?:^|(?<=\s))#")


@dataclass(slots=True)
class Scalar:
    """A key or a value: its text as it stands, several lines of it only of a block (`|` or `>`)."""

    text: str
    block: tuple[str, ...] = ()


@dataclass(slots=True)
class Entry:
    """A member of a collection, with what is said about it.

    `above` on lines of their own, `beside` at the end of its line, which began at `column`.
    """

    key: Scalar | None
    value: Node
    start: tuple[int, int]
    above: list[str] = field(default_factory=list)
    beside: str = ""
    column: int = 0
    is_apart: bool = False
    """Whether a blank line stands before it."""


@dataclass(slots=True)
class Collection:
    """A mapping or a list. `rows` are the members of a flow, line by line as they were written."""

    is_mapping: bool
    is_flow: bool
    entries: list[Entry]
    end: tuple[int, int] = (0, 0)

    @property
    def rows(self) -> list[list[Entry]]:
        """The members, line by line."""
        lines: dict[int, list[Entry]] = {}
        for entry in self.entries:
            lines.setdefault(entry.start[0], []).append(entry)
        return list(lines.values())


Node = Scalar | Collection


@dataclass(slots=True)
class Tree:
    """A whole file: its top, and the comments after everything."""

    top: Collection
    below: list[str]


def read_tree(text: str) -> Tree:
    """Read text that `read_document` reads without errors and that holds a mapping."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        events = list(YAML(typ="safe").parse(text))
    except YAMLError:  # libyaml reads a little less than the parser in Python
        events = list(YAML(typ="safe", pure=True).parse(text))
    reading = _Reading(text, iter(events))
    top = reading.whole()
    return Tree(top, _place_comments(text, top, reading.spans))


class _Reading:
    def __init__(self, text: str, events: Iterator[Any]) -> None:
        self.text, self.events = text, events
        self.starts = [0, *accumulate(len(line) for line in text.splitlines(keepends=True))]
        self.spans: list[tuple[int, int]] = []
        """From where to where scalars stand, in characters from the beginning."""

    def whole(self) -> Collection:
        for event in self.events:
            if type(event).__name__ == "MappingStartEvent":
                top = self.node(event)
                assert isinstance(top, Collection)  # noqa: S101 - by the event
                return top
        raise ValueError("the file holds no mapping")

    def node(self, event: Any) -> Node:
        if type(event).__name__ == "ScalarEvent":
            return self.scalar(event)
        is_mapping = type(event).__name__ == "MappingStartEvent"
        collection = Collection(is_mapping, bool(event.flow_style), [])
        while not type(inner := next(self.events)).__name__.endswith("EndEvent"):
            start = (inner.start_mark.line, inner.start_mark.column)
            key = self.scalar(inner) if is_mapping else None
            value = self.node(next(self.events) if is_mapping else inner)
            collection.entries.append(Entry(key, value, start))
        collection.end = (inner.end_mark.line, inner.end_mark.column)
        return collection

    def scalar(self, event: Any) -> Scalar:
        begin, end = (
            self.starts[mark.line] + mark.column for mark in (event.start_mark, event.end_mark)
        )
        source = self.text[begin:end]
        head, *lines = source.rstrip("\n").split("\n")
        is_block = event.style in {"|", ">"}
        if is_block:  # behind its sign there may be a comment, and below it blank lines
            end = end if "+" in head else begin + len(source.rstrip())
            self.spans.append((begin + len(head), end))
        else:
            self.spans.append((begin, end))
        if is_block and head[:2].rstrip() in {"|", ">", "|-", ">-"}:
            margin = min(
                (len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0
            )
            return Scalar(head[:2].rstrip(), tuple(line[margin:].rstrip() for line in lines))
        if is_block or event.style or "\n" in str(event.value):
            return Scalar(
                source
                if not is_block and "\n" not in source
                else json.dumps(str(event.value), ensure_ascii=False)
            )
        return Scalar(" ".join(source.split()) if lines else source)


def _place_comments(text: str, top: Collection, spans: list[tuple[int, int]]) -> list[str]:
    """Give every comment, and every blank line, to the entry that it belongs to.

    Return the comments after the last one.
    """
    first_on, closing_on = _by_line(top)
    begins = [begin for begin, _ in spans]

    def is_text(index: int) -> bool:
        place = bisect_right(begins, index) - 1
        return place >= 0 and index < spans[place][1]

    waiting: list[str] = []
    is_apart, at = False, 0
    for number, line in enumerate(text.splitlines(keepends=True)):
        comment = next(
            (match.start() for match in _HASH.finditer(line) if not is_text(at + match.start())),
            None,
        )
        entry = first_on.get(number)
        if not line.strip() and not is_text(at):
            is_apart = True
        at += len(line)
        if entry is not None:
            entry.above, entry.is_apart, waiting, is_apart = waiting, is_apart, [], False
        if comment is None:
            continue
        end, flow = closing_on.get(number, (0, None))
        owner = flow if flow is not None and end <= comment else entry
        if owner is not None and not owner.beside:
            owner.beside, owner.column = line[comment:].rstrip(), comment
        else:
            waiting.append(line[comment:].rstrip())
    for item in _walk(top):
        if item.key is None and isinstance(item.value, Collection) and item.value.entries:
            inner = item.value.entries[
                0
            ]  # it begins beside the dash: what is said above it is said above the item
            item.above, inner.above = [*item.above, *inner.above], []
    return waiting


def _by_line(top: Collection) -> tuple[dict[int, Entry], dict[int, tuple[int, Entry | None]]]:
    """Return the outermost entry that begins on each line, and what ends on it.

    That is the outermost flow of several lines, with the column.
    """
    first_on: dict[int, Entry] = {}
    closing_on: dict[int, tuple[int, Entry | None]] = {}
    for entry in _walk(top):
        first_on.setdefault(entry.start[0], entry)
        if (
            isinstance(entry.value, Collection)
            and entry.value.is_flow
            and entry.value.end[0] > entry.start[0]
        ):
            closing_on.setdefault(entry.value.end[0], (entry.value.end[1], entry))
    return first_on, closing_on


def _walk(node: Node) -> Iterator[Entry]:
    if isinstance(node, Collection):
        for entry in node.entries:
            yield entry
            yield from _walk(entry.value)
