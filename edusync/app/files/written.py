"""Change one thing in a connector file, or a secret that it names; comments stay."""

from __future__ import annotations

import os
import re
from io import StringIO
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

from edusync.app.files.secrets import REFERENCE
from edusync.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from edusync.diagnostics import Route

_WIDE = 4096


def set_value(file: Path, route: Route, value: object) -> None:
    """Write something at a place of a YAML file, making mappings on the way. All or nothing."""
    text = with_value(file.read_text(encoding="utf-8"), route, value)
    replace_file(file, text, file.stat().st_mode & 0o777)


def with_value(text: str, route: Route, value: object) -> str:
    """Return the text of a YAML file with something at a place, making mappings on the way."""
    yaml = _yaml()
    if re.search(r"^ +- ", text, re.MULTILINE):  # lists stay as far to the right as they are
        yaml.indent(mapping=2, sequence=4, offset=2)
    data: Any = yaml.load(text)
    part = data
    for step in route[:-1]:
        if isinstance(step, str) and part.get(step) is None:
            part[step] = {}
        part = part[step]
    part[route[-1]] = value
    out = StringIO()
    yaml.dump(data, out)
    return out.getvalue()


def keep_facts(file: Path, facts: Mapping[str, Any]) -> None:
    """Write into a connector file what was found of facts; what is not seen now stays as it was."""
    before = kept_facts(file)
    sides = {
        side: {**(before.get(side) or {}), **(facts.get(side) or {})}
        for side in ("edusign", "erp")
        if before.get(side) or facts.get(side)
    }
    set_value(file, ("facts",), {"looked_at": facts["looked_at"], **sides})


def kept_facts(file: Path) -> dict[str, Any]:
    """Return what a connector file keeps of facts, nothing when it keeps none."""
    data = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    found = data.get("facts") if isinstance(data, dict) else None
    return dict(found) if isinstance(found, dict) else {}


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = _WIDE
    return yaml


def can_write_secret(reference: str) -> bool:
    """Whether `write_secret` can write where a file says that a secret is."""
    found = REFERENCE.match(reference)
    return found is not None and found[1] in {"file", "keyring"}


def write_secret(reference: str, folder: Path, secret: str) -> None:
    """Write a secret where a connector file says that it is, readable by its owner alone.

    UsageProblem for one that only who starts edusync can set.
    """
    found = REFERENCE.match(reference)
    kind, name = found.groups() if found is not None else ("", "")
    if kind == "file":
        file = folder / name
        replace_file(file, secret + "\n", 0o600)
    elif kind == "keyring":
        import keyring

        service, _, key = name.partition("/")
        keyring.set_password(service, key, secret)
    else:
        raise UsageProblem(
            "RUN_USAGE",
            "the secret stands in the environment, or in clear in the file",
            "write ${file:PATH} or ${keyring:SERVICE/NAME} in the connector file, or say `secrets: "
            "store` in edusync.yaml",
        )


def replace_file(file: Path, text: str, mode: int) -> None:
    """Write a file beside it and move it there: nobody ever reads half of it. `mode` as chmod's."""
    beside = file.with_name(f".{file.name}.new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    beside.chmod(mode)
    beside.replace(file)
