"""Members of what is sent that are empty, left out (`omit_empty`).

Empty is nothing, an empty text, list or mapping; 0 and false are values.
"""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup

_TOKEN = re.compile(
    r"""(?P<kept><!--.*?-->|<!\[CDATA\[(?P<inner>.*?)\]\]>|<\?.*?\?>|<![^>]*>)"""
    r"""|(?P<tag><(?P<closes>/?)(?P<name>[^\s/>]+)(?P<more>(?:[^>"']|"[^"]*"|'[^']*')*)>)"""
    r"""|(?P<text>[^<]+|<)""",
    re.DOTALL,
)


def without_empty(value: Any) -> Any:
    """Return a value without the empty members of its mappings, from the inside out.

    The items of a list stay, so that each keeps its place; a document of XML loses its empty
    elements.
    """
    if isinstance(value, Markup):
        return Markup(without_empty_elements(value))  # noqa: S704 - it is XML
    if isinstance(value, dict):
        kept = {name: without_empty(inner) for name, inner in value.items()}
        return {name: inner for name, inner in kept.items() if not _is_empty(inner)}
    if isinstance(value, list | tuple):
        return [without_empty(inner) for inner in value]
    return value


def without_empty_elements(document: str) -> str:
    """Return a document of XML without its empty elements, from the inside out.

    An element is empty that has no attributes and holds nothing but white space. The root stays,
    that of a document inside of CDATA too.
    """
    done: list[str] = []
    open_: list[tuple[int, bool]] = []
    """Where each element that is open begins, and whether it would be empty if it ended now."""
    for token in _TOKEN.finditer(document):
        written = token[0]
        if token["tag"] is None:
            inner = token["inner"]
            if inner is not None and inner.lstrip().startswith("<"):
                written = f"<![CDATA[{without_empty_elements(inner)}]]>"
            done.append(written)
            if open_ and (inner if inner is not None else written).strip():
                open_[-1] = (open_[-1][0], False)
            continue
        bare = not token["more"].strip(" \t\r\n/")
        is_alone = token["more"].rstrip().endswith("/")
        if not token["closes"]:
            open_.append((len(done), bare))
        done.append(written)
        if token["closes"] or is_alone:
            _close(done, open_)
    return "".join(done)


def _close(done: list[str], open_: list[tuple[int, bool]]) -> None:
    """End the innermost element: take it out when it is empty, else it fills the one around it."""
    begins, is_empty = open_.pop() if open_ else (0, False)
    if not open_:
        return
    if is_empty:
        del done[begins:]
        if done and not done[-1].strip():
            done.pop()  # the white space that set it apart from what stands before it
    else:
        open_[-1] = (open_[-1][0], False)


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str | list | dict) and not value)
