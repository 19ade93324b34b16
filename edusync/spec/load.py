"""Load a spec: text, places, schema, build, rules."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from edusync.diagnostics import Severity
from edusync.spec.build import build_spec
from edusync.spec.build.scope import scope_keys
from edusync.spec.consequences import without_consequences
from edusync.spec.document import Document, read_document
from edusync.spec.rules import check_recorded, check_rules
from edusync.spec.schema_check import check_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from edusync.diagnostics import Diagnostic
    from edusync.spec.recorded import Recorded
    from edusync.spec.tree import Spec


def load_spec(
    text: str,
    file: str,
    functions: Mapping[str, Callable[..., Any]] | None = None,
    recorded: Recorded | None = None,
    zone: ZoneInfo | None = None,
) -> tuple[Spec | None, Document]:
    """Return the spec, None when it has errors, and the document with every finding.

    `recorded` are the recorded answers of its cases, None when there are none to look into. `zone`
    is that of the school, where its connector file names one.
    """
    return load_document(read_document(text, file), text, functions, recorded, zone)


def load_document(
    document: Document,
    text: str,
    functions: Mapping[str, Callable[..., Any]] | None = None,
    recorded: Recorded | None = None,
    zone: ZoneInfo | None = None,
) -> tuple[Spec | None, Document]:
    """Return the spec of a document that was read already, as `load_spec` does."""
    built = _built(document, text, functions, recorded, zone)
    if built is None:
        return None, document

    def look(other: str) -> Sequence[Diagnostic] | None:
        again = read_document(other, document.file)
        made = _built(again, other, functions, recorded, zone)
        return None if made is None else again.findings

    document.findings[:] = without_consequences(document.findings, document.text, look)
    broken = any(finding.severity is Severity.ERROR for finding in document.findings)
    spec, data = built
    return (None if broken else replace(spec, scope=scope_keys(spec, data))), document


def _built(
    document: Document,
    text: str,
    functions: Mapping[str, Callable[..., Any]] | None,
    recorded: Recorded | None,
    zone: ZoneInfo | None,
) -> tuple[Spec, Any] | None:
    """Return the spec of a document and its data; None when its form is too wrong to build one."""
    if document.has_errors and document.data is None:
        return None
    whole = None if document.data is None else check_schema(document, "spec")
    if whole is None:
        return None
    spec, builder = build_spec(whole, text, functions or {}, zone)
    check_rules(spec, builder)
    if recorded is not None:
        check_recorded(spec, builder, recorded)
    document.findings[:] = dict.fromkeys(
        document.findings
    )  # what several lists share, such as a named call, is said once
    return spec, whole.data
