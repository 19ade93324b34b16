"""Write a release into a folder, so that it can be kept in git and deployed again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from edusync.app.files.specs import rare_file, spec_texts
from edusync.errors import EdusyncError, UsageProblem
from edusync.state.releases import digest_of, newest_release, releases, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.registry import Registry
    from edusync.state.releases import Deployed
    from edusync.state.store import Store


def export_release(
    store: Store, folder: Path, number: int | None, registry: Registry
) -> Iterator[tuple[Path, str]]:
    """Write the files of a release below `connectors/` and `specs/`; yield each, and a remark.

    UsageProblem for a folder that holds connector files or specs already.
    """
    if any((folder / name).exists() for name in ("connectors", "specs")):
        hint = "name a folder that is not there"
        raise UsageProblem("RUN_USAGE", f"{folder} has connectors or specs already", hint)
    release = releases(store, newest_release(store) if number is None else number)[0]
    by_digest = texts(store, {d for one in release.connectors.values() for d in one.digests})
    written: dict[Path, str] = {}
    for name, one in sorted(release.connectors.items()):
        file = folder / "connectors" / f"{name}.yaml"
        _write(file, by_digest[one.file])
        yield file, ""
        if _is_installed(one, registry):
            continue
        spec = folder / "specs" / f"{Path(one.spec_name).stem}.yaml"
        if written.setdefault(spec, one.spec) != one.spec:
            spec = spec.with_name(f"{spec.stem}-{one.spec[:8]}.yaml")
            written[spec] = one.spec
        if spec.exists():
            continue
        _write(spec, by_digest[one.spec])
        if one.rare is not None:
            _write(rare_file(spec), by_digest[one.rare])
        other = spec.stem != Path(one.spec_name).stem
        yield spec, f"the spec that '{name}' is pinned to" if other else ""


def _is_installed(one: Deployed, registry: Registry) -> bool:
    """Whether the spec is the one that edusync brings along under this name."""
    try:
        found = spec_texts(one.spec_name, registry, Path("/nowhere"))
    except EdusyncError:
        return False
    return digest_of(found.text) == one.spec


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
