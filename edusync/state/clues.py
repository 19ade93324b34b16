"""By what items are found that somebody asks about: keyed digests of the words of their names.

A digest is of one word, without case and accents, so that words are found in any order; it is
keyed, and salted by the connector, so that the same name is another digest elsewhere (P18). When a
session starts stands in clear.
"""

from __future__ import annotations

import re
from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

import orjson
from sqlalchemy import select

from edusync.model.ids import folded
from edusync.state.tables import clue, link
from edusync.state.upsert import upsert

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from edusync.state.store import Store

_WORD = re.compile(r"[^\W_]+")
_BYTES = 8


class Clue(NamedTuple):
    """What is known of an item: digests of its words, and when it starts."""

    words: frozenset[str]
    starts_at: datetime | None


def words_of(*texts: object) -> set[str]:
    """Return the words of texts as they are compared; an e-mail address is one word."""
    words: set[str] = set()
    for text in texts:
        if isinstance(text, str) and "@" in text:
            words.add(folded(text))
        elif isinstance(text, str):
            words.update(_WORD.findall(folded(text)))
    return words


class Down(NamedTuple):
    """An item that was brought down; `created` when edusync made it, `at` when it wrote it last."""

    kind: str
    account: str
    source_id: str
    edusign_id: str
    starts_at: datetime | None
    created: bool
    at: datetime


class Digester:
    """Makes the digests of one connector; a word that comes again costs nothing."""

    def __init__(self, store: Store, connector: str) -> None:
        self._key = store.key
        self._salt = blake2b(connector.encode(), digest_size=16).digest()
        self._known: dict[str, str] = {}

    def __call__(self, words: Iterable[str]) -> frozenset[str]:
        """Return the digests of words."""
        return frozenset(map(self._one, words))

    def _one(self, word: str) -> str:
        hexdigest = self._known.get(word)
        if hexdigest is None:
            digest = blake2b(word.encode(), key=self._key, salt=self._salt, digest_size=_BYTES)
            hexdigest = self._known[word] = digest.hexdigest()
        return hexdigest


def clues_of(store: Store, connector: str) -> dict[tuple[str, str], dict[str, Clue]]:
    """Return what is known of a connector, by account and kind, then by source id."""
    query = select(clue.c.account, clue.c.kind, clue.c.words).where(clue.c.connector == connector)
    with store.reading() as connection:
        rows = connection.execute(query).all()
        return {(account, kind): _read(items) for account, kind, items in rows}


def brought_down(store: Store, connector: str) -> list[Down]:
    """Return everything that is linked of a connector."""
    names = ("kind", "account", "source_id", "edusign_id", "starts_at", "created", "updated_at")
    query = select(*(link.c[name] for name in names)).where(link.c.connector == connector)
    with store.reading() as connection:
        return [Down(*row) for row in connection.execute(query)]


def save_clues(
    store: Store, connector: str, account: str, kind: str, items: Mapping[str, Clue]
) -> None:
    """Write what is known of a kind of an account."""
    words = {
        source_id: [sorted(one.words), one.starts_at.isoformat() if one.starts_at else None]
        for source_id, one in items.items()
    }
    row = {
        "connector": connector,
        "account": account,
        "kind": kind,
        "words": orjson.dumps(words, option=orjson.OPT_SORT_KEYS).decode(),
    }
    with store.writing() as connection:
        upsert(connection, clue, row)


def _read(text: str) -> dict[str, Clue]:
    return {
        source_id: Clue(
            frozenset(words), None if starts_at is None else datetime.fromisoformat(starts_at)
        )
        for source_id, (words, starts_at) in orjson.loads(text).items()
    }
