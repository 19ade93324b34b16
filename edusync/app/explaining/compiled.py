"""The Python that a spec is compiled to, for whoever wants to read what a run does with a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from edusync.app.files.specs import load_named
from edusync.engine.map.builder import ItemBuilder
from edusync.engine.map.fields import Ids
from edusync.engine.outcome import Report
from edusync.engine.read.leads import Leads
from edusync.engine.read.lists import Lists
from edusync.engine.read.reading import Reading
from edusync.engine.read.stages import Stages
from edusync.engine.read.table import Status
from edusync.errors import FilesInvalid, UsageProblem
from edusync.spec.document import read_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from edusync.registry import Registry
    from edusync.spec import Spec


class Part(NamedTuple):
    """A list or an entity, and the Python that is written of it."""

    title: str
    text: str


def compiled_parts(spec: Spec, registry: Registry) -> Iterator[Part]:
    """Yield what each list and each entity of a spec is compiled to; nothing is run."""
    report = Report()
    names: dict[str, Any] = {"the": {}, "filters": {}}
    source: Any = None  # no row is read
    lists = Lists(spec, source, names, report, registry.functions)
    for resource in spec.resources.values():
        leads = Leads(resource, spec, {}, None)
        reading = Reading(resource, Status(), spec, source, names, report, lists.rows, leads)
        yield Part(f"list {resource.name}, {resource.place}", Stages(lists, reading).source.text)
    for kind, entity in spec.items.items():
        built = ItemBuilder(entity, lists, names, Ids(""), report)
        yield Part(f"entity {kind}, {entity.place}", built.source.text)


def spec_of(file: Path, registry: Registry) -> Spec:
    """Return the spec of a file: a spec, or a connector file that names one.

    UsageProblem when there is no such file, FilesInvalid when the spec has errors.
    """
    if not file.is_file():
        raise UsageProblem(
            "RUN_USAGE", f"there is no file {file}", "name a spec or a connector file"
        )
    data = read_document(file.read_text(encoding="utf-8", errors="replace"), str(file)).data
    is_connector = isinstance(data, dict) and "accounts" in data
    named = _named(data) if is_connector else file.name
    spec, document = load_named(named, registry, file.parent)
    if spec is None:
        raise FilesInvalid(document.findings)
    return spec


def _named(data: Mapping[str, Any]) -> str:
    return str(data.get("spec", ""))
