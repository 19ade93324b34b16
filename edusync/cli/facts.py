"""`edusync facts CONNECTOR_FILE`, and what `edusync check --assumptions` prints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from edusync.cli.options import common, common_options
from edusync.cli.tracing import traced

if TYPE_CHECKING:
    from edusync.app.explaining.assumptions import Assumption, SandboxAccount
    from edusync.app.files.connector_file import Instance


@click.command("facts")
@click.argument("connector_file", type=click.Path(path_type=Path), metavar="CONNECTOR")
@click.option(
    "--export",
    is_flag=True,
    help="As it is sent back to who keeps the spec: without the name of the school, addresses or "
    "anything of a person.",
)
@common
@traced
def command(connector_file: Path, *, export: bool) -> int:
    """Show what `edusync check CONNECTOR --assumptions` found and kept in the connector file.

    Exit code 2 when nothing is kept there.
    """
    from io import StringIO

    from ruamel.yaml import YAML

    from edusync.app.explaining.assumptions import exported
    from edusync.app.files.connector_file import load_instance
    from edusync.app.files.written import kept_facts
    from edusync.errors import UsageProblem

    options = common_options()
    file = options.connector(connector_file)
    instance = load_instance(file, options.registry())
    facts = kept_facts(file)
    if not facts:
        hint = "`edusync check FILE --assumptions` tries them"
        raise UsageProblem("RUN_USAGE", f"no facts are kept in {file.name}", hint)
    out, yaml = StringIO(), YAML()
    yaml.dump(exported(facts, instance.spec) if export else facts, out)
    click.echo(out.getvalue().rstrip())
    return 0


def try_assumptions(instance: Instance, sandbox: str | None, key: str | None, form: str) -> int:
    """Try what is assumed, print it, keep it in the connector file; return the exit code."""
    from edusync.app.explaining.assumptions import assumptions, facts_to_keep
    from edusync.app.files.written import keep_facts

    options = common_options()
    moment = options.begins()
    account = _account(instance, sandbox, key)
    tried: list[Assumption] = []
    for one in assumptions(instance, options.store(), options.registry(), moment, account):
        tried.append(one)
        if form == "text":
            _print(one)
    project = options.project()
    is_kept = project is None or not project.settings.deployed  # the file is one of a release then
    if is_kept:
        keep_facts(instance.file, facts_to_keep(tried, moment.now.date().isoformat()))
    different = sum(one.is_different for one in tried)
    if form == "json":
        _print_json(instance, tried)
    else:
        _print_end(instance, tried, different, is_kept=is_kept)
    return int(different > 0)


def _account(instance: Instance, sandbox: str | None, key: str | None) -> SandboxAccount | None:
    from edusync.app.explaining.assumptions import SandboxAccount
    from edusync.app.files.secrets import SecretMissing, resolve
    from edusync.errors import UsageProblem

    if sandbox is None and key is None:
        return None
    if sandbox is None or key is None:
        hint = "say --sandbox URL and --sandbox-key REFERENCE"
        raise UsageProblem("RUN_USAGE", "an account has an address and a key", hint)
    try:
        return SandboxAccount(sandbox, resolve(key, instance.file.parent))
    except SecretMissing as missing:
        raise UsageProblem("RUN_USAGE", str(missing), "name where the key stands") from None


def _print(one: Assumption) -> None:
    from edusync.cli.render.plan import fold
    from edusync.locale import gettext as _

    mark = click.style("?? ", fg="yellow")
    if one.observed is not None:
        mark = click.style(_("ok "), fg="green")
    if one.is_different:
        mark = click.style("!! ", fg="red", bold=True)
    click.echo(f"{mark} {one.side} {one.name}")
    if not one.is_different and one.observed is not None:
        return
    fold(one.sentence, 4)
    if one.is_different:
        fold(
            _("assumed: {one}; found: {other}", one=_word(one.assumed), other=_word(one.observed)),
            4,
        )
    if one.why:
        fold(one.why, 4)
    if one.place:
        click.echo(f"    {one.place}")


def _word(value: object) -> str:
    from edusync.locale import gettext as _

    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return f"'{value}'" if isinstance(value, str) else str(value)


def _print_end(
    instance: Instance, tried: list[Assumption], different: int, *, is_kept: bool
) -> None:
    from edusync.cli.render.plan import fold
    from edusync.locale import gettext as _

    seen_count = sum(one.observed is not None for one in tried)
    counts = {"count": len(tried), "seen": seen_count, "different": different}
    if is_kept:
        file = instance.file.name
        words = _(
            "{count} facts: {seen} seen, {different} different; kept in {file}", file=file, **counts
        )
    else:
        words = _(
            "{count} facts: {seen} seen, {different} different; not kept, since the connector file "
            "is one of a release: try them where it is kept",
            **counts,
        )
    fold(words, 0)


def _print_json(instance: Instance, tried: list[Assumption]) -> None:
    import json
    from dataclasses import asdict

    document = {
        "version": 1,
        "connector": instance.name,
        "facts": [asdict(one) for one in tried],
    }
    click.echo(json.dumps(document, indent=2, ensure_ascii=False))
