"""Secrets in the store: encrypted, bound to their names, with keys that can be changed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select, update

from edusync.errors import StateError, UsageProblem
from edusync.state.move import move
from edusync.state.open import open_store
from edusync.state.secret_keys import keep_keys, key_file, keys_at_hand, new_key
from edusync.state.secrets import (
    LONGEST,
    add_secret,
    kept_secrets,
    read_secret,
    remove_secrets,
    rotate_secrets,
    save_secret,
)
from edusync.state.store import Store
from edusync.state.tables import secret
from tests.state.test_store import store

__all__ = ["store"]  # a fixture: an empty store on each database

VALUE = "Cnry-pass wörd, with 'quotes'\nand a second line"
ON_SQLITE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def keyed(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The store, with a key in the environment where it needs one."""
    if store.lock_folder is None:
        monkeypatch.setenv("EDUSYNC_SECRET_KEY", new_key())
    else:
        monkeypatch.delenv("EDUSYNC_SECRET_KEY", raising=False)
    return store


def tokens(store: Store) -> dict[str, str]:
    with store.reading() as connection:
        rows = connection.execute(select(secret.c.name, secret.c.token))
        return {row.name: row.token for row in rows}


def test_a_secret_comes_back_as_it_was(keyed: Store) -> None:
    save_secret(keyed, "hugo/password", VALUE)
    assert read_secret(keyed, "hugo/password") == VALUE
    assert read_secret(keyed, "hugo/other") is None
    save_secret(keyed, "hugo/password", "another")
    assert read_secret(keyed, "hugo/password") == "another"
    assert [(one.name, one.who) for one in kept_secrets(keyed)] == [("hugo/password", None)]


def test_nothing_of_it_stands_in_the_store(keyed: Store) -> None:
    save_secret(keyed, "hugo/password", VALUE)
    assert "Cnry" not in tokens(keyed)["hugo/password"]
    if keyed.lock_folder is not None:
        keyed.close()
        for file in Path(str(keyed.engine.url.database)).parent.glob("state*"):
            assert b"Cnry" not in file.read_bytes(), file.name


def test_a_new_one_is_never_written_over_another(keyed: Store) -> None:
    names = [add_secret(keyed, "hugo/password", word) for word in ("one", "two", "three")]
    assert names == ["hugo/password", "hugo/password-2", "hugo/password-3"]
    assert [read_secret(keyed, name) for name in names] == ["one", "two", "three"]


def test_what_is_removed_is_gone(keyed: Store) -> None:
    save_secret(keyed, "a", "1")
    save_secret(keyed, "b", "2")
    assert remove_secrets(keyed, ["a", "nobody"]) == ["a"]
    assert (read_secret(keyed, "a"), read_secret(keyed, "b")) == (None, "2")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("", "x"),
        ("/a", "x"),
        ("a/", "x"),
        ("a b", "x"),
        ("../a", "x"),
        ("a}", "x"),
        ("x" * 256, "x"),
        ("a", ""),
        ("a", "x" * (LONGEST + 1)),
    ],
)
@ON_SQLITE
def test_names_and_values_that_cannot_be(keyed: Store, name: str, value: str) -> None:
    with pytest.raises(UsageProblem):
        save_secret(keyed, name, value)
    assert tokens(keyed) == {}


def test_a_secret_that_is_put_under_another_name_is_refused(keyed: Store) -> None:
    """Who can write the store gives no connector the secret of another one."""
    save_secret(keyed, "hugo/password", "of hugo")
    save_secret(keyed, "mine/password", "of mine")
    stolen = tokens(keyed)["hugo/password"]
    with keyed.writing() as connection:
        is_mine = secret.c.name == "mine/password"
        connection.execute(update(secret).where(is_mine).values(token=stolen))
    with pytest.raises(StateError, match="changed by something else") as refused:
        read_secret(keyed, "mine/password")
    assert (refused.value.code, "of hugo" in str(refused.value)) == ("CONF_SECRET_KEY", False)


