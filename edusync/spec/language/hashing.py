"""Filters that signatures are made with: digests, HMAC, and percent-encoding."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64encode
from urllib.parse import quote

from edusync.spec.evaluate import Unreadable
from edusync.spec.language.written import as_text

KEYED = ("sha1", "sha256", "sha512")
"""What an HMAC is made by."""
DIGESTS = (*KEYED, "md5")
WRITTEN = ("hex", "base64", "raw")
"""How either is written."""


def digest(value: object, algorithm: object = "sha256", written: object = "hex") -> object:
    """Digest it by `sha256`, or `sha1`, `sha512` or `md5`; as `hex`, or `base64` or `raw` bytes."""
    if isinstance(value, list | tuple):
        return [digest(item, algorithm, written) for item in value]
    if value is None:
        return None
    return _as(hashlib.new(_known(algorithm, DIGESTS), _bytes(value)).digest(), written)


def keyed(
    value: object, key: object, algorithm: object = "sha256", written: object = "hex"
) -> object:
    """Make its HMAC with a `key` by `sha256`, or `sha1`, `sha512`; as `hex`, or `base64`, `raw`.

    Raw bytes may be the key of the next one.
    """
    if isinstance(value, list | tuple):
        return [keyed(item, key, algorithm, written) for item in value]
    if value is None:
        return None
    secret = b"" if key is None else _bytes(key)
    if not secret:
        raise Unreadable("'hmac' needs a key that is not empty")
    return _as(hmac.digest(secret, _bytes(value), _known(algorithm, KEYED)), written)


def percent(value: object) -> object:
    """Percent-encode it by RFC 3986: all but letters, digits, `-`, `.`, `_` and `~`."""
    if isinstance(value, list | tuple):
        return [percent(item) for item in value]
    return None if value is None else quote(_bytes(value), safe="")


def _known(name: object, known: tuple[str, ...]) -> str:
    if name not in known:
        raise Unreadable(f"no digest is called '{name}': {', '.join(known)} are known")
    return str(name)


def _as(hash_value: bytes, written: object) -> object:
    match written:
        case "hex":
            return hash_value.hex()
        case "base64":
            return b64encode(hash_value).decode()
        case "raw":
            return hash_value
    raise Unreadable(f"a digest is written as {', '.join(WRITTEN)}, not as '{written}'")


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else as_text(value).encode()
