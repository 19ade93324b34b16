"""A body that comes packed, unpacked piece by piece, down to the end of its stream.

Nobody else looks for that end: urllib3 gives what came of a stream that was cut, as if it were all.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Protocol

import requests

if TYPE_CHECKING:
    from collections.abc import Iterator

UNDERSTOOD = "gzip, deflate"
"""What a request says that it can read (`Accept-Encoding`)."""
_CODINGS = {"gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}
_UNREAD = frozenset(
    {"br", "zstd", "compress", "x-compress", "exi", "pack200-gzip", "aes128gcm", "dcb", "dcz"}
)
"""The other codings of HTTP; a word that is none of them packs nothing, such as `utf-8`."""
_MOST_LAYERS = 3
_PIECE = 256 * 1024
_MEMBER = b"\x1f"
"""The first byte of a member of gzip; zeros that fill up a block have another."""


class BrokenOff(Exception):
    """A packed body has no end, or is packed in a way that was not asked for."""


class _Layer(Protocol):
    def fed(self, piece: bytes) -> Iterator[bytes]:
        """Yield what a piece unpacks to."""

    def end(self) -> None:
        """Raise BrokenOff when the stream goes on."""


def unpacked(pieces: Iterator[bytes], coding: str) -> Iterator[bytes]:
    """Yield a body as it was before it was packed as `Content-Encoding` says.

    Raises BrokenOff when the stream has no end, or its coding was not asked for, and
    requests.exceptions.ContentDecodingError when it is not what it says it is.
    """
    for layer in reversed(_layers(coding)):
        pieces = _through(layer, pieces)
    return pieces


def _layers(coding: str) -> list[_Layer]:
    words = [word.strip().lower() for word in coding.split(",")]
    if unread := [word for word in words if word in _UNREAD]:
        message = f"it is packed as {unread[0]}, and {UNDERSTOOD} was asked for"
        raise BrokenOff(message)
    known = [_CODINGS[word] for word in words if word in _CODINGS]
    if len(known) > _MOST_LAYERS:
        message = "it is packed too often"
        raise BrokenOff(message)
    return [_Gzip() if word == "gzip" else _Deflate() for word in known]


def _through(layer: _Layer, pieces: Iterator[bytes]) -> Iterator[bytes]:
    try:
        for piece in pieces:
            yield from layer.fed(piece)
    except zlib.error as error:
        raise requests.exceptions.ContentDecodingError(str(error)) from None
    layer.end()


def _grown(stream: zlib._Decompress, piece: bytes) -> Iterator[bytes]:
    """Yield what a piece unpacks to, never much at once."""
    while piece or not stream.eof:
        grown = stream.decompress(piece, _PIECE)
        piece = stream.unconsumed_tail
        if grown:
            yield grown
        elif not piece:
            return


class _Gzip:
    """Members one after the other (RFC 1952); what stands behind the last one is let go of."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._begun = self._over = False

    def fed(self, piece: bytes) -> Iterator[bytes]:
        while piece and not self._over:
            if self._stream.eof:
                if not piece.startswith(_MEMBER):
                    self._over = True
                    return
                self._stream = zlib.decompressobj(16 + zlib.MAX_WBITS)
            self._begun = True
            yield from _grown(self._stream, piece)
            piece = self._stream.unused_data

    def end(self) -> None:
        if self._begun and not self._stream.eof:
            message = "its gzip has no end"
            raise BrokenOff(message)


class _Deflate:
    """A stream of zlib (RFC 1950), or one without its head, as some servers send it (RFC 1951)."""

    def __init__(self) -> None:
        self._stream: zlib._Decompress | None = None
        self._head = b""

    def fed(self, piece: bytes) -> Iterator[bytes]:
        if self._stream is None:
            self._head += piece
            if len(self._head) < 2:  # noqa: PLR2004 - the head of zlib
                return
            piece = self._head
            self._stream = zlib.decompressobj(
                zlib.MAX_WBITS if _is_zlib(piece) else -zlib.MAX_WBITS
            )
        if not self._stream.eof:
            yield from _grown(self._stream, piece)

    def end(self) -> None:
        if self._head and (self._stream is None or not self._stream.eof):
            message = "its deflate has no end"
            raise BrokenOff(message)


def _is_zlib(head: bytes) -> bool:
    """Whether two bytes are the head of a stream of zlib."""
    return head[0] & 15 == 8 and int.from_bytes(head[:2]) % 31 == 0  # noqa: PLR2004 - RFC 1950
