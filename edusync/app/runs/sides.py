"""Open both sides of a run: the ERP, over whatever wire, and an account on Edusign."""

from __future__ import annotations

import re
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from edusync.engine.read.source import Source
from edusync.spec.payload import Fixed
from edusync.spec.tree import Expression, FilesTransport, Path, SqlTransport, walk
from edusync.target.batches import Batches
from edusync.target.client import EdusignClient
from edusync.transport.sent import EDUSIGN, ERP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from edusync.app.files.connector_file import Account
    from edusync.engine.read.source import AnySource, Tools
    from edusync.spec import Spec


def open_edusign(account: Account, tools: Tools) -> EdusignClient:
    """Return the client of an account."""
    client = EdusignClient(
        account.base_url,
        account.api_key,
        per_minute=account.requests_per_minute,
        sleep=tools.sleep,
        not_found=account.not_found,
        at_once=account.at_once,
    )
    if account.v3 is not None:
        client.batches = Batches(
            client.exchange,
            account.v3.base_url,
            per_minute=account.requests_per_minute,
            mails_credentials=account.v3.mails_credentials,
        )
    client.exchange.noted = tools.sent.noting(EDUSIGN)
    client.exchange.trace = tools.trace
    return client


def open_source(
    spec: Spec, names: Mapping[str, Any], tools: Tools, functions: Mapping[str, Callable[..., Any]]
) -> AnySource:
    """Return the ERP as the kind of source that it is."""
    if tools.trace is not None:
        types = {name: question.type for name, question in spec.connection.items()}
        tools.trace.know(names["connection"], types)
        tools.trace.words |= _words_of(spec)
    stand_in = tools.opened(spec, names, tools, functions) if tools.opened else None
    if stand_in is not None:
        return stand_in
    match spec.transport:
        case SqlTransport():
            from edusync.engine.read.sql_source import SqlSource

            return SqlSource(spec, names, tools.sent.noting(ERP), tools.trace)
        case FilesTransport():
            from edusync.engine.read.folder_source import FolderSource

            return FolderSource(spec, names, trace=tools.trace)
    return Source(spec, names, tools, functions)


@contextmanager
def open_target(
    spec: Spec, source: AnySource, names: Mapping[str, Any], tools: Tools
) -> Iterator[AnySource]:
    """Yield where attendance goes: the ERP itself, or a folder of its own."""
    own = spec.writeback.transport if spec.writeback else None
    if own is None:
        yield source
        return
    from edusync.engine.read.folder_source import FolderSource

    stand_in = tools.opened(spec, names, tools, {}, own) if tools.opened else None
    with closing(stand_in or FolderSource(spec, names, own, tools.trace)) as folder:
        yield folder


def _words_of(spec: Spec) -> set[str]:
    """Return the words that a spec says itself in its paths, expressions and templates."""
    texts = [
        str(met.node.value if isinstance(met.node, Fixed) else met.node.source)
        for met in walk(spec)
        if isinstance(met.node, Expression | Path | Fixed)
    ]
    return {*texts, *(word for text in texts for word in re.findall(r"\w+|[^\W\d_]+", text))}
