"""Talk to a language server over its standard input and output, as an editor does."""

from __future__ import annotations

import json
import subprocess
from collections import deque
from contextlib import suppress
from pathlib import Path
from threading import Condition, Thread
from typing import Any

PATIENCE = 60  # seconds, for an answer of a server that may be starting


class Editor:
    """An editor with one language server. `close` ends both."""

    def __init__(
        self,
        command: list[str],
        root: Path,
        settings: dict[str, Any],
        formats: tuple[str, ...] = ("plaintext",),
    ) -> None:
        self.settings, self.number = settings, 0
        self.version = 1
        self.errors: list[Any] = []
        self.said: list[str] = []
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=root,
        )
        self.heard = Condition()
        self.answers: dict[int, Any] = {}
        self.diagnostics: dict[str, deque[list[dict[str, Any]]]] = {}
        self.listener = Thread(target=self._listen, daemon=True)
        self.listener.start()
        self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": root.as_uri(),
                "capabilities": {
                    "textDocument": {
                        "completion": {"completionItem": {"documentationFormat": list(formats)}},
                        "hover": {"contentFormat": list(formats)},
                        "publishDiagnostics": {},
                    },
                    "workspace": {"configuration": True},
                },
            },
        )
        self.tell("initialized", {})

    def open(self, file: Path, text: str) -> list[dict[str, Any]]:
        """Open a file with this text, and return what the server finds in it."""
        self.show(file, text)
        return self.found(file)

    def show(self, file: Path, text: str) -> None:
        """Open a file with this text. The server waits 0.2 s before it looks, at many files no
        longer than at one.
        """
        uri = file.as_uri()
        self.diagnostics[uri] = deque()
        self.tell(
            "textDocument/didOpen",
            {"textDocument": {"uri": uri, "languageId": "yaml", "version": 1, "text": text}},
        )

    def found(self, file: Path) -> list[dict[str, Any]]:
        """Return what the server finds in a file that was opened."""
        uri = file.as_uri()
        with self.heard:
            assert self.heard.wait_for(lambda: bool(self.diagnostics[uri]), PATIENCE), (
                f"nothing was said about {file.name}"
            )
            return self.diagnostics[uri].popleft()

    def change(self, file: Path, text: str) -> None:
        """Put another text into an open file."""
        self.version += 1
        self.tell(
            "textDocument/didChange",
            {
                "textDocument": {"uri": file.as_uri(), "version": self.version},
                "contentChanges": [{"text": text}],
            },
        )

    def shut(self, file: Path) -> None:
        """Close a file."""
        self.tell("textDocument/didClose", {"textDocument": {"uri": file.as_uri()}})

    def at(self, what: str, file: Path, line: int, column: int) -> Any:
        """Ask for a completion or a hover at a place, counted from 0."""
        return self.ask(
            f"textDocument/{what}",
            {
                "textDocument": {"uri": file.as_uri()},
                "position": {"line": line, "character": column},
            },
        )

    def ask(self, method: str, params: Any) -> Any:
        """Send a request and return the answer."""
        self.number += 1
        number = self.number
        self._send({"id": number, "method": method, "params": params})
        with self.heard:
            assert self.heard.wait_for(lambda: number in self.answers, PATIENCE), (
                f"no answer to {method}"
            )
            return self.answers.pop(number)

    def tell(self, method: str, params: Any) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def close(self) -> None:
        """End the server."""
        self.process.kill()
        self.process.wait()
        self.listener.join(PATIENCE)
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with suppress(BrokenPipeError):
                    stream.close()

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _listen(self) -> None:
        out = self.process.stdout
        assert out is not None
        while True:
            length = 0
            while line := out.readline().strip():
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            body = out.read(length)
            if (
                not length or len(body) < length
            ):  # the server was ended, perhaps in the middle of a message
                return
            try:
                self._hear(json.loads(body))
            except BrokenPipeError:  # it was ended while it asked something
                return

    def _hear(self, message: dict[str, Any]) -> None:
        with self.heard:
            if message.get("method") == "textDocument/publishDiagnostics":
                uri = message["params"]["uri"]
                self.diagnostics.setdefault(uri, deque()).append(message["params"]["diagnostics"])
            elif message.get("method") == "workspace/configuration":
                self._send(
                    {
                        "id": message["id"],
                        "result": [
                            self.settings.get(item.get("section"), {})
                            for item in message["params"]["items"]
                        ],
                    }
                )
            elif "method" in message and "id" in message:
                self._send({"id": message["id"], "result": None})
            elif message.get("method") == "window/logMessage":
                self.said.append(message["params"]["message"])
            elif "id" in message:
                if "error" in message:
                    self.errors.append(message["error"])
                self.answers[message["id"]] = message.get("result")
            self.heard.notify_all()
