"""Open a store by URL or path, bring it up to date, and find the key that protects it."""

from __future__ import annotations

import os
import secrets
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, create_engine, event, inspect, select, text
from sqlalchemy.exc import SQLAlchemyError

from edusync.errors import StateError
from edusync.state.sessions import APPLICATION, KEEPALIVE
from edusync.state.store import Store
from edusync.state.tables import metadata, setting

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

HEAD = "0018"
_KEY_BYTES = 32
_MAKING = 20_261_128
"""The number of the lock under which a new store is made on a server."""
_VERSION = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)
_AS_FILE = "hex:"
"""What stands before a key in EDUSYNC_STATE_KEY that is the text of a key file."""


def default_url() -> str:
    """Return the URL of the store when none is given.

    EDUSYNC_STATE, else a file among the user's data.
    """
    configured = os.environ.get("EDUSYNC_STATE")
    if configured:
        return configured
    from platformdirs import user_data_path

    return str(user_data_path("edusync") / "state.db")


def is_there(url: str) -> bool:
    """Whether a store may be there: an embedded one has a file, a server is asked when opened."""
    path = url.removeprefix("sqlite:///")
    return "://" in path or Path(path).expanduser().exists()


def open_store(url: str) -> Store:
    """Open a store, migrating an older one; StateError before anything is sent anywhere."""
    path = None if "://" in url else Path(url).expanduser().absolute()
    if url.startswith("sqlite:///"):
        path = Path(url.removeprefix("sqlite:///")).absolute()
    try:
        if path is not None:
            _make_private(path)
        engine = create_engine(
            URL.create("sqlite", database=str(path)) if path else _with_driver(url),
            hide_parameters=True,
            max_overflow=-1,  # a runner has as many connections as it has workers
        )
        if path is not None:
            event.listen(engine, "connect", _pragmas)
            event.listen(engine, "begin", _begin)
        elif engine.dialect.name == "postgresql":
            event.listen(engine, "connect", _server_settings)
        try:
            _migrate(engine)
            key = _key(engine, path)
        except BaseException:
            engine.dispose()
            raise
    except (SQLAlchemyError, OSError, ImportError, UnicodeDecodeError) as error:
        reason = str(error.__cause__ or error).split("\n")[0]
        raise StateError(
            "RUN_STATE_UNUSABLE",
            f"the store cannot be used: {reason}",
            "check the path, the disk and the rights; nothing was sent",
        ) from None
    # the locks lie beside the file itself, by whatever link it was reached
    return Store(engine, key, path.resolve().parent / "locks" if path else None)


