"""`{kind: html_text}`: what people read of a text in HTML, such as `<b>Droit</b> &amp; gestion`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from edusync.spec.evaluate import Unreadable
from edusync.spec.formats.base import FORMATS, Format
from edusync.spec.node import key

_DECLARED = re.compile(r"\A\s*<\?xml[^>]*\?>")
_UNSEEN = ("script", "style", "head", "template")
_ENDS = ("br", "p", "div", "li", "tr", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6")
"""Elements that begin a line of their own."""
_LINE = "\u2028"
"""Ends a line; line feeds of HTML are blanks."""


@dataclass(frozen=True, slots=True)
class HtmlTextFormat(Format):
    """The text of HTML without its tags; entities are the characters that they stand for.

    Blanks and ends of lines are one blank each, unless `lines` keeps the lines.
    """

    lines: bool = key("Keep a line for each paragraph, row, item and `<br>`.", default=False)

    def parse(self, value: Any) -> str | None:
        """Read what people see; nothing when that is nothing."""
        if isinstance(value, dict | list):
            raise Unreadable("expected a text")
        from lxml import html

        text = _DECLARED.sub("", str(value)).replace("\0", "")
        root = html.fragment_fromstring(text, create_parent="div")
        for element in list(root.iter()):
            if element.tag in _UNSEEN or not isinstance(element.tag, str):
                element.drop_tree()
            elif element.tag in _ENDS and element is not root:
                element.text = f"{_LINE}{element.text or ''}"
                element.tail = f"{_LINE}{element.tail or ''}"
        lines = [" ".join(line.split()) for line in root.text_content().split(_LINE)]
        return ("\n" if self.lines else " ").join(filter(None, lines)) or None

    def format(self, value: Any) -> str | None:
        """Write a text without its tags."""
        return self.parse(value)


FORMATS.add("html_text", HtmlTextFormat)
