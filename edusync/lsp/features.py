"""What an editor may ask, and what is done for it."""

from __future__ import annotations

import asyncio
from functools import wraps
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from lsprotocol import types as lsp

from edusync.app.authoring.validate import Door
from edusync.lsp.actions import actions
from edusync.lsp.coverage import COVERAGE, NotMeasured, coverage
from edusync.lsp.layout import laid_out
from edusync.lsp.names import NoOtherName, declared, renamed, used
from edusync.lsp.words import content

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from edusync.lsp.files import OpenFile
    from edusync.lsp.server import Server
    from edusync.lsp.source import Source
    from edusync.lsp.understood import Named, Understood

    Do = TypeVar("Do", bound=Callable[..., Any])

    class Answers(Protocol):
        """Lets a function answer what is asked by a name."""

        def __call__(self, name: str, options: Any = None) -> Callable[[Do], Do]:  # noqa: D102
            ...


_OF_WORDS = {lsp.TEXT_DOCUMENT_HOVER, lsp.TEXT_DOCUMENT_COMPLETION}
_SLOW = {lsp.TEXT_DOCUMENT_CODE_LENS}
"""What runs a case, and may take longer than what a key stroke waits for."""
_KINDS_OF_ACTIONS = lsp.CodeActionOptions([lsp.CodeActionKind.QuickFix])
_SIGNS = lsp.CompletionOptions(trigger_characters=[".", "|", " ", ":"])


def add_texts(server: Server) -> None:
    """Let a server hear of texts that are opened, changed, saved and closed."""

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    async def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        server.changed(params.text_document.uri, 0)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        server.changed(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    async def saved(params: lsp.DidSaveTextDocumentParams) -> None:
        del params
        server.door = Door(server.spec_dirs)  # a new spec may be there
        for uri in list(server.findings):
            server.changed(uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        task = server.looking.pop(uri, None)
        if task is not None:
            task.cancel()
        server.findings.pop(uri, None)
        server.files.pop(uri, None)
        server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))


def add_answers(server: Server) -> None:
    """Let a server answer what is asked about places."""

    def answers(name: str, options: Any = None) -> Callable[[Do], Do]:
        """Answer by a function of the file, its text and what was asked, in another thread."""

        def add(do: Do) -> Do:
            server.feature(name, options)(_handler(server, name, do))
            return do

        return add

    @answers(lsp.TEXT_DOCUMENT_FORMATTING)
    def formatting(
        file: OpenFile, source: Source, params: lsp.DocumentFormattingParams
    ) -> list[lsp.TextEdit] | None:
        del params
        new = laid_out(source.text, file.file) if file.kind(source) == "spec" else None
        whole = source.range(0, len(source.text))
        return None if new is None or new == source.text else [lsp.TextEdit(whole, new)]

    @answers(lsp.TEXT_DOCUMENT_HOVER)
    def hover(file: OpenFile, source: Source, params: lsp.HoverParams) -> lsp.Hover | None:
        offset, markdown = source.offset(params.position), server.markdown
        answer = file.hover(source, offset, server.door, markdown=markdown)
        if answer is None:
            return None
        return lsp.Hover(content(answer[0], markdown=markdown), source.range(*answer[1:]))

    @answers(lsp.TEXT_DOCUMENT_COMPLETION, _SIGNS)
    def completion(
        file: OpenFile, source: Source, params: lsp.CompletionParams
    ) -> lsp.CompletionList:
        offset = source.offset(params.position)
        items = file.complete(source, offset, server.door, markdown=server.markdown)
        return lsp.CompletionList(is_incomplete=False, items=items)

    @answers(lsp.TEXT_DOCUMENT_CODE_ACTION, _KINDS_OF_ACTIONS)
    def code_action(
        file: OpenFile, source: Source, params: lsp.CodeActionParams
    ) -> list[lsp.CodeAction]:
        del file
        uri = params.text_document.uri
        text, found = server.findings.get(uri, ("", []))
        if text != source.text:  # what was found is of another text; its places are not these
            return []
        start, end = source.offset(params.range.start), source.offset(params.range.end)
        return actions(source, found, uri, start, end)

    @answers(lsp.TEXT_DOCUMENT_CODE_LENS)
    def code_lens(file: OpenFile, source: Source, params: lsp.CodeLensParams) -> list[lsp.CodeLens]:
        del params
        rows = file.rows(server.spec_dirs) if file.kind(source) == "spec" else None
        if rows is None:
            return []
        spots = {route: source.of(route, key=True) for route in rows.counts}
        return [
            lsp.CodeLens(
                source.range(spot.start, spot.end),
                lsp.Command(f"{rows.counts[route]} ({rows.case})", ""),
            )
            for route, spot in spots.items()
            if spot is not None
        ]

    add_names(server, answers)


