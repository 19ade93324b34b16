"""How values are written into texts, paths of URLs and XML."""

from __future__ import annotations

from urllib.parse import quote

from markupsafe import Markup, escape

from edusync.model import UNKNOWN
from edusync.spec.evaluate import UnknownMet, Unreadable, is_unknown

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

    Raises Unreadable when it is empty or leads elsewhere.
    """
    text = as_text(value)
    if not text:
        raise Unreadable("a hole of the path is empty")
    if text in {".", ".."}:
        raise Unreadable("a hole of the path would lead elsewhere")
    return quote(text, safe="")


def as_xml(value: object) -> str:
    """Write a value into XML, escaped; a finished document (`Markup`) as it stands."""
    return value if isinstance(value, Markup) else escape(as_text(value))
