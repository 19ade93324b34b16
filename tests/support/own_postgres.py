"""A PostgreSQL of one's own, which a test may stop and start without hurting others."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest


class OwnPostgres:
    """A server in a folder; `url` leads to its database."""

    def __init__(self, programs: Path, folder: Path, port: int) -> None:
        self.programs, self.folder, self.port = programs, folder, port
        self.url = f"postgresql://postgres@127.0.0.1:{port}/postgres"

    def run(self, program: str, *arguments: str) -> None:
        as_other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run(
            [*as_other, str(self.programs / program), "-D", str(self.folder), *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
        )

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder}"
        log = str(self.folder / "log")
        self.run("pg_ctl", "-w", "-l", log, "-o", options, "start")

    @contextmanager
    def database(self) -> Iterator[str]:
        """Make an empty database for one test, and give its URL."""
        import psycopg

        name = f"edusync_{uuid4().hex[:12]}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        yield self.url.rsplit("/", 1)[0] + f"/{name}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def stop(self, how: str) -> None:
        """Stop it: `fast` ends every session, `immediate` is a crash."""
        self.run("pg_ctl", "-w", "-m", how, "stop")


@contextmanager
def own_postgres() -> Iterator[OwnPostgres]:
    """Run a new server; skipped where PostgreSQL's programs are not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    which = shutil.which("initdb")
    if not found and which is None:
        pytest.skip("initdb of PostgreSQL is not installed")
    programs = found[-1].parent if found else Path(str(which)).parent
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="edusync-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    server = OwnPostgres(programs, folder, port)
    try:
        server.run("initdb", "-A", "trust", "-U", "postgres", "--no-sync")
        server.start()
        yield server
        server.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
