"""How values are written into texts, paths of URLs and XML."""

from __future__ import annotations

import re
from urllib.parse import quote

from markupsafe import Markup, escape

from edusync.model import UNKNOWN
from edusync.spec.evaluate import UnknownMet, Unreadable, is_unknown

_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
MOST_TEXT = 64 * 1024
MOST_XML = 4 * 1024 * 1024  # documents hold many lines


def as_text(value: object) -> str:
    """Write a value into text.

    Empty as nothing, flags as true and false, anything else as it prints.
    """
    if value is None:
        return ""
    if value is UNKNOWN:
        raise UnknownMet
    if isinstance(value, bytes):
        raise Unreadable("raw bytes are no text: write them as 'hex' or 'base64'")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple | dict) and is_unknown(value):
        raise UnknownMet
    return str(value)


def as_segment(value: object) -> str:
    """Write a value into the path of a URL, percent-encoded.

    Raises Unreadable when it is empty, blanks alone included, or leads elsewhere.
    """
    text = as_text(value)
    if not text.strip():
        raise Unreadable("a hole of the path is empty")
    if text in {".", ".."}:
        raise Unreadable("a hole of the path would lead elsewhere")
    return quote(text, safe="")


def as_xml(value: object) -> str:
    """Write a value into XML, escaped; a finished document (`Markup`) as it stands.

    A mapping is an element for each of its members, several for one that is a list. Raises
    Unreadable for a name that no element can have, and for several mappings without a name.
    """
    if isinstance(value, Markup):
        return value
    if isinstance(value, dict):
        return Markup("").join(_element(str(name), inner) for name, inner in value.items())
    if isinstance(value, list | tuple) and any(isinstance(one, dict) for one in value):
        raise Unreadable("several mappings in XML need an element each: name it, or use 'each'")
    return escape(as_text(value))


def _element(name: str, value: object) -> Markup:
    """Return an element, or one for each item of a list; nothing is an empty element."""
    if not _NAME.fullmatch(name):
        raise Unreadable(f"'{name}' is no name of an element of XML")
    if isinstance(value, list | tuple):
        return Markup("").join(_element(name, one) for one in value)
    inner = as_xml(value)
    return Markup(f"<{name}>{inner}</{name}>" if inner else f"<{name}/>")  # noqa: S704 - escaped