def test_a_lost_key_is_said_with_what_to_do(keyed: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    save_secret(keyed, "hugo/password", VALUE)
    file = key_file(keyed)
    if file is None:
        monkeypatch.delenv("EDUSYNC_SECRET_KEY")
    else:
        file.unlink()
    for attempt in (
        lambda: read_secret(keyed, "hugo/password"),
        lambda: save_secret(keyed, "new", "x"),
        lambda: rotate_secrets(keyed),
    ):
        with pytest.raises(StateError, match="no key is at hand") as lost:
            attempt()
        assert lost.value.code == "CONF_SECRET_KEY"
        assert "put the key file back, or set EDUSYNC_SECRET_KEY" in str(lost.value.hint)
    assert [one.name for one in kept_secrets(keyed)] == ["hugo/password"]
    assert remove_secrets(keyed, ["hugo/password"]) == ["hugo/password"]
    if file is not None:  # entered anew, it stands under a new key
        save_secret(keyed, "hugo/password", VALUE)
        assert read_secret(keyed, "hugo/password") == VALUE


def test_another_key_is_told_from_the_right_one(
    keyed: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_secret(keyed, "hugo/password", VALUE)
    wanted = kept_secrets(keyed)[0].key
    monkeypatch.setenv("EDUSYNC_SECRET_KEY", new_key())
    with pytest.raises(StateError, match=f"with the key {wanted}, and at hand is [0-9a-f]{{16}}"):
        read_secret(keyed, "hugo/password")
    with pytest.raises(StateError, match=wanted):
        save_secret(keyed, "new", "x")


@pytest.mark.parametrize("text", ["short", "", "é" * 40])
@ON_SQLITE
def test_a_damaged_key_file_is_said(keyed: Store, text: str) -> None:
    save_secret(keyed, "a", "1")
    file = key_file(keyed)
    assert file is not None
    file.write_text(text, encoding="utf-8")
    with pytest.raises(StateError, match=r"is damaged|is empty") as damaged:
        read_secret(keyed, "a")
    assert damaged.value.code == "CONF_SECRET_KEY"


@pytest.mark.parametrize("store", ["postgres"], indirect=True)
def test_a_store_on_a_server_needs_a_key(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EDUSYNC_SECRET_KEY", raising=False)
    with pytest.raises(StateError, match="need a key of their own") as missing:
        save_secret(store, "a", "1")
    assert "openssl rand -base64 32" in str(missing.value.hint)


@ON_SQLITE
def test_the_key_file_is_for_its_owner_alone(keyed: Store) -> None:
    save_secret(keyed, "a", "1")
    file = key_file(keyed)
    assert file is not None
    assert (file.name, file.stat().st_mode & 0o777) == ("state.db.secrets.key", 0o600)
    rotate_secrets(keyed)
    assert file.stat().st_mode & 0o777 == 0o600


# rotation


@ON_SQLITE
def test_a_rotation_makes_a_key_and_forgets_the_old_one(keyed: Store) -> None:
    save_secret(keyed, "a", "1")
    save_secret(keyed, "b", "2")
    old, before = keys_at_hand(keyed), tokens(keyed)
    done = rotate_secrets(keyed)
    assert (done.secrets, done.in_file, len(keys_at_hand(keyed))) == (2, True, 1)
    assert keys_at_hand(keyed) != old
    assert {one.key for one in kept_secrets(keyed)} == {done.key}
    assert set(tokens(keyed).values()).isdisjoint(before.values())
    assert (read_secret(keyed, "a"), read_secret(keyed, "b")) == ("1", "2")


def test_keys_of_the_environment_are_changed_in_three_steps(
    keyed: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = new_key(), new_key()
    monkeypatch.setenv("EDUSYNC_SECRET_KEY", old)
    save_secret(keyed, "a", "1")
    with pytest.raises(UsageProblem, match="has no new key"):
        rotate_secrets(keyed)
    monkeypatch.setenv("EDUSYNC_SECRET_KEY", f"{new},{old}")
    assert read_secret(keyed, "a") == "1"
    assert rotate_secrets(keyed).secrets == 1
    assert read_secret(keyed, "a") == "1"
    monkeypatch.setenv("EDUSYNC_SECRET_KEY", new)
    assert read_secret(keyed, "a") == "1"
    monkeypatch.setenv("EDUSYNC_SECRET_KEY", old)  # a machine that was forgotten
    with pytest.raises(StateError):
        read_secret(keyed, "a")
    with pytest.raises(StateError):
        save_secret(keyed, "b", "2")


@ON_SQLITE
def test_a_secret_that_cannot_be_read_stops_a_rotation_before_it_begins(keyed: Store) -> None:
    save_secret(keyed, "a", "1")
    save_secret(keyed, "b", "2")
    with keyed.writing() as connection:
        connection.execute(update(secret).where(secret.c.name == "b").values(token="gAAAA"))
    before = tokens(keyed)
    with pytest.raises(StateError, match="the secret 'b'"):
        rotate_secrets(keyed)
    assert tokens(keyed) == before
    assert read_secret(keyed, "a") == "1"


KILLED = """
import os, signal, sys
import edusync.state.secrets as secrets
from edusync.state.open import open_store

at, seen = int(sys.argv[2]), 0
def dies(function):
    def call(*args):
        global seen
        seen += 1
        if seen == at: os.kill(os.getpid(), signal.SIGKILL)
        found = function(*args)
        seen += 1
        if seen == at: os.kill(os.getpid(), signal.SIGKILL)
        return found
    return call

secrets.keep_keys = dies(secrets.keep_keys)
secrets._encrypted = dies(secrets._encrypted)
secrets._encrypt_anew = dies(secrets._encrypt_anew)
secrets.rotate_secrets(open_store(sys.argv[1]))
"""


@pytest.mark.parametrize("at", range(1, 13))
@ON_SQLITE
def test_killed_in_the_middle_of_a_rotation_nothing_is_lost(keyed: Store, at: int) -> None:
    values = {f"hugo/{number}": f"value {number}" for number in range(3)}
    for name, value in values.items():
        save_secret(keyed, name, value)
    path = str(keyed.engine.url.database)
    done = subprocess.run([sys.executable, "-c", KILLED, path, str(at)], check=False)
    # three calls of keep_keys, one for all rows, one for each row: each is killed before and after
    assert done.returncode == (-signal.SIGKILL if at <= 12 else 0)
    assert {name: read_secret(keyed, name) for name in values} == values
    save_secret(keyed, "hugo/new", "written in between")
    rotate_secrets(keyed)
    assert {name: read_secret(keyed, name) for name in values} == values
    assert (read_secret(keyed, "hugo/new"), len(keys_at_hand(keyed))) == ("written in between", 1)


@ON_SQLITE
def test_others_read_and_write_while_keys_are_changed(keyed: Store) -> None:
    save_secret(keyed, "a", "1")
    file = str(keyed.engine.url.database)

    def write() -> list[str]:
        with closing(open_store(file)) as store:
            return [add_secret(store, "hugo/new", f"value {number}") for number in range(20)]

    def read() -> set[str | None]:
        with closing(open_store(file)) as store:
            return {read_secret(store, "a") for _ in range(200)}

    with ThreadPoolExecutor(3) as pool:
        writing, reading = pool.submit(write), pool.submit(read)
        for _ in range(5):
            rotate_secrets(keyed)
        names, seen = writing.result(60), reading.result(60)
    assert seen == {"1"}
    assert [read_secret(keyed, name) for name in names] == [f"value {n}" for n in range(20)]
    assert len(keys_at_hand(keyed)) == 1


def test_several_who_rotate_at_once_lose_nothing(
    keyed: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_secret(keyed, "a", "1")
    if keyed.lock_folder is None:
        monkeypatch.setenv("EDUSYNC_SECRET_KEY", f"{new_key()},{keys_at_hand(keyed)[0]}")
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: rotate_secrets(keyed).secrets, range(4)))
    assert done == [1, 1, 1, 1]
    assert read_secret(keyed, "a") == "1"


# to another store


def test_a_store_that_is_moved_takes_its_secrets_along(
    keyed: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if keyed.lock_folder is None:
        monkeypatch.setenv("EDUSYNC_STATE_KEY", os.environ["EDUSYNC_STATE_KEY"])
    else:
        key = Path(str(keyed.engine.url.database)).with_suffix(".key").read_text(encoding="ascii")
        monkeypatch.setenv("EDUSYNC_STATE_KEY", f"hex:{key}")
    save_secret(keyed, "hugo/password", VALUE)
    keys = keys_at_hand(keyed)
    with closing(open_store(str(tmp_path / "other.db"))) as other:
        if keyed.lock_folder is not None:
            with pytest.raises(StateError) as refused:
                move(keyed, other)
            assert refused.value.code == "CONF_SECRET_KEY"
            file = key_file(other)
            assert file is not None
            keep_keys(file, keys)
        assert move(keyed, other)["secret"] == 1
        assert read_secret(other, "hugo/password") == VALUE
