"""Coverage as a page: the source of each spec, coloured by what its cases showed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from edusync.testing.coverage import Coverage

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>edusync coverage</title>
<style>
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; font: 13px/1.5 ui-monospace, monospace; }
td { padding: 0 .6rem; white-space: pre-wrap; vertical-align: top; }
td:first-child { text-align: right; opacity: .55; user-select: none; width: 3rem; }
td:last-child { font: 13px/1.5 system-ui, sans-serif; width: 22rem; }
.whole td:nth-child(2) { border-left: 4px solid #2e9f57; }
.part td:nth-child(2) { border-left: 4px solid #d99a00; background: #d99a0022; }
.none td:nth-child(2) { border-left: 4px solid #d3423e; background: #d3423e22; }
.excused td:nth-child(2) { border-left: 4px solid #888; }
.plain td:nth-child(2) { border-left: 4px solid transparent; }
</style>
{% for spec in specs %}
<h1>{{ spec.file }}: {{ "%.1f"|format(spec.percent) }} %</h1>
<p>{{ spec.counted|length }} points, {{ spec.cases }} cases.
Green: shown. Amber: one side only. Red: never.
Grey: excused, with the reason.</p>
<table>
{% for number, state, line, note in spec.lines %}<tr class="{{ state }}"><td>{{ number }}</td>
<td>{{ line }}</td><td>{{ note }}</td></tr>
{% endfor %}</table>
{% endfor %}
</html>
"""


def as_page(measured: Sequence[Coverage]) -> str:
    """Return the page."""
    from jinja2.sandbox import SandboxedEnvironment

    specs = [
        {
            "file": one.file,
            "percent": one.percent,
            "counted": one.counted,
            "cases": len(one.cases),
            "lines": one.lines(),
        }
        for one in measured
    ]
    return SandboxedEnvironment(autoescape=True).from_string(_PAGE).render(specs=specs)
