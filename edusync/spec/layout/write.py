"""Write a spec in one form.

The order in which data flows, two blanks a level, what is too long for a line as a block.

What somebody chose stays: block or flow where both fit, the lines of a long flow, blank lines, the
column of a comment.
"""

from __future__ import annotations

import json
import re
from functools import cache
from textwrap import wrap
from typing import TYPE_CHECKING

from edusync.spec.layout.tree import Collection, Entry, Scalar, read_tree
from edusync.spec.schema_check import schema_text

if TYPE_CHECKING:
    from edusync.spec.layout.tree import Node

WIDTH = 100
_COMMENTS = 60
"""The column behind which comments are not lined up with each other."""
_HOLE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")


def formatted(text: str) -> str:
    """Return the text of a spec in the one form. It has to be YAML that `read_document` accepts.

    Nothing is lost: comments stay with what they stand at, values keep their quotes.
    """
    tree = read_tree(text.removeprefix("\ufeff"))
    tree.top.is_flow = False
    first = tree.top.entries[0]
    above, first.above = first.above, []  # what stands at the top of the file is about all of it
    _ordered(tree.top, _order(()))
    for entry in tree.top.entries:
        if _name(entry) == "resources" and isinstance(entry.value, Collection):
            for thing in entry.value.entries:
                if isinstance(thing.value, Collection) and thing.value.is_mapping:
                    _ordered(thing.value, _order(("resources",)))
    lines = _members(tree.top, 0, is_top=True)
    return "\n".join([*above, *lines, *tree.below]) + "\n"


@cache
def _order(route: tuple[str, ...]) -> dict[str, int]:
    """Return the place of every key, which is the order of the schema."""
    schema = json.loads(schema_text("spec"))
    for step in route:
        schema = schema["properties"][step]["additionalProperties"]
    return {name: place for place, name in enumerate(schema["properties"])}


def _ordered(collection: Collection, order: dict[str, int]) -> None:
    """Put keys into their order, with the comments above them.

    In a flow of several lines each stays on its line.
    """
    collection.entries.sort(key=lambda entry: order.get(_name(entry), len(order)))


def _name(entry: Entry) -> str:
    return entry.key.text.strip("\"'") if entry.key else ""


def _members(collection: Collection, indent: int, *, is_top: bool = False) -> list[str]:
    """Write the members of a block; at the top, sections stand apart from each other."""
    lines: list[str] = []
    for place, entry in enumerate(collection.entries):
        is_apart = entry.is_apart
        if is_top:
            is_apart = isinstance(entry.value, Collection) or isinstance(
                collection.entries[place - 1].value, Collection
            )
        lines += [
            *([""] if is_apart and place else []),
            *(" " * indent + comment for comment in entry.above),
            *_member(entry, indent),
        ]
    return lines


def _member(entry: Entry, indent: int) -> list[str]:
    """Write one member of a block: its head line, and what stands below it."""
    head = " " * indent + (f"{entry.key.text}:" if entry.key else "-")
    value = entry.value
    if isinstance(value, Scalar):
        text, below = value.text, value.block
        if len(head) + 1 + len(text) > WIDTH:
            text, below = _folded(value, WIDTH - indent - 2)
        return [
            *_beside(f"{head} {text}".rstrip(), entry, indent),
            *(f"{' ' * (indent + 2)}{line}".rstrip() for line in below),
        ]
    flow = _flow_lines(value, len(head) + 1)
    if flow is not None:
        return [*_beside(f"{head} {flow[0]}", entry, indent), *flow[1:]]
    members = _members(value, indent + 2)
    if entry.key is None and value.is_mapping:
        return [*_beside(f"{head} {members[0].lstrip()}", entry, indent), *members[1:]]
    return [*_beside(head, entry, indent), *members]


def _flow_lines(value: Collection, column: int) -> list[str] | None:
    """Write a collection as a flow, on the lines that it was written on.

    None when it is a block, or has to be one.
    """
    if not value.entries:
        return ["{}" if value.is_mapping else "[]"]
    if not value.is_flow or any(_is_busy(entry) for entry in value.entries):
        return None
    opening, closing = "{}" if value.is_mapping else "[]"
    rows = [", ".join(_flow_member(entry) for entry in row) for row in value.rows]
    lines = [
        (opening if not place else " " * (column + 1))
        + row
        + ("," if place < len(rows) - 1 else closing)
        for place, row in enumerate(rows)
    ]
    widths = [column + len(lines[0]), *(len(line) for line in lines[1:])]
    return lines if max(widths) <= WIDTH else None


def _is_busy(entry: Entry) -> bool:
    """Whether something inside can only stand in a block: a comment, or a text of several lines."""
    if entry.above or entry.beside:
        return True
    if isinstance(entry.value, Scalar):
        return bool(entry.value.block)
    return any(_is_busy(inner) for inner in entry.value.entries)


def _flow_member(entry: Entry) -> str:
    text = _flow(entry.value)
    return f"{entry.key.text}: {text or 'null'}" if entry.key else text


def _flow(node: Node) -> str:
    if isinstance(node, Scalar):
        return node.text
    inner = ", ".join(_flow_member(entry) for entry in node.entries)
    return f"{{{inner}}}" if node.is_mapping else f"[{inner}]"


def _folded(value: Scalar, width: int) -> tuple[str, tuple[str, ...]]:
    """Write a text that is too long for a line as a folded block, when that says the very same."""
    text = value.text
    if text.startswith("'"):
        text = text[1:-1].replace("''", "'")
    elif text.startswith('"'):
        text = json.loads(text) if "\\" not in text else ""
    if value.block or not text.strip() or text.startswith("|") or " ".join(text.split()) != text:
        return value.text, value.block
    whole = _HOLE.sub(lambda match: match[0].replace(" ", "\0"), text)
    lines = wrap(whole, width, break_long_words=False, break_on_hyphens=False)
    if len(lines) == 1 and len(lines[0]) > width:
        return value.text, ()
    return ">-", tuple(line.replace("\0", " ") for line in lines)


def _beside(line: str, entry: Entry, indent: int) -> list[str]:
    """Write a line with the comment at its end, which goes above when there is no room for it."""
    if not entry.beside:
        return [line]
    column = entry.column if entry.column < _COMMENTS else 0
    room = min(column - 1, WIDTH - 1 - len(entry.beside))
    if len(line) > room and len(line) + 2 + len(entry.beside) > WIDTH:
        return [" " * indent + entry.beside, line]
    return [f"{line.ljust(max(room, len(line) + 1))} {entry.beside}"]
