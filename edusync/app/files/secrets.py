"""Secrets by reference.

${env:NAME}, ${file:PATH}, ${keyring:SERVICE/NAME}, ${store:NAME}. What comes out prints as dots.
"""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from edusync.errors import StateError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from edusync.state.store import Store

    OpenStore = Callable[[], Store | None]

REFERENCE = re.compile(r"\$\{(env|file|keyring|store):([^}]+)\}\Z")
FORMS = "${env:NAME}, ${file:PATH}, ${keyring:SERVICE/NAME} or ${store:NAME}"
"""What may be written in the place of a secret."""
_STORE: list[OpenStore | None] = [None]


@contextmanager
def stored_in(open_store: OpenStore) -> Iterator[None]:
    """Let `${store:NAME}` mean the secrets of a store, on every thread of this process.

    `open_store` is called when the first is wanted; it gives None when there is no store yet.
    """
    before, _STORE[0] = _STORE[0], open_store
    try:
        yield
    finally:
        _STORE[0] = before


class SecretMissing(LookupError):
    """A secret that is named by reference cannot be found; the text never holds a secret."""

    def __init__(
        self,
        reason: str,
        hint: str = "set it, or name another secret",
        code: str = "CONF_SECRET_MISSING",
    ) -> None:
        super().__init__(reason)
        self.hint, self.code = hint, code


class Secret(str):
    """A secret: a text that hides when it is shown.

    Its value goes on the wire by `str.__str__` through encoding only.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return "'•••'"


def resolve(text: str, folder: Path) -> str:
    """Return what a text refers to, or the text itself.

    Files are relative to the connector file. SecretMissing when it cannot be found or read,
    StateError when the store cannot be used.
    """
    match = REFERENCE.match(text)
    if match is None:
        return text
    kind, name = match.groups()
    if kind == "env":
        value = os.environ.get(name)
        if not value:
            reason = f"the environment variable {name} is not set"
            raise SecretMissing(reason)
        return Secret(value)
    if kind == "file":
        try:
            return Secret((folder / name).read_text(encoding="utf-8").strip())
        except OSError:
            reason = f"the file {name} cannot be read"
            raise SecretMissing(reason) from None
    return Secret(_from_store(name) if kind == "store" else _from_keyring(name))


def _from_store(name: str) -> str:
    from edusync.state.secrets import read_secret

    open_store = _STORE[0]
    store = None if open_store is None else open_store()
    try:
        secret = None if store is None else read_secret(store, name)
    except StateError as error:
        if error.code != "CONF_SECRET_KEY":
            raise
        raise SecretMissing(error.message, error.hint or "", error.code) from None
    if secret is None:
        reason = f"the store has no secret '{name}'"
        raise SecretMissing(reason, f"`edusync secret set {name}` puts it there")
    return secret


def _from_keyring(name: str) -> str:
    try:
        import keyring
    except ImportError:
        reason = "the keyring is not installed (pip install 'edusync[keyring]')"
        raise SecretMissing(reason) from None
    service, _, key = name.partition("/")
    try:
        secret = keyring.get_password(service, key)
    except keyring.errors.KeyringError as error:
        reason = f"the keyring does not answer: {type(error).__name__}"
        raise SecretMissing(reason) from None
    if not secret:
        reason = f"the keyring has no {name}"
        raise SecretMissing(reason)
    return str(secret)
