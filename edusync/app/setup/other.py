"""How a software is connected that no spec is for."""

from __future__ import annotations

import re
import shlex
import unicodedata


def new_command(software: str) -> str:
    """Return the command that begins the spec of a software."""
    text = unicodedata.normalize("NFKD", software).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", text).strip("-").lstrip("0123456789-") or "erp"
    return f"edusync new {name} --label {shlex.quote(software)}"
