"""`edusync new NAME`."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from edusync.cli.options import common, common_options

if TYPE_CHECKING:
    from collections.abc import Callable

    from edusync.app.authoring.beginning import Beginning


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_DESCRIPTIONS = {
    "openapi": "An OpenAPI description, 2 or 3, JSON or YAML.",
    "wsdl": "The WSDL of a SOAP service.",
    "odata": "The $metadata of an OData service.",
    "graphql": "The answer of a GraphQL service to the introspection query, as JSON.",
}
"""What a vendor publishes in a file: each is read by `described/<word>.py`."""


def _descriptions(function: Callable[..., int]) -> Callable[..., int]:
    """Add an option for each kind of file."""
    for word, words in reversed(_DESCRIPTIONS.items()):
        option = click.option(f"--from-{word}", word, metavar="FILE", type=_FILE, help=words)
        function = option(function)
    return function


@click.command("new")
@click.argument("name")
@click.option(
    "--from-sample",
    "samples",
    multiple=True,
    metavar="FILE",
    type=_FILE,
    help="An answer of the ERP, .json, .xml or .csv (or .txt, with tabs); may be given several "
    "times.",
)
@click.option(
    "--from-folder",
    "exports",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of files that the ERP writes, .csv, .txt, .json or .xml: each is a list.",
)
@_descriptions
@click.option(
    "--from-database",
    "database",
    metavar="URL",
    help="A database, as an SQLAlchemy URL: its tables and columns are looked at, no row is read.",
)
@click.option("--label", help="The name of the ERP for people; asked for when not said.")
@click.option("--url", help="The address of the ERP; asked for when not said.")
@click.option(
    "--edusign",
    metavar="URL",
    help="The address of Edusign when it is not the real one, such as a sandbox on this machine.",
)
@click.option(
    "--into",
    "folder",
    metavar="FOLDER",
    default=Path(),
    type=click.Path(file_okay=False, path_type=Path),
    help="Where everything is written; here when not said.",
)
@common
def command(
    name: str,
    samples: tuple[Path, ...],
    label: str | None,
    url: str | None,
    edusign: str | None,
    folder: Path,
    **described: Path | str | None,
) -> int:
    """Begin a connector: its spec, a connector file, a folder for its cases, its page.

    With samples, or what the vendor publishes of the interface, lists, paging, sign-in, fields and
    formats are proposed, each with what the proposal rests on; what was not understood is named,
    and what is written validates. No value of a sample is written anywhere. Nothing that exists is
    overwritten.
    """
    from edusync.app.authoring.connector_page import within
    from edusync.app.authoring.scaffold import begun
    from edusync.spec import load_spec

    _check_name(name)
    label = label or _answer_to("Name of the ERP", name.title())
    sources = {word: one for word, one in described.items() if one is not None}
    beginning = _beginning(samples, sources)
    question = "Folder of the exports" if "exports" in sources else "Address of the ERP"
    url = url or _answer_to(question, beginning.url or f"https://{name}.example")
    files = begun(name, label, url, beginning, edusign)
    if (folder / "pytest.ini").exists():
        del files["pytest.ini"]
    spec, _ = load_spec(files[f"specs/{name}.yaml"], f"specs/{name}.yaml", {})
    if spec is not None:
        files[f"docs/{name}.md"] = within(f"# {label}\n", spec)
    _write(folder, files)
    _report(folder / "specs" / f"{name}.yaml", beginning)
    click.echo(
        f"next: edusync check {folder / f'{name}-school.yaml'}, then edusync try and edusync record"
    )
    return 0


def _write(folder: Path, files: dict[str, str]) -> None:
    """Write files; UsageProblem when one of them is there, and then none is written."""
    from edusync.errors import UsageProblem

    existing = [path for path in files if (folder / path).exists()]
    if existing:
        raise UsageProblem(
            "RUN_USAGE",
            f"{folder / existing[0]} exists already",
            "choose another name, or remove it; nothing was written",
        )
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
        click.echo(f"written: {folder / path}")


def _report(spec: Path, beginning: Beginning) -> None:
    """Say what is to be looked at: findings, what was not understood, guesses."""
    from edusync.app.authoring.validate import validate
    from edusync.cli.render.findings import print_findings

    _, findings = validate([spec], common_options().spec_dirs)
    print_findings(findings)
    for note in beginning.notes:
        click.echo(f"{click.style('note', fg='yellow')} {note}")
    guesses = spec.read_text(encoding="utf-8").count("# guess")
    click.echo(f"{guesses} guesses to look at: grep -n guess {spec}")


def _beginning(samples: tuple[Path, ...], sources: dict[str, Any]) -> Beginning:
    """Return what was given as the beginning of a spec; UsageProblem when it is too much."""
    from importlib import import_module

    from edusync.app.authoring.beginning import from_folder, from_samples

    if not sources:
        return from_samples(samples)
    if len(sources) > 1 or samples:
        raise click.UsageError("one of --from-… at a time; several --from-sample go together")
    word, one = next(iter(sources.items()))
    if word == "exports":
        return from_folder(one)
    module = import_module(f"edusync.app.authoring.described.{word}")
    read: Callable[[Any], Beginning] = getattr(module, f"from_{word}")
    return read(one)


def _answer_to(question: str, default: str) -> str:
    return str(click.prompt(question, default=default)) if sys.stdin.isatty() else default


def _check_name(name: str) -> None:
    """Raise UsageProblem for what cannot name a connector."""
    if not re.fullmatch(r"[a-z][a-z0-9_-]*", name):
        from edusync.errors import UsageProblem

        raise UsageProblem(
            "RUN_USAGE",
            f"'{name}' is no name of a connector",
            "small letters, digits, - and _, beginning with a letter",
        )
