"""Turn the bytes of an answer into what paths can walk: JSON as it is, XML as names and values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from edusync.transport.tables import KINDS, NotATable, read_calendar, read_csv, read_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from edusync.transport.message import AnswerKind
    from edusync.transport.tables import Span

DECODED = tuple[Any, str, str | None]
"""The value, what it turned out to be (json, xml, html, text, empty, broken) and the name of the
root of an XML document."""


_HEAD = 4096


def decode(raw: bytes, headers: Mapping[str, str], promised: AnswerKind) -> DECODED:
    """Read an answer as what was promised.

    `html` and `text` when it is something else, `broken` when it breaks off.
    """
    if not raw.strip():
        return None, "empty", None
    start = raw[:256].lstrip(b"\xef\xbb\xbf \r\n\t")
    if is_html(raw) or (promised.kind == "json" and "text/html" in headers.get("Content-Type", "")):
        return None, "html", None
    return _xml(raw, promised) if promised.kind == "xml" else _json(raw, start)


def is_html(raw: bytes) -> bool:
    """Whether an answer begins as a page for people."""
    return (
        raw[:256]
        .lstrip(b"\xef\xbb\xbf \r\n\t")[:14]
        .lower()
        .startswith((b"<!doctype html", b"<html"))
    )


def decode_file(raw: bytes, promised: AnswerKind, span: Span) -> DECODED:
    """Read a file, or an answer, as rows where rows were promised."""
    if promised.kind not in KINDS:
        return decode(raw, {}, promised)
    if not raw.strip():
        return None, "empty", None
    if raw[:64].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        return None, "html", None
    try:
        rows = (
            read_calendar(raw, span)
            if promised.kind == "ics"
            else read_xlsx(raw)
            if promised.kind == "xlsx"
            else read_csv(raw, promised)
        )
    except NotATable:
        return None, "broken", None
    return rows, promised.kind, None


def _json(raw: bytes, start: bytes) -> DECODED:
    if start.startswith(b"<!"):
        return None, "html", None
    try:
        return orjson.loads(raw), "json", None
    except orjson.JSONDecodeError:
        return None, "broken" if start[:1] in {b"{", b"["} else "text", None


def _xml(raw: bytes, promised: AnswerKind) -> DECODED:
    return decode_xml((raw,), promised)


def decode_xml(chunks: Iterable[bytes], promised: AnswerKind) -> DECODED:
    """Read XML as it comes, with neither document types nor entities nor network.

    What was read is let go of at once.
    """
    from lxml import etree

    parser: Any = etree.XMLPullParser(
        ("end",),
        encoding=promised.charset,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    values: dict[Any, Any] = {}
    root: Any = None
    head = b""

    def take() -> None:
        nonlocal root
        for _, element in parser.read_events():
            values[element] = _value(
                [(_local(child.tag), values.pop(child)) for child in element], element, promised
            )
            root = element
            for child in element:
                child.clear()

    try:
        for chunk in chunks:
            if len(head) < _HEAD:
                head += chunk[:_HEAD]
                if b"<!DOCTYPE" in head:
                    return None, "broken", None
            parser.feed(chunk)
            take()
        parser.close()
        take()
    except (etree.XMLSyntaxError, LookupError):
        return None, "broken" if head.lstrip()[:1] == b"<" else "text", None
    body = values[root]
    return body if isinstance(body, dict) else {"text": body}, "xml", _local(root.tag)


def _value(children: list[tuple[str, Any]], element: Any, promised: AnswerKind) -> Any:
    text = (element.text or "").strip() or None
    if not children and not element.attrib and _local(element.tag) not in promised.listed:
        return text
    found: dict[str, Any] = {
        (promised.attributes or "") + _local(name): value for name, value in element.attrib.items()
    }
    if not children and not found:
        return text
    for name, value in children:
        if name not in found:
            found[name] = [value] if name in promised.listed else value
        elif isinstance(found[name], list):
            found[name].append(value)
        else:
            found[name] = [found[name], value]
    if text is not None:
        found.setdefault("text", text)
    return found


def _local(tag: str) -> str:
    """Return a name without its name space."""
    return tag.rpartition("}")[2]
