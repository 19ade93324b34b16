"""Print findings about files: as text with the source line, as JSON, or as GitHub annotations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from edusync.diagnostics import Diagnostic

_COLORS = {"error": "red", "warning": "yellow", "info": "blue"}


def print_findings(
    findings: Sequence[Diagnostic], form: str = "text", *, err: bool = False
) -> None:
    """Print findings, sorted by place."""
    ordered = sorted(findings, key=lambda found: found.order)
    match form:
        case "json":
            import json

            click.echo(
                json.dumps(
                    {"version": 1, "findings": [found.as_dict() for found in ordered]},
                    indent=2,
                    ensure_ascii=False,
                )
            )
        case "github":
            for found in ordered:
                kind = "notice" if found.severity == "info" else str(found.severity)
                hint = f"%0A{found.hint}" if found.hint else ""
                place = found.location
                click.echo(
                    f"::{kind} file={place.file},line={place.line},col={place.column},"
                    f"title={found.code}::{found.message}{hint}"
                )
        case "sarif":
            import json

            click.echo(json.dumps(_sarif(ordered), indent=2, ensure_ascii=False))
        case _:
            for found in ordered:
                _print_one(found, err=err)


def _sarif(findings: Sequence[Diagnostic]) -> dict[str, Any]:
    """Return findings as SARIF 2.1.0, which code scanning of forges reads."""
    from edusync import __version__
    from edusync.codes import get_code

    rules = [
        {
            "id": code,
            "shortDescription": {"text": get_code(code).meaning},
            "help": {"text": get_code(code).remedy},
        }
        for code in sorted({found.code for found in findings})
    ]
    results = [
        {
            "ruleId": found.code,
            "level": {"info": "note"}.get(str(found.severity), str(found.severity)),
            "message": {"text": found.message + (f" ({found.hint})" if found.hint else "")},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": found.location.file},
                        "region": {
                            "startLine": found.location.line,
                            "startColumn": found.location.column,
                        },
                    }
                }
            ],
        }
        for found in findings
    ]
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "edusync", "version": __version__, "rules": rules}},
                "results": results,
            }
        ],
    }


def _print_one(found: Diagnostic, *, err: bool) -> None:
    severity = click.style(str(found.severity), fg=_COLORS[str(found.severity)], bold=True)
    click.echo(
        f"{found.location}: {severity} {click.style(found.code, bold=True)}: {found.message}",
        err=err,
    )
    line = _source_line(found)
    if line is not None:
        click.echo(f"  {click.style(line, dim=True)}", err=err)
        click.echo(
            f"  {' ' * (found.location.column - 1)}"
            f"{click.style('^', fg=_COLORS[str(found.severity)])}",
            err=err,
        )
    if found.hint:
        click.echo(f"  hint: {found.hint}", err=err)


def _source_line(found: Diagnostic) -> str | None:
    """Return the line of the file, unless it may hold a secret: only specs and keys are shown."""
    if found.code.startswith("CONF_"):
        return None
    path = Path(found.location.file)
    if not path.is_file():
        return None
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return lines[found.location.line - 1] if found.location.line <= len(lines) else None
