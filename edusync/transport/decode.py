"""Turn the bytes of an answer into what paths can walk: JSON as it is, XML as names and values."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal

import orjson

from edusync.model.marked import Marked
from edusync.transport.calendars import read_calendar
from edusync.transport.charset import NotReadable, text_of, utf8_of
from edusync.transport.message import BREAKS_OFF, Decoded
from edusync.transport.tables import KINDS, read_csv, read_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from edusync.transport.message import AnswerKind
    from edusync.transport.tables import Span

_HEAD = 4096
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


def decode(raw: bytes, headers: Mapping[str, str], promised: AnswerKind) -> Decoded:
    """Read an answer as what was promised.

    It is `html` or `text` when it is something else, and `broken`, with the cause, when it breaks
    off or is not well-formed.
    """
    if not raw.strip():
        return Decoded(None, "empty")
    if is_html(raw) or (promised.kind == "json" and "text/html" in headers.get("Content-Type", "")):
        return Decoded(None, "html")
    if promised.kind == "xml":
        return decode_xml((raw,), promised)
    return _json(raw, headers, promised)


def is_html(raw: bytes) -> bool:
    """Whether an answer begins as a page for people."""
    return _PAGE.match(raw[:_HEAD]) is not None


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
            else read_xlsx(raw, promised)
            if promised.kind == "xlsx"
            else read_csv(raw, promised)
        )
    except NotReadable as error:
        return Decoded(None, "broken", cause=str(error))
    return Decoded(rows, promised.kind, flaws=flaws)


def _json(raw: bytes, headers: Mapping[str, str], promised: AnswerKind) -> Decoded:
    start = raw[:256].lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith(b"<!"):
        return Decoded(None, "html")
    cause: str | None = None
    for charset in _charsets(raw, headers, promised):
        try:
            return Decoded(_parsed(raw, text_of(raw, charset).lstrip("\ufeff")), "json")
        except NotReadable as error:
            cause = cause or str(error)
        except json.JSONDecodeError as error:
            cause = f"{BREAKS_OFF} at line {error.lineno}, column {error.colno}"
            break
        except (ValueError, RecursionError):
            cause = None
            break
    if start[:1] in {b"{", b"["} or (cause and promised.charset and not _breaks_off(cause)):
        return Decoded(None, "broken", cause=cause)
    return Decoded(None, "text")


def _breaks_off(cause: str) -> bool:
    return cause.startswith(BREAKS_OFF)


def _charsets(raw: bytes, headers: Mapping[str, str], promised: AnswerKind) -> tuple[str, ...]:
    """Return the charsets to try.

    That of the spec alone, else what JSON has to be, else what the header says.
    """
    if promised.charset:
        return (promised.charset,)
    match = re.search(r"""charset=["']?([\w.:-]+)""", headers.get("Content-Type", ""))
    return (json.detect_encoding(raw), *((match.group(1),) if match else ()))


def _parsed(raw: bytes, text: str) -> Any:
    """Return what JSON says.

    Whole numbers stay what they are, since they can be ids: as long as a float can hold. What one
    of the two readers refuses, such as half of a surrogate pair or a number without bound, is
    refused.
    """
    read = orjson.loads(text)
    if _WIDE not in raw.replace(b"\0", b"").translate(_DIGITS):
        return read
    return json.loads(text, parse_float=_long_number, parse_constant=_no_number)


_WIDE = b"0" * 17
_DIGITS = bytes(48 if code in b"0123456789" else 32 for code in range(256))
"""A table that makes every digit a zero and everything else a blank."""


def _long_number(text: str) -> int | float:
    """Return a number with a point or an exponent; a whole one that a float changes is none."""
    number = float(text)
    if abs(number) < 1:
        return number
    exact = Decimal(text)
    if exact == number or exact != exact.to_integral_value():
        return number
    return int(exact)


def _no_number(text: str) -> None:
    raise ValueError(text)


def decode_xml(chunks: Iterable[bytes], promised: AnswerKind) -> Decoded:
    """Read XML as it comes, with neither document types nor entities nor network.

    What was read is let go of at once.
    """
    from lxml import etree

    charset = "utf-8" if promised.charset else None
    stream = utf8_of(chunks, promised.charset) if promised.charset else iter(chunks)
    try:
        head, name, typed = prolog(stream, charset)
    except NotReadable as unreadable:
        return Decoded(None, "broken", cause=str(unreadable))
    if name == "html":
        return Decoded(None, "html")
    if name is None and head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] != b"<":
        return Decoded(None, "text")
    if typed:
        return Decoded(None, "broken", cause="it has a document type (DOCTYPE)")
    parser = _parser(("end",), charset)
    values: dict[Any, Any] = {}
    root: Any = None

    def take() -> None:
        nonlocal root
        for _, element in parser.read_events():
            values[element] = value_of(
                [(_local(child.tag), values.pop(child)) for child in element], element, promised
            )
            root = element
            for child in element:
                child.clear()

    try:
        for chunk in chain((head,), stream):
            parser.feed(chunk)
            take()
        parser.close()
        take()
    except NotReadable as unreadable:
        return Decoded(None, "broken", cause=str(unreadable))
    except (etree.XMLSyntaxError, LookupError) as error:
        line = getattr(error, "lineno", None)
        return Decoded(None, "broken", cause=f"{BREAKS_OFF} at line {line}" if line else None)
    body = values[root]
    if isinstance(body, Marked):
        return Decoded(body.members, "xml", name)
    return Decoded(body if isinstance(body, dict) else {"text": body}, "xml", name)


def prolog(stream: Iterable[bytes], charset: str | None = None) -> tuple[bytes, str | None, bool]:
    """Return what was read up to the first element, its name, and whether a document type is there.

    None when there is no element. Wherever the document type stands, nothing of it is used.
    """
    from lxml import etree

    parser, read = _parser(("start",), charset), bytearray()
    try:
        for chunk in stream:
            read += chunk
            for at in range(0, len(chunk), _HEAD):
                parser.feed(chunk[at : at + _HEAD])
                for _, element in parser.read_events():
                    return bytes(read), *_named(element)
        parser.close()
        for _, element in parser.read_events():  # a document of a few bytes is read at its end
            return bytes(read), *_named(element)
    except (etree.XMLSyntaxError, LookupError):
        pass
    return bytes(read), None, False


def _named(element: Any) -> tuple[str, bool]:
    return _local(element.tag), bool(element.getroottree().docinfo.doctype)


def _parser(events: tuple[Literal["start", "end"]], charset: str | None) -> Any:
    from lxml import etree

    return etree.XMLPullParser(
        events,
        encoding=charset,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )


def value_of(children: list[tuple[str, Any]], element: Any, promised: AnswerKind) -> Any:
    """Return what an element of XML holds; `children` are the names and values inside it."""
    text = (element.text or "").strip() or None
    if not children and not element.attrib:
        return text
    if element.get(_NIL) in {"true", "1"}:
        return None
    members: dict[str, Any] = {
        (promised.attributes or "") + _local(name): value
        for name, value in element.attrib.items()
        if name != _NIL
    }
    if not children:
        return Marked(text, members) if text and members else members or text
    for name, value in children:
        if name not in members:
            members[name] = [value] if name in promised.listed else value
        elif isinstance(members[name], list):
            members[name].append(value)
        else:
            members[name] = [members[name], value]
    if text is not None:
        members.setdefault("text", text)
    return members


def _local(tag: str) -> str:
    """Return a name without its name space."""
    return tag.rpartition("}")[2]
