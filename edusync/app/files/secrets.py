"""Secrets by reference.

${env:NAME}, ${file:PATH}, ${keyring:SERVICE/NAME}. What comes out prints as dots.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

REFERENCE = re.compile(r"\$\{(env|file|keyring):([^}]+)\}\Z")


class SecretMissing(LookupError):
    """A secret that is named by reference cannot be found; the text never holds a secret."""


class Secret(str):
    """A secret: a text that hides when it is shown.

    Its value goes on the wire by `str.__str__` through encoding only.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return "'•••'"


def resolve(text: str, folder: Path) -> str:
    """Return what a text refers to, or the text itself.

    Files are relative to the connector file.
    """
    match = REFERENCE.match(text)
    if match is None:
        return text
    kind, name = match.groups()
    if kind == "env":
        found = os.environ.get(name)
        if not found:
            reason = f"the environment variable {name} is not set"
            raise SecretMissing(reason)
        return Secret(found)
    if kind == "file":
        try:
            return Secret((folder / name).read_text(encoding="utf-8").strip())
        except OSError:
            reason = f"the file {name} cannot be read"
            raise SecretMissing(reason) from None
    return Secret(_from_keyring(name))


def _from_keyring(name: str) -> str:
    try:
        import keyring
    except ImportError:
        reason = "the keyring is not installed (pip install 'edusync[keyring]')"
        raise SecretMissing(reason) from None
    service, _, key = name.partition("/")
    try:
        found = keyring.get_password(service, key)
    except keyring.errors.KeyringError as error:
        reason = f"the keyring does not answer: {type(error).__name__}"
        raise SecretMissing(reason) from None
    if not found:
        reason = f"the keyring has no {name}"
        raise SecretMissing(reason)
    return str(found)
