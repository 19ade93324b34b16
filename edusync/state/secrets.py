"""Secrets that connector files name as `${store:NAME}`, encrypted in the store.

What is encrypted is the value with its name, so that nobody who can write the store can give a
connector the secret of another one.
"""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from datetime import datetime  # noqa: TC003 - a NamedTuple's types are read when it is made
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import delete, func, select, text, update

from edusync.errors import StateError, UsageProblem
from edusync.state.secret_keys import (
    VARIABLE,
    cipher,
    keep_keys,
    key_file,
    keys_at_hand,
    keys_in_environment,
    name_of_key,
    new_key,
    wrong_key,
)
from edusync.state.tables import secret
from edusync.state.upsert import upsert
from edusync.state.web_tables import user

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from cryptography.fernet import MultiFernet
    from sqlalchemy import Connection

    from edusync.state.store import Store

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9_.-]+)*\Z")
LONGEST_NAME = 255
LONGEST = 16_384
"""Characters that a secret may have: the private key of a certificate is some thousands."""
_CHANGING = 20_261_129
"""The number of the lock under which secrets of a server are written or encrypted anew."""


class KeptSecret(NamedTuple):
    """What is known of a secret without reading it."""

    name: str
    at: datetime
    who: str | None
    """Who wrote it in the console: their name, or their id once they are gone.

    None for the command line.
    """
    key: str
    """By what its key is told from others."""


class Rotated(NamedTuple):
    """What a rotation did: how many secrets stand under the first key now, and where keys lie."""

    secrets: int
    key: str
    in_file: bool


def save_secret(store: Store, name: str, value: str, by: str | None = None) -> None:
    """Write a secret, over the one of that name. `by` is the id of a user of the console.

    UsageProblem for a name or a value that cannot be one; StateError with CONF_SECRET_KEY when
    there is no key, or secrets stand there that the keys at hand cannot read.
    """
    _check(name, value)
    with _changing(store) as connection:
        _write(store, connection, name, value, by)


def add_secret(store: Store, name: str, value: str, by: str | None = None) -> str:
    """Write a secret under a name that no other has, NAME or NAME-2 and so on; return it.

    Raises what `save_secret` does.
    """
    _check(name, value)
    with _changing(store) as connection:
        taken = set(connection.execute(select(secret.c.name)).scalars())
        free, number = name, 1
        while free in taken:
            number += 1
            free = f"{name}-{number}"
        _write(store, connection, free, value, by)
    return free


def read_secret(store: Store, name: str) -> str | None:
    """Return a secret, None when there is none of that name.

    StateError with CONF_SECRET_KEY when the keys at hand cannot read it.
    """
    row = _row(store, name)
    while row is not None:
        try:
            return _decrypted(keys_at_hand(store), name, *row)
        except StateError:
            before, row = row, _row(store, name)
            if row == before:  # else it was encrypted anew between the two looks
                raise
    return None


def kept_secrets(store: Store) -> list[KeptSecret]:
    """Return what is known of every secret, by name; no key is needed."""
    query = (
        select(secret.c.name, secret.c.at, func.coalesce(user.c.name, secret.c.user), secret.c.key)
        .outerjoin(user, user.c.id == secret.c.user)
        .order_by(secret.c.name)
    )
    with store.reading() as connection:
        return [KeptSecret._make(row) for row in connection.execute(query)]


def remove_secrets(store: Store, names: Collection[str]) -> list[str]:
    """Delete secrets; return the names of those that there were."""
    with _changing(store) as connection:
        query = select(secret.c.name).where(secret.c.name.in_(names)).order_by(secret.c.name)
        existing = list(connection.execute(query).scalars())
        connection.execute(delete(secret).where(secret.c.name.in_(existing)))
    return existing


def check_readable(source: Store, keys: Sequence[str]) -> None:
    """Raise StateError with CONF_SECRET_KEY when some keys cannot read every secret of a store."""
    with source.reading() as connection:
        query = select(secret.c.name, secret.c.token, secret.c.key)
        for name, token, key in connection.execute(query):
            _decrypted(keys, name, token, key)


