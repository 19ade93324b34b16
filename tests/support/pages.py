"""A page of the documents, done as it says: every file is written, every command is run."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

DOCS = Path(__file__).parents[2] / "docs"
_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)
_FILE = re.compile(
    r"^`([\w./-]+)`:\n\n```(?:json|yaml|python)\n(.*?)^```", re.DOTALL | re.MULTILINE
)
_ENDS = re.compile(r" # ends with (\d)$")
_SECONDS = 300


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@retry(retry=retry_if_exception_type(OSError), stop=stop_after_delay(30), wait=wait_fixed(0.1))
def wait_for(port: int) -> None:
    socket.create_connection(("127.0.0.1", port), timeout=1).close()


def commands(text: str) -> list[str]:
    """Return the lines of a page that are typed."""
    return "".join(_BLOCK.findall(text)).splitlines()


class PagePlay:
    """A page that is played in a folder of its own, at ports that are free.

    A line that ends in `&` is a server, which runs until the end; one with `# ends with N` ends so.
    """

    def __init__(self, page: Path, folder: Path, ports: Iterable[str], **env: str) -> None:
        self.text, self.folder = page.read_text(encoding="utf-8"), folder
        self.ports = {port: free_port() for port in ports}
        for old, new in self.ports.items():
            self.text = self.text.replace(old, str(new))
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        self.env = {**os.environ, "PATH": path, **env}
        self.done: list[tuple[str, str]] = []
        """Each command that was run, and what it said."""

    @property
    def said(self) -> dict[str, str]:
        """What each command said, when it was first run."""
        return dict(reversed(self.done))

    def write_files(self) -> None:
        """Write the files that the page shows, where the play stands."""
        for name, text in _FILE.findall(self.text):
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_text(text, encoding="utf-8")

    def play(
        self,
        otherwise: Mapping[str, Callable[[str], str]] | None = None,
        *,
        entered: Callable[[], None] | None = None,
        before_the_end: Callable[[], None] | None = None,
    ) -> None:
        """Do each line.

        `otherwise` does the lines that hold its words, and returns what came; `entered` is called
        after each `cd`, `before_the_end` while the servers still run.
        """
        servers: list[subprocess.Popen[bytes]] = []
        try:
            for line in commands(self.text):
                if line.endswith("&"):
                    servers.append(self._serve(line.removesuffix("&")))
                elif line.startswith("export "):
                    self.env |= dict(pair.split("=", 1) for pair in line.split()[1:])
                elif line.startswith("cd "):
                    self.folder /= line.split()[1]
                    if entered is not None:
                        entered()
                else:
                    ways = (do for words, do in (otherwise or {}).items() if words in line)
                    self.done.append((line, next(ways, self.run)(line)))
            if before_the_end is not None:
                before_the_end()
        finally:
            for server in servers:
                server.send_signal(signal.SIGTERM)
                server.wait(timeout=30)

    def run(self, line: str) -> str:
        """Run a command; return what it said. It ends as the page says."""
        ends = _ENDS.search(line)
        done = subprocess.run(
            ["bash", "-c", line],
            cwd=self.folder,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        expected = int(ends[1]) if ends else 0
        assert done.returncode == expected, f"{line}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    def _serve(self, command: str) -> subprocess.Popen[bytes]:
        server = subprocess.Popen(
            ["bash", "-c", f"exec {command}"],
            cwd=self.folder,
            env=self.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for(next(port for port in self.ports.values() if str(port) in command))
        return server