def add_coverage(server: Server) -> None:
    """Let a server say which lines of a spec its cases show, when it is asked."""

    @server.command(COVERAGE)
    async def measured(uri: str) -> dict[str, Any] | None:
        file = server.file(uri)
        if file is None:
            return None
        text = server.source(uri).text
        try:
            return await server.work(
                lambda: coverage(file.file, text, server.door), pool=server.slow
            )
        except NotMeasured as why:
            server.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Warning, str(why)))
        except Exception as error:  # noqa: BLE001 - the editor lives on
            server.failed("measuring", error)
        return None


def add_names(server: Server, answers: Answers) -> None:
    """Let a server answer where names are declared and used, and change them."""

    def at(file: OpenFile, source: Source, params: Any) -> tuple[Understood | None, int]:
        is_spec = file.kind(source) == "spec"
        return file.understood(source, server.door) if is_spec else None, source.offset(
            params.position
        )

    def place(source: Source, one: Named, params: Any) -> lsp.Location:
        return lsp.Location(params.text_document.uri, source.range(one.start, one.end))

    @answers(lsp.TEXT_DOCUMENT_DEFINITION)
    def definition(
        file: OpenFile, source: Source, params: lsp.DefinitionParams
    ) -> lsp.Location | None:
        here, offset = at(file, source, params)
        found = declared(here, offset) if here else None
        return place(source, found, params) if found else None

    @answers(lsp.TEXT_DOCUMENT_REFERENCES)
    def references(
        file: OpenFile, source: Source, params: lsp.ReferenceParams
    ) -> list[lsp.Location]:
        here, offset = at(file, source, params)
        return [
            place(source, one, params)
            for one in (used(here, offset) if here else ())
            if params.context.include_declaration or not one.declares
        ]

    @answers(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare(
        file: OpenFile, source: Source, params: lsp.PrepareRenameParams
    ) -> lsp.Range | None:
        here, offset = at(file, source, params)
        if here is None or declared(here, offset) is None:
            return None
        named = here.name_at(offset)
        return source.range(named.start, named.end) if named else None

    @answers(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))
    def rename(
        file: OpenFile, source: Source, params: lsp.RenameParams
    ) -> lsp.WorkspaceEdit | None:
        here, offset = at(file, source, params)
        if here is None:
            raise NoOtherName("the spec cannot be understood as it stands")
        edits = [
            lsp.TextEdit(source.range(one.start, one.end), params.new_name)
            for one in renamed(here, offset, params.new_name, file.file)
        ]
        return lsp.WorkspaceEdit({params.text_document.uri: edits})


def _handler(server: Server, name: str, do: Callable[..., Any]) -> Callable[..., Awaitable[Any]]:
    """Return what answers a request: in another thread, and nothing when it fails."""

    @wraps(do)
    async def answer(params: Any) -> Any:
        uri = params.text_document.uri
        file = server.file(uri)
        if file is None:
            return None
        if name in _OF_WORDS and server.words is not None:
            await asyncio.shield(server.words)
        try:
            pool = server.slow if name in _SLOW else server.worker
            return await server.work(lambda: do(file, server.source(uri), params), pool=pool)
        except NoOtherName as why:
            server.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Warning, str(why)))
        except Exception as error:  # noqa: BLE001 - the editor lives on
            server.failed(f"answering {name}", error)
        return None

    return answer
