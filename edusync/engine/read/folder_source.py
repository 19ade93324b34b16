"""The ERP as a folder of files that it writes: planning exports, lists of people, calendars."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edusync.engine import calls
from edusync.engine.read.names import span_of
from edusync.errors import CallFailed
from edusync.spec.tree import FileCall, FilesTransport
from edusync.transport.decode import decode_file
from edusync.transport.files import open_files
from edusync.transport.message import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from concurrent.futures import Future

    from edusync.spec.tree import Call, Payload, Spec
    from edusync.transport.trace import Trace


class FolderSource:
    """One folder of one school."""

    def __init__(
        self,
        spec: Spec,
        names: Mapping[str, Any],
        own: FilesTransport | None = None,
        trace: Trace | None = None,
    ) -> None:
        self.trace = trace
        transport = own or spec.transport
        assert isinstance(transport, FilesTransport)  # noqa: S101 - any other is another source
        self.spec, self.at_once, self.is_live = spec, transport.limits.at_once, True
        self.files = open_files(
            calls.setting(transport.url, names, "url") or "",
            connect=transport.limits.connect,
            host_key=calls.setting(transport.host_key, names, "host_key"),
        )
        self.pool = ThreadPoolExecutor(self.at_once, thread_name_prefix="edusync-erp")

    def call(self, call: Call, names: Mapping[str, Any], *, url: str | None = None) -> Answer:
        """Return every file that fits the pattern, in the order of their names.

        A file that cannot be read is a flaw of the answer, by its name. CallFailed when there is
        none, or none that can be read.
        """
        del url
        pattern = calls.path(_name(call), names)
        if pattern.startswith(("/", "~")) or ".." in Path(pattern).parts:
            raise CallFailed("CONN_FILE_MISSING", f"FILE {pattern} leaves the folder")
        files = [name for name in self.files.names(pattern) if not _is_beside(name)]
        if not files:
            raise CallFailed(
                "CONN_FILE_MISSING",
                f"no file fits {pattern}",
                "look whether the ERP wrote its export",
            )
        parts: list[Answer] = []
        failures: list[CallFailed] = []
        for file in files:
            try:
                parts.append(self._read(file, call, names))
            except CallFailed as failed:
                failures.append(failed)
                label, why = f"FILE {file}", failed.message
                parts.append(Answer(200, {}, b"", None, "broken", label, file, cause=why))
        if len(failures) == len(files):
            first, others = failures[0], len(files) - 1
            more = f" ({others} other files cannot be read either)" if others else ""
            raise CallFailed(first.code, f"{first.message}{more}", first.hint)
        return Answer(200, {}, b"", parts, "files", f"FILE {pattern}", pattern)

    def _read(self, file: str, call: Call, names: Mapping[str, Any]) -> Answer:
        """Return one file; CallFailed names it, with the place and the cause."""
        most, kind, label = self.spec.transport.limits.body, call.answer.kind, f"FILE {file}"
        try:
            if self.files.size(file) > most:
                raise CallFailed("CONN_TOO_LARGE", f"{label} is larger than {most // 1024} kB")
            raw = self._bytes(file, call)
        except OSError as error:
            raise CallFailed(
                "CONN_FILE_MISSING", f"{label} cannot be read ({error.strerror})"
            ) from None
        found = decode_file(raw, call.answer, span_of(names, self.spec.zone))
        if found.kind not in {kind, "empty"}:
            cause = found.cause or f"it is {found.kind}"
            raise CallFailed(
                "CONN_UNREADABLE", f"{label} cannot be read as {kind.upper()}: {cause}"
            )
        root, flaws, body = found.root, found.flaws, found.body
        return Answer(200, {}, b"", body, found.kind, label, file, root, flaws=flaws)

    def _bytes(self, file: str, call: Call) -> bytes:
        if self.trace is None:
            return self.files.read(file)
        with self.trace.file("READ", file, _line(call)) as kept:
            raw = self.files.read(file)
            kept.add(raw)
        return raw

    def write(self, call: Call, names: Mapping[str, Any]) -> Answer:
        """Write the file of a step: `content` holds its bytes.

        A name never leads out of the folder.
        """
        name = written_name(call, names)
        if self.trace is None:
            self.files.write(name, names["content"])
        else:
            with self.trace.file("WRITE", name, _line(call), sent=names["content"]):
                self.files.write(name, names["content"])
        return Answer(200, {}, b"", None, "empty", f"FILE {name}")

    def start(self, work: Callable[[], Any]) -> Future[Any]:
        """Do something in the background."""
        return self.pool.submit(work)

    def close(self) -> None:
        """Let go of everything."""
        self.pool.shutdown(wait=True, cancel_futures=True)
        self.files.close()


def written_name(call: Call, names: Mapping[str, Any]) -> str:
    """Return the name of a file that is written; it never leads out of the folder."""
    return calls.path(_name(call), names).replace("/", "-").replace("\\", "-").lstrip(".")


def _line(call: Call) -> str:
    return f"{call.place.file}:{call.place.line}"


def _name(call: Call) -> Payload:
    """Return the name, or the pattern, of a call of files."""
    assert isinstance(call, FileCall)  # noqa: S101 - validation lets no other call reach a folder
    return call.name


def _is_beside(name: str) -> bool:
    """Whether a file stands beside a workbook that is open, or is still being written."""
    last = name.rpartition("/")[2]
    return last.startswith(("~$", ".~")) or (last.startswith(".") and last.endswith(".part"))
