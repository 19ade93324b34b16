"""Which spec a release pins for a connector: a file beside the connector files says it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_FILE = "pins.json"


def write_pins(folder: Path, specs: Mapping[str, Path]) -> None:
    """Write the spec of each connector whose file is in a folder."""
    text = json.dumps({name: str(path) for name, path in specs.items()})
    (folder / _FILE).write_text(text, encoding="utf-8")


def pinned_spec(connector_file: Path, name: str) -> Path | None:
    """Return the spec that a release pins for a connector; None outside of releases."""
    from pathlib import Path

    try:
        text = (connector_file.parent / _FILE).read_text(encoding="utf-8")
    except OSError:
        return None
    found = json.loads(text).get(name)
    return None if found is None else Path(found)