def _make_private(path: Path) -> None:
    """Make the file of a store, or take others' rights from it: its journals get the same rights.

    StateError for a file without a byte whose key says that it was a store once, and for one that
    has two names: runs by the one know nothing of the locks and the journal by the other.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
    elif path.is_file():
        if path.stat().st_nlink > 1:
            raise StateError(
                "RUN_STATE_UNUSABLE",
                f"the store {path.name} has another name as well (a hard link)",
                "copy it to a file of its own while nothing runs, and remove the other name",
            )
        path.chmod(path.stat().st_mode & 0o700)
        if not path.stat().st_size and (_key_file(path).exists() or _key_in_environment()):
            raise StateError(
                "RUN_STATE_UNUSABLE",
                f"the store {path.name} is a file without content, though it was a store once",
                "put a backup back, or delete the file: the next run adopts everything",
            )


def _with_driver(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def _pragmas(connection: Any, _record: Any) -> None:
    # transactions begin where we say so: by itself sqlite3 leaves made tables outside of them
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _server_settings(connection: Any, _record: Any) -> None:
    connection.execute("SELECT set_config('application_name', %s, false)", [APPLICATION])
    connection.execute(
        "SET datestyle = ISO"
    )  # the driver reads no moment that is written otherwise
    for name, value in KEEPALIVE.items():  # the locks of a machine that is gone are free then
        connection.execute(f"SET {name} = {value}")
    connection.commit()


def _begin(connection: Any) -> None:
    # who reads first and writes later fails at once when another one has written in between
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(engine: Engine) -> None:
    with engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
        version = (
            connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            if "alembic_version" in tables
            else None
        )
    if version == HEAD:
        return
    if version is not None and str(version) > HEAD:
        raise StateError(
            "RUN_STATE_NEWER",
            f"the store is of version {version}, this edusync knows {HEAD}",
            "install the newer edusync, or use another store",
        )
    if not tables & {*metadata.tables, "alembic_version"} and _make(engine):
        return
    from alembic.util.exc import CommandError

    try:
        upgrade(engine)
    except CommandError:
        raise StateError(
            "RUN_STATE_UNUSABLE",
            f"the store says that it is of version {version}, which there never was",
            "put a backup back, or delete the store: the next run adopts everything",
        ) from None


def _make(engine: Engine) -> bool:
    """Make the tables of a new store as they are now; False when another process was faster."""
    with engine.execution_options(writes=True).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:one)"), {"one": _MAKING})
        if "alembic_version" in inspect(connection).get_table_names():
            return False
        metadata.create_all(connection, checkfirst=False)
        connection.execute(text(_VERSION))
        connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
    return True


def upgrade(engine: Engine) -> None:
    """Take the steps from what a store is to what it has to be; CommandError without any."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _key(engine: Engine, path: Path | None) -> bytes:
    """Return the key of the digests.

    It lies beside the store or in EDUSYNC_STATE_KEY, never inside it (P18).
    """
    with engine.begin() as connection:
        stored = connection.execute(
            select(setting.c.value).where(setting.c.name == "key_check")
        ).scalar()
        key = _store_key(path, fresh=stored is None)
        check = blake2b(b"edusync", key=key, digest_size=16).hexdigest()
        if stored is None:
            _remember(connection, check)
        elif stored != check:
            raise StateError(
                "CONF_STATE_KEY",
                "the key of the store is not the one that it was made with",
                "put the key file back, or set EDUSYNC_STATE_KEY",
            )
    return key


def _key_file(path: Path) -> Path:
    return path.with_suffix(".key")


def _key_in_environment() -> str:
    return os.environ.get("EDUSYNC_STATE_KEY", "")


def _store_key(path: Path | None, *, fresh: bool) -> bytes:
    configured = _key_in_environment()
    if configured.startswith(_AS_FILE):
        return _key_of(configured.removeprefix(_AS_FILE), "the key in EDUSYNC_STATE_KEY is damaged")
    if configured:
        return blake2b(
            configured.encode("utf-8", "surrogateescape"), digest_size=_KEY_BYTES
        ).digest()
    if path is None:
        raise StateError(
            "CONF_STATE_KEY",
            "a store on a server needs a key of its own",
            "set EDUSYNC_STATE_KEY to a long random text, the same on every machine",
        )
    file = _key_file(path)
    if file.is_file():
        written = file.read_text(encoding="ascii", errors="replace")
        return _key_of(written, f"the key file {file.name} beside the store is damaged")
    if not fresh:
        raise StateError(
            "CONF_STATE_KEY",
            f"the key file {file.name} beside the store is missing",
            "put it back, or delete the store: the next run adopts everything",
        )
    key = secrets.token_bytes(_KEY_BYTES)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as handle:
        handle.write(key.hex())
    return key


def _key_of(written: str, damaged: str) -> bytes:
    try:
        key = bytes.fromhex(written.strip())
    except ValueError:
        key = b""
    if len(key) != _KEY_BYTES:
        raise StateError(
            "CONF_STATE_KEY",
            damaged,
            "put it back, or delete it and the store: the next run adopts everything",
        )
    return key


def _remember(connection: Connection, check: str) -> None:
    connection.execute(setting.insert().values(name="key_check", value=check))
