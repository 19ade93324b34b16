"""The wall around what is played: tried from inside of it, in a process of its own."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from subprocess import run

import pytest

INSIDE = """
import json, os, socket, sqlite3, subprocess, sys
from pathlib import Path
from sqlalchemy import create_engine, text
from edusync.testing.confined import MEMORY, confine

folder, other, port = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
served = socket.socket()
confine(folder, [])
found = {}

def attempt(what, do):
    try:
        do()
        found[what] = "done"
    except BaseException as error:
        found[what] = type(error).__name__

def database(url, statement):
    with create_engine(url).connect() as connection:
        connection.execute(text(statement))

def loopback():
    served.bind(("127.0.0.1", 0))
    served.listen()
    socket.create_connection(served.getsockname()).close()

def datagram():
    return socket.socket(type=socket.SOCK_DGRAM)

attempt("write inside", lambda: (folder / "x").write_text("x"))
attempt("read inside", lambda: (folder / "x").read_text())
attempt("read code", lambda: Path(os.__file__).read_bytes())
attempt("speak to itself", loopback)
attempt("database inside", lambda: database(f"sqlite:///{folder}/a.db", "create table a (b)"))
attempt("read outside", lambda: (other / "secret").read_text())
attempt("read by a link", lambda: (folder / "link").read_text())
attempt("read above", lambda: Path("../other/secret").read_text())
attempt("write outside", lambda: (other / "new").write_text("x"))
attempt("remove outside", lambda: (other / "secret").unlink())
attempt("date outside", lambda: os.utime(other / "secret", (0, 0)))
attempt("own outside", lambda: os.chown(other / "secret", os.getuid(), os.getgid()))
attempt("move out", lambda: (folder / "x").rename(other / "x"))
attempt("list outside", lambda: os.listdir(other))
attempt("system", lambda: Path("/etc/passwd").read_text())
attempt("another port", lambda: socket.create_connection(("127.0.0.1", port)))
attempt("another host", lambda: socket.create_connection(("192.0.2.1", 80), 1))
attempt("a name", lambda: socket.getaddrinfo("edusign.example", 443))
attempt("a datagram", lambda: datagram().sendto(b"x", ("127.0.0.1", port)))
attempt("a message", lambda: datagram().sendmsg([b"x"], [], 0, ("127.0.0.1", port)))
attempt("a name of a host", lambda: socket.getnameinfo(("127.0.0.1", port), 0))
attempt("serve all", lambda: socket.socket().bind(("0.0.0.0", 0)))
attempt("a process", lambda: subprocess.run(["true"]))
attempt("a shell", lambda: os.system("true"))
attempt("fork", os.fork)
attempt("database outside", lambda: sqlite3.connect(other / "a.db"))
attempt("attach", lambda: database(f"sqlite:///{folder}/a.db", f"attach '{other}/a.db' as o"))
attempt("a server", lambda: database("postgresql+psycopg://127.0.0.1/x", "select 1"))
attempt("memory", lambda: bytearray(2 * MEMORY))
print(json.dumps(found))
"""
REFUSED = {"Refused", "DatabaseError", "OperationalError"}
ALLOWED = {"write inside", "read inside", "read code", "speak to itself", "database inside"}


@pytest.mark.skipif(sys.platform == "win32", reason="there are no limits, and nothing is played")
def test_nothing_leads_out(tmp_path: Path) -> None:
    """Files, sockets, processes and databases: what is inside works, all else is refused."""
    folder, other = tmp_path / "folder", tmp_path / "other"
    folder.mkdir()
    other.mkdir()
    (other / "secret").write_text("secret")
    (folder / "link").symlink_to(other / "secret")
    arguments = [str(folder), str(other), "22"]
    ended = run(
        [sys.executable, "-c", INSIDE, *arguments], capture_output=True, text=True, check=False
    )
    found = json.loads(ended.stdout)
    assert {what for what, how in found.items() if how == "done"} == ALLOWED
    assert {how for what, how in found.items() if what not in {*ALLOWED, "memory"}} <= REFUSED
    assert found["memory"] == "MemoryError"
    assert sorted(file.name for file in other.iterdir()) == ["secret"]