def rotate_secrets(store: Store) -> Rotated:
    """Encrypt every secret anew: with a new key, or the first of several that are at hand.

    Until all of them are, old and new keys are both kept, so whoever is killed in the middle loses
    nothing; beginning again goes on. StateError with CONF_SECRET_KEY when a secret cannot be read,
    UsageProblem when the keys are in the environment and none of them is new.
    """
    file = None if keys_in_environment() else key_file(store)
    if file is None and len(keys_at_hand(store)) == 1:
        hint = f"write the new key before the old one on every machine: {VARIABLE}=NEW,OLD"
        raise UsageProblem("RUN_USAGE", f"{VARIABLE} has no new key", hint)
    if file is not None:
        with _changing(store) as connection:  # files change where nobody else writes secrets
            keys = _keys_to_write(store, connection)
            if len(keys) == 1:  # else a rotation was cut short, and goes on
                keep_keys(file, (new_key(), *keys))
    with _changing(store) as connection:
        keys = _keys_to_write(store, connection)
        count = _encrypt_anew(connection, keys)
    if file is not None:
        with _changing(store) as connection:
            keep_keys(file, _keys_to_write(store, connection)[:1])
    return Rotated(count, name_of_key(keys[0]), file is not None)


@contextmanager
def _changing(store: Store) -> Iterator[Connection]:
    """Open a transaction in which nobody else writes secrets."""
    with store.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:one)"), {"one": _CHANGING})
        yield connection


def _check(name: str, value: str) -> None:
    if NAME.match(name) is None or len(name) > LONGEST_NAME:
        hint = "letters, digits, '.', '-', '_' and '/', such as hugo/password"
        raise UsageProblem("RUN_USAGE", f"'{name}' cannot be the name of a secret", hint)
    if not value or len(value) > LONGEST:
        hint = f"between 1 and {LONGEST} characters"
        raise UsageProblem("RUN_USAGE", "the secret is empty or too long", hint)


def _write(store: Store, connection: Connection, name: str, value: str, by: str | None) -> None:
    """Encrypt with the first key. The keys are read here, where no rotation is under way."""
    keys = _keys_to_write(store, connection)
    token = _encrypted(cipher(keys[:1]), name, value)
    row = {"name": name, "token": token, "key": name_of_key(keys[0])}
    upsert(connection, secret, {**row, "at": store.now(), "user": by})


def _keys_to_write(store: Store, connection: Connection) -> tuple[str, ...]:
    """Return the keys, made when there never were any; StateError when they are not those used."""
    keys = keys_at_hand(store)
    used = set(connection.execute(select(secret.c.key).distinct()).scalars())
    lost = used - {name_of_key(one) for one in keys}
    if lost:
        raise wrong_key(_lost(lost, keys))
    file = key_file(store)
    if not keys and file is None:
        raise _no_key()
    if not keys and file is not None:
        keys = (new_key(),)
        keep_keys(file, keys)
    return keys


def _encrypt_anew(connection: Connection, keys: Sequence[str]) -> int:
    """Encrypt every secret with the first key; return how many there are."""
    first, name_of_first = cipher(keys[:1]), name_of_key(keys[0])
    rows = connection.execute(select(secret.c.name, secret.c.token, secret.c.key)).all()
    for name, token, key in rows:
        value = _decrypted(keys, name, token, key)
        change = update(secret).where(secret.c.name == name)
        connection.execute(change.values(token=_encrypted(first, name, value), key=name_of_first))
    return len(rows)


def _encrypted(first: MultiFernet, name: str, value: str) -> str:
    return first.encrypt(json.dumps([name, value]).encode()).decode("ascii")


def _row(store: Store, name: str) -> tuple[str, str] | None:
    with store.reading() as connection:
        query = select(secret.c.token, secret.c.key).where(secret.c.name == name)
        row = connection.execute(query).first()
    return None if row is None else (row.token, row.key)


def _decrypted(keys: Sequence[str], name: str, token: str, key: str) -> str:
    from cryptography.fernet import InvalidToken

    if key not in {name_of_key(one) for one in keys}:
        raise wrong_key(_lost({key}, keys))
    try:
        content = json.loads(cipher(keys).decrypt(token.encode()))
    except (InvalidToken, ValueError):
        content = None
    if not isinstance(content, list) or content[0] != name:
        raise StateError(
            "CONF_SECRET_KEY",
            f"the secret '{name}' in the store was changed by something else than edusync",
            f"`edusync secret set {name}` writes it anew; look who can write the store",
        )
    return str(content[1])


def _lost(lost: Collection[str], keys: Sequence[str]) -> str:
    wanted = ", ".join(sorted(lost))
    known = ", ".join(map(name_of_key, keys))
    at_hand = f"at hand is {known}" if known else "no key is at hand"
    return f"secrets of the store are encrypted with the key {wanted}, and {at_hand}"


def _no_key() -> StateError:
    return StateError(
        "CONF_SECRET_KEY",
        "secrets in a store on a server need a key of their own",
        f"set {VARIABLE} to a long random text, the same on every machine: openssl rand -base64 32",
    )
