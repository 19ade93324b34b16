"""The server: what an editor asks for, and what answers it.

Findings are looked for a moment after the last change. What still waits when the next change comes
is never begun, and what was begun is never shown. Nothing that goes wrong here reaches the editor
but as one sentence.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stdout
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from edusync import __version__
from edusync.app.authoring.validate import Door
from edusync.app.authoring.words import all_words
from edusync.lsp.features import add_answers, add_coverage, add_texts
from edusync.lsp.files import OpenFile
from edusync.lsp.findings import PlacedFinding, as_diagnostic, find
from edusync.lsp.source import Source
from edusync.spec.schema_check import schema_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Answer = TypeVar("Answer")

PAUSE = 0.05
"""Seconds without a change after which the text is looked at."""


class Server(LanguageServer):
    """The open files, and what is known of each."""

    def __init__(self, spec_dirs: Sequence[Path]) -> None:
        super().__init__("edusync", __version__)
        self.spec_dirs = tuple(spec_dirs)
        self.door = Door(self.spec_dirs)
        self.files: dict[str, OpenFile] = {}
        self.looking: dict[str, asyncio.Task[None]] = {}
        self.findings: dict[str, tuple[str, list[PlacedFinding]]] = {}
        """What was found last in a file, and in which text."""
        self.words: asyncio.Future[Any] | None = None
        """The words of the language, which take some seconds: begun when the editor is ready."""
        self.worker = ThreadPoolExecutor(1, "edusync-lsp")
        self.slow = ThreadPoolExecutor(1, "edusync-lsp-rows")

    def source(self, uri: str) -> Source:
        """Return the text of an open file, as it stands in the editor."""
        text = self.workspace.get_text_document(uri).source
        return Source(text, self.workspace.position_codec)

    def file(self, uri: str) -> OpenFile | None:
        """Return what is known of an open file, None for what is no file."""
        path = file_of(uri)
        if uri not in self.files and path is not None:
            self.files[uri] = OpenFile(path)
        return self.files.get(uri)

    @property
    def markdown(self) -> bool:
        """Whether the editor shows Markdown where it shows what something means."""
        capabilities = self.client_capabilities.text_document
        hover = capabilities.hover if capabilities else None
        return lsp.MarkupKind.Markdown in ((hover.content_format if hover else None) or ())

    async def work(
        self, do: Callable[..., Answer], *arguments: Any, pool: ThreadPoolExecutor | None = None
    ) -> Answer:
        """Do something where it does not keep the editor waiting."""
        executor = pool or self.worker
        return await asyncio.get_running_loop().run_in_executor(executor, partial(do, *arguments))

    def changed(self, uri: str, pause: float = PAUSE) -> None:
        """Look at a file soon; what was to be looked at before is not wanted any more."""
        before = self.looking.pop(uri, None)
        if before is not None:
            before.cancel()
        if file_of(uri) is not None:
            self.looking[uri] = asyncio.ensure_future(self._look(uri, pause))

    async def _look(self, uri: str, pause: float) -> None:
        await asyncio.sleep(pause)
        document, file = self.workspace.get_text_document(uri), file_of(uri)
        assert file is not None  # noqa: S101 - `changed` asked
        text, version = document.source, document.version
        codec = self.workspace.position_codec
        try:
            source, found = await self.work(_find, file, text, codec, self.door)
            self.findings[uri] = (text, found)
            shown = [as_diagnostic(source, one, file) for one in found]
            self.text_document_publish_diagnostics(
                lsp.PublishDiagnosticsParams(uri, shown, version)
            )
            known = self.file(uri)
            if known is not None and known.kind(source) == "spec":
                # the next change may break it, and must not take this away
                await asyncio.shield(self.work(known.understood, source, self.door))
        except Exception as error:  # noqa: BLE001 - the editor lives on
            self.failed("looking for mistakes", error)

    def failed(self, doing: str, error: Exception) -> None:
        """Tell the editor that something went wrong here, in one sentence and without values."""
        trace, at = error.__traceback__, ""
        while trace is not None:
            at = f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
            trace = trace.tb_next
        words = f"edusync failed while {doing}: {type(error).__name__}{at}"
        self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Error, words))

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Say nothing more of what the protocol itself refused."""
        del source
        self.failed("answering", error)


def _find(file: Path, text: str, codec: Any, door: Door) -> tuple[Source, list[PlacedFinding]]:
    source = Source(text, codec)
    return source, find(file, source, door)


def file_of(uri: str) -> Path | None:
    """Return the file of an address, None for what is no file, such as a new text."""
    path = to_fs_path(uri) if uri.startswith("file:") else None
    return Path(path) if path else None


def make_server(spec_dirs: Sequence[Path] = ()) -> Server:
    """Return a server with everything that it can do."""
    server = Server(spec_dirs)

    @server.feature(lsp.INITIALIZED)
    async def ready(params: lsp.InitializedParams) -> None:
        del params
        server.words = asyncio.get_running_loop().run_in_executor(None, all_words)

    add_texts(server)
    add_answers(server)
    add_coverage(server)
    return server


def serve(spec_dirs: Sequence[Path]) -> None:
    """Answer an editor over the standard input and output, until it says that it ends."""
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    schema_of("spec")  # every module of the language is there before the first thread
    with (
        os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out,
        redirect_stdout(sys.stderr),  # nothing else may write among the answers
    ):
        make_server(spec_dirs).start_io(stdout=out)
