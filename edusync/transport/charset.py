"""Turn bytes into text: by the charset of the spec, by a byte order mark, else as UTF-8."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",  # begins like that of UTF-16
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


class NotReadable(ValueError):
    """What was read is not what was promised; the text says where and why, without any value."""


def text_of(raw: bytes, charset: str | None) -> str:
    """Return bytes as text; a byte order mark says more than a spec. NotReadable names the line."""
    for mark, name in _MARKS.items():
        if raw.startswith(mark):
            return _decoded(raw[len(mark) :], name)
    return _decoded(raw, charset or "utf-8")


def utf8_of(chunks: Iterable[bytes], charset: str) -> Iterator[bytes]:
    """Yield bytes as UTF-8; NotReadable when they are not written in the charset."""
    decoder: codecs.IncrementalDecoder | None = None
    for chunk in chunks:
        if decoder is None:
            marked = next((name for mark, name in _MARKS.items() if chunk.startswith(mark)), None)
            decoder = codecs.getincrementaldecoder(marked or charset)()
        try:
            yield decoder.decode(chunk).removeprefix("\ufeff").encode()
        except UnicodeDecodeError:
            raise NotReadable(f"it is not written in {charset.upper()}") from None


def is_charset(name: str) -> bool:
    """Whether texts can be read with a charset of this name."""
    try:
        b"a".decode(name)
    except (LookupError, UnicodeError):
        return False
    return True


def without_charset(name: str) -> tuple[str, str]:
    """Return why texts cannot be read with a charset of this name, and what to write."""
    if name.lower().replace("_", "-") in {"utf-16", "utf-32", "utf16", "utf32"}:
        return (
            f"'{name}' does not say in which order the bytes come",
            "leave it out where files begin with a byte order mark, else write utf-16-le",
        )
    return f"no charset is called '{name}'", "write it as in utf-8, windows-1252 or iso-8859-15"


def _decoded(raw: bytes, charset: str) -> str:
    try:
        return raw.decode(charset)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        name = charset.upper()
        raise NotReadable(
            f"line {line}: it is not written in {name}; say its charset, such as windows-1252"
        ) from None
    except LookupError:
        raise NotReadable(f"no charset is called '{charset}'") from None
