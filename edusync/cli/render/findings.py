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
    ordered = sorted(findings, key=lambda finding: finding.order)
    match form:
        case "json":
            import json

            click.echo(
                json.dumps(
                    {"version": 1, "findings": [finding.as_dict() for finding in ordered]},
                    indent=2,
                    ensure_ascii=False,
                )
            )
        case "github":
            for finding in ordered:
                kind = "notice" if finding.severity == "info" else str(finding.severity)
                hint = f"%0A{finding.hint}" if finding.hint else ""
                place = finding.location
                click.echo(
                    f"::{kind} file={place.file},line={place.line},col={place.column},"
                    f"title={finding.code}::{finding.message}{hint}"
                )
        case "sarif":
            import json

            click.echo(json.dumps(_sarif(ordered), indent=2, ensure_ascii=False))
        case _:
            for finding in ordered:
                _print_one(finding, err=err)


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
        for code in sorted({finding.code for finding in findings})
    ]
    results = [
        {
            "ruleId": finding.code,
            "level": {"info": "note"}.get(str(finding.severity), str(finding.severity)),
            "message": {"text": finding.message + (f" ({finding.hint})" if finding.hint else "")},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": finding.location.file},
                        "region": {
                            "startLine": finding.location.line,
                            "startColumn": finding.location.column,
                        },
                    }
                }
            ],
        }
        for finding in findings
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


def _print_one(finding: Diagnostic, *, err: bool) -> None:
    severity = click.style(str(finding.severity), fg=_COLORS[str(finding.severity)], bold=True)
    click.echo(
        f"{finding.location}: {severity} {click.style(finding.code, bold=True)}: {finding.message}",
        err=err,
    )
    line = _source_line(finding)
    if line is not None:
        click.echo(f"  {click.style(line, dim=True)}", err=err)
        click.echo(
            f"  {' ' * (finding.location.column - 1)}"
            f"{click.style('^', fg=_COLORS[str(finding.severity)])}",
            err=err,
        )
    if finding.hint:
        click.echo(f"  hint: {finding.hint}", err=err)


def _source_line(finding: Diagnostic) -> str | None:
    """Return the line of the file, unless it may hold a secret: only specs and keys are shown."""
    if finding.code.startswith("CONF_"):
        return None
    path = Path(finding.location.file)
    if not path.is_file():
        return None
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return lines[finding.location.line - 1] if finding.location.line <= len(lines) else None
