"""The ERP as a folder of files that it writes: planning exports, lists of people, calendars."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edusync.engine import calls
from edusync.engine.read.names import span_of
from edusync.errors import CallFailed
from edusync.transport.decode import decode_file
from edusync.transport.files import open_files
from edusync.transport.message import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from concurrent.futures import Future

    from edusync.spec.types import Call, Spec, Transport


class FolderSource:
    """One folder of one school."""

    def __init__(
        self, spec: Spec, names: Mapping[str, Any], transport: Transport | None = None
    ) -> None:
        transport = transport or spec.transport
        self.spec, self.at_once = spec, transport.limits.at_once
        self.files = open_files(
            calls.setting(transport.base_url, names, "url") or "",
            connect=transport.limits.connect,
            host_key=calls.setting(transport.host_key, names, "host_key"),
        )
        self.pool = ThreadPoolExecutor(self.at_once, thread_name_prefix="edusync-erp")

    def call(self, call: Call, names: Mapping[str, Any], *, url: str | None = None) -> Answer:
        """Return the rows of every file that fits the pattern, in the order of their names.

        CallFailed when there is none.
        """
        del url
        pattern = calls.path(call.path, names)
        if pattern.startswith(("/", "~")) or ".." in Path(pattern).parts:
            raise CallFailed("CONN_FILE_MISSING", f"FILE {pattern} leaves the folder")
        files = self.files.names(pattern)
        if not files:
            raise CallFailed(
                "CONN_FILE_MISSING",
                f"no file fits {pattern}",
                "look whether the ERP wrote its export",
            )
        rows: list[Any] = []
        for file in files:
            if self.files.size(file) > self.spec.transport.limits.body:
                raise CallFailed(
                    "CONN_TOO_LARGE",
                    f"FILE {file} is larger than {self.spec.transport.limits.body // 1024} kB",
                )
            body, kind, _ = decode_file(
                self.files.read(file), call.answer, span_of(names, self.spec.zone)
            )
            if kind not in {call.answer.kind, "empty"}:
                raise CallFailed(
                    "CONN_TRUNCATED", f"FILE {file} cannot be read as {call.answer.kind.upper()}"
                )
            rows += body if isinstance(body, list) else [] if body is None else [body]
        return Answer(
            200, {}, b"", rows, call.answer.kind if len(files) == 1 else "files", f"FILE {pattern}"
        )

    def write(self, call: Call, names: Mapping[str, Any]) -> Answer:
        """Write the file of a step: `content` holds its bytes.

        A name never leads out of the folder.
        """
        name = calls.path(call.path, names).replace("/", "-").replace("\\", "-").lstrip(".")
        self.files.write(name, names["content"])
        return Answer(200, {}, b"", None, "empty", f"FILE {name}")

    def start(self, work: Callable[[], Any]) -> Future[Any]:
        """Do something in the background."""
        return self.pool.submit(work)

    def close(self) -> None:
        """Let go of everything."""
        self.pool.shutdown(wait=True, cancel_futures=True)
        self.files.close()
