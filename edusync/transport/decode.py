"""Turn the bytes of an answer into what paths can walk: JSON as it is, XML as names and values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from edusync.transport.calendars import read_calendar
from edusync.transport.charset import NotReadable, text_of, utf8_of
from edusync.transport.message import BREAKS_OFF, Decoded
from edusync.transport.tables import KINDS, read_csv, read_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from edusync.transport.message import AnswerKind
    from edusync.transport.tables import Span

_HEAD = 4096
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def decode(raw: bytes, headers: Mapping[str, str], promised: AnswerKind) -> Decoded:
    """Read an answer as what was promised.

    It is `html` or `text` when it is something else, and `broken`, with the cause, when it breaks
    off or is not well-formed.
    """
    if not raw.strip():
        return Decoded(None, "empty")
    start = raw[:256].lstrip(b"\xef\xbb\xbf \r\n\t")
    if is_html(raw) or (promised.kind == "json" and "text/html" in headers.get("Content-Type", "")):
        return Decoded(None, "html")
    if promised.kind == "xml":
        return decode_xml((raw,), promised)
    return _json(raw, start, promised.charset)


def is_html(raw: bytes) -> bool:
    """Whether an answer begins as a page for people."""
    return (
        raw[:256]
        .lstrip(b"\xef\xbb\xbf \r\n\t")[:14]
        .lower()
        .startswith((b"<!doctype html", b"<html"))
    )


def decode_file(raw: bytes, promised: AnswerKind, span: Span) -> Decoded:
    """Read a file, or an answer, as rows where rows were promised."""
    if promised.kind not in KINDS:
        return decode(raw, {}, promised)
    if not raw.strip():
        return Decoded(None, "empty")
    if is_html(raw):
        return Decoded(None, "html")
    try:
        rows, flaws = (
            read_calendar(raw, span, promised.charset)
            if promised.kind == "ics"
            else read_xlsx(raw)
            if promised.kind == "xlsx"
            else read_csv(raw, promised)
        )
    except NotReadable as error:
        return Decoded(None, "broken", cause=str(error))
    return Decoded(rows, promised.kind, flaws=flaws)


def _json(raw: bytes, start: bytes, charset: str | None) -> Decoded:
    if start.startswith(b"<!"):
        return Decoded(None, "html")
    try:
        marked = charset or raw.startswith(_MARKS)
        return Decoded(orjson.loads(text_of(raw, charset) if marked else raw), "json")
    except NotReadable as error:
        return Decoded(None, "broken", cause=str(error))
    except orjson.JSONDecodeError as error:
        if start[:1] not in {b"{", b"["}:
            return Decoded(None, "text")
        try:
            text_of(raw, charset)
        except NotReadable as unreadable:
            return Decoded(None, "broken", cause=str(unreadable))
        return Decoded(
            None, "broken", cause=f"{BREAKS_OFF} at line {error.lineno}, column {error.colno}"
        )


def decode_xml(chunks: Iterable[bytes], promised: AnswerKind) -> Decoded:
    """Read XML as it comes, with neither document types nor entities nor network.

    What was read is let go of at once.
    """
    from lxml import etree

    parser: Any = etree.XMLPullParser(
        ("end",),
        encoding="utf-8" if promised.charset else None,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    if promised.charset:
        chunks = utf8_of(chunks, promised.charset)
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
                    return Decoded(None, "broken", cause="it has a document type (DOCTYPE)")
            parser.feed(chunk)
            take()
        parser.close()
        take()
    except NotReadable as unreadable:
        return Decoded(None, "broken", cause=str(unreadable))
    except (etree.XMLSyntaxError, LookupError) as error:
        if head.lstrip()[:1] != b"<":
            return Decoded(None, "text")
        line = getattr(error, "lineno", None)
        return Decoded(None, "broken", cause=f"{BREAKS_OFF} at line {line}" if line else None)
    body = values[root]
    return Decoded(body if isinstance(body, dict) else {"text": body}, "xml", _local(root.tag))


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
