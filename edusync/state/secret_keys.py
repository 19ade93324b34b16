"""The keys that encrypt the secrets of a store: beside it or in EDUSYNC_SECRET_KEY, never inside.

A key is a long random text without commas. Several may be at hand, newest first, on lines of the
file or with commas between: the first one encrypts, all of them decrypt, so that a key can be
changed while others still use the one before.
"""

from __future__ import annotations

import os
import re
import secrets
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import TYPE_CHECKING

from edusync.errors import StateError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cryptography.fernet import MultiFernet

    from edusync.state.store import Store

VARIABLE = "EDUSYNC_SECRET_KEY"
SHORTEST = 32
"""Characters that a key has at least; `openssl rand -base64 32` makes 44."""
_BETWEEN = re.compile(r"\s*[,\n]\s*")


def key_file(store: Store) -> Path | None:
    """Return the file of the keys beside an embedded store, None for a database server."""
    database = store.engine.url.database
    if store.lock_folder is None or database is None:
        return None
    return Path(f"{database}.secrets.key")


def keys_in_environment() -> tuple[str, ...]:
    """Return the keys of EDUSYNC_SECRET_KEY, which count before those of a file."""
    return _keys(os.environ.get(VARIABLE, ""), VARIABLE)


def keys_at_hand(store: Store) -> tuple[str, ...]:
    """Return the keys, newest first; nothing when there are none. StateError for a damaged one."""
    from_environment = keys_in_environment()
    file = key_file(store)
    if from_environment or file is None:
        return from_environment
    try:
        text = file.read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:
        return ()
    except OSError as error:
        reason = f"the key file {file.name} cannot be read: {error.strerror}"
        raise wrong_key(reason) from None
    keys = _keys(text, f"the key file {file.name}")
    if not keys:
        reason = f"the key file {file.name} is empty"
        raise wrong_key(reason)
    return keys


def new_key() -> str:
    """Return a new key."""
    return secrets.token_urlsafe(32)


def keep_keys(file: Path, keys: Sequence[str]) -> None:
    """Write the keys of a file, newest first, for its owner alone: whole or not at all."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as handle:
        handle.write("\n".join(keys) + "\n")
        handle.flush()
        os.fsync(handle.fileno())
    beside.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def name_of_key(key: str) -> str:
    """Return by what a key is told from others: 16 digits that say nothing of the key."""
    return _derived(key, b"edusync: which key of secrets", 8).hex()


def cipher(keys: Sequence[str]) -> MultiFernet:
    """Return what encrypts with the first key and decrypts with each of them."""
    from cryptography.fernet import Fernet, MultiFernet

    return MultiFernet(
        [
            Fernet(urlsafe_b64encode(_derived(key, b"edusync: secrets of a store", 32)))
            for key in keys
        ]
    )


def wrong_key(reason: str) -> StateError:
    """Return what is said of a key that is missing, damaged or another one."""
    return StateError(
        "CONF_SECRET_KEY",
        reason,
        f"put the key file back, or set {VARIABLE} to the key; where it is lost, `edusync secret "
        "remove` every secret that `edusync secret list` names, and set it anew",
    )


def _keys(text: str, where: str) -> tuple[str, ...]:
    keys = tuple(one for one in _BETWEEN.split(text.strip()) if one)
    if any(len(one) < SHORTEST or not one.isascii() for one in keys):
        reason = f"{where} is damaged: a key has at least {SHORTEST} characters, and no comma"
        raise wrong_key(reason)
    return keys


def _derived(key: str, purpose: bytes, length: int) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), length, None, purpose).derive(key.encode("ascii"))
