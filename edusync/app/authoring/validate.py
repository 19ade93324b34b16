"""Check files: specs, connector files, cases and projects are told apart by their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.app.files.project_file import FILE, read_settings
from edusync.app.files.recordings import recorded
from edusync.app.files.specs import shown, spec_text
from edusync.app.files.together import check_together
from edusync.app.files.wsdl_beside import check_with_wsdl
from edusync.errors import UsageProblem
from edusync.spec.document import read_document
from edusync.spec.ignores import without_ignored

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from edusync.app.files.connector_file import Instance
    from edusync.diagnostics import Diagnostic
    from edusync.registry import Registry


def validate(paths: Sequence[Path], spec_dirs: Sequence[Path]) -> tuple[int, list[Diagnostic]]:
    """Return how many files were checked, and every finding."""
    findings: list[Diagnostic] = []
    door = Door(spec_dirs)
    if not paths:
        from edusync.spec import load_spec

        for registered in door.registry.connectors.values():
            text, name = spec_text(registered.thing)
            findings += without_ignored(
                text, name, load_spec(text, name, door.registry.functions)[1].findings
            )
        return len(door.registry.connectors), findings
    for path in paths:
        if not (path.is_file() or path.is_dir()):
            raise UsageProblem(
                "RUN_USAGE", f"{path} is neither a file nor a folder", "name what is to be checked"
            )
    files = [
        file
        for path in paths
        for file in (
            [path] if path.is_file() else sorted((*path.rglob("*.yaml"), *path.rglob("*.yml")))
        )
    ]
    checked = 0
    for file in files:
        found = _check(file, door, sure=file in paths)
        if found is not None:
            checked += 1
            findings += found
    findings += check_together(door.connector_files, door.instances)
    return checked, list(dict.fromkeys(findings))  # a spec may be named, and used by a file


class Door:
    """What files are checked with: the plugins, which are loaded only when a file needs them.

    A spec without functions of plugins does not. `spec_dirs` are searched for specs beside the
    installed ones.
    """

    def __init__(self, spec_dirs: Sequence[Path]) -> None:
        self.spec_dirs = spec_dirs
        self._registry: Registry | None = None
        self.connector_files: list[Path] = []
        self.instances: list[Instance] = []

    @property
    def registry(self) -> Registry:
        """What the plugins answered."""
        if self._registry is None:
            from edusync.plugins import load_registry

            self._registry = load_registry(self.spec_dirs)
        return self._registry


def _check(file: Path, door: Door, *, sure: bool) -> list[Diagnostic] | None:
    return check_text(file, file.read_text(encoding="utf-8", errors="replace"), door, sure=sure)


def check_text(file: Path, text: str, door: Door, *, sure: bool) -> list[Diagnostic] | None:
    """Return the findings of a file, with what stands in it or will stand in it.

    None for a YAML file of another kind, unless somebody is `sure` that it is one of ours.
    """
    if file.name == "exchanges.yaml":
        from edusync.app.files.exchanges import check_exchanges

        return without_ignored(text, shown(file), check_exchanges(text, shown(file)).findings)
    document = read_document(text, shown(file))
    data = document.data
    if not isinstance(data, dict):
        if sure and not document.findings:
            document.report(
                "SPEC_UNREADABLE", (), "the file holds no mapping", "begin it with 'edusync: 1'"
            )
        return document.findings if sure or document.findings else None
    if "accounts" in data or ("spec" in data and "connection" in data):
        from edusync.app.files.connector_file import read_instance

        instance, own = read_instance(file, door.registry, text=text)
        door.connector_files.append(file)
        door.instances += [] if instance is None else [instance]
        found = without_ignored(text, shown(file), own)
        return found + _check_own_spec(file.parent / str(data.get("spec")), door)
    if file.name == FILE:
        return without_ignored(text, shown(file), read_settings(file, text=text)[1])
    if "shows" in data and "at" in data:
        from edusync.spec.schema_check import check_schema

        check_schema(document, "case")
        return without_ignored(text, shown(file), document.findings)
    if sure or data.keys() & {"edusync", "entities", "transport"}:
        from edusync.spec.load import load_document

        functions = door.registry.functions if "function:" in text else {}
        load_document(document, text, functions, recorded(file))
        check_with_wsdl(file, document)
        return without_ignored(text, shown(file), document.findings)
    return None


def _check_own_spec(path: Path, door: Door) -> list[Diagnostic]:
    """Return the findings of the spec that a connector file names by its path, warnings included.

    Nothing for the name of an installed spec.
    """
    if path.suffix not in {".yaml", ".yml"} or not path.is_file():
        return []
    return _check(path, door, sure=True) or []
