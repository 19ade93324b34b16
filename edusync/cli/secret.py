"""`edusync secret set`, `list`, `remove` and `rotate`."""

from __future__ import annotations

import sys

import click

from edusync.cli.options import common, common_options


@click.group("secret")
def command() -> None:
    """Keep secrets encrypted in the store, for `${store:NAME}` in connector files."""


@command.command("set")
@click.argument("name")
@common
def set_(name: str) -> int:
    """Write the secret NAME, over the one that there is: typed in, or from the standard input.

    Connector files and `edusync.yaml` name it as `${store:NAME}`; runs that begin after this use
    it. It is never an argument, which other people of the machine could see.

    The key lies beside the store, in a file that is made with the first secret; for a store on a
    server it is EDUSYNC_SECRET_KEY, the same on every machine.
    """
    from edusync.errors import UsageProblem
    from edusync.state.secrets import save_secret

    store = common_options().store()
    if sys.stdin.isatty():
        value = click.prompt("the secret", hide_input=True, confirmation_prompt=True, err=True)
    else:
        value = sys.stdin.read().removesuffix("\n").removesuffix("\r")
    if not value:
        hint = "type it in, or write it to the standard input"
        raise UsageProblem("RUN_USAGE", "no secret was given", hint)
    save_secret(store, name, value)
    click.echo(f"kept: ${{store:{name}}} names it")
    return 0


@command.command("list")
@common
def list_() -> int:
    """List the secrets: names, when each was written and by whom. Never what they are."""
    from edusync.state.secret_keys import keys_at_hand, name_of_key
    from edusync.state.secrets import kept_secrets

    store = common_options().store()
    known, keys = kept_secrets(store), [name_of_key(one) for one in keys_at_hand(store)]
    wide = max((len(one.name) for one in known), default=0)
    for one in known:
        words = f"{one.at:%Y-%m-%d %H:%M} UTC  by {one.who or 'the command line'}"
        if one.key not in keys:
            words += f"  {click.style(f'the key {one.key} is not at hand', fg='red')}"
        elif one.key != keys[0]:
            words += f"  {click.style('under an older key: `edusync secret rotate`', fg='yellow')}"
        click.echo(f"{click.style(one.name.ljust(wide), bold=True)}  {words}")
    return 0


@command.command("remove")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Remove it although a file names it.")
@common
def remove(name: str, *, yes: bool) -> int:
    """Delete the secret NAME.

    Exit code 2 when a connector file, `edusync.yaml` or a release that is kept names it, and --yes
    was not said.
    """
    from edusync.app.files.stored import named_by, named_by_releases
    from edusync.diagnostics import did_you_mean
    from edusync.errors import UsageProblem
    from edusync.state.secrets import kept_secrets, remove_secrets

    options = common_options()
    store, project = options.store(), options.project()
    known = [one.name for one in kept_secrets(store)]
    if name not in known:
        hint = did_you_mean(name, known)
        raise UsageProblem("RUN_USAGE", f"the store has no secret '{name}'", hint)
    where = None if project is None else named_by(project).get(name)
    if where is None and name in named_by_releases(store):
        where = "a release that is kept"
    if where is not None and not yes:
        hint = "name another secret there first, or say --yes"
        raise UsageProblem("RUN_USAGE", f"{where} names the secret '{name}'", hint)
    remove_secrets(store, [name])
    click.echo(f"'{name}' is deleted")
    return 0


@command.command("rotate")
@common
def rotate() -> int:
    """Encrypt every secret with a new key.

    Beside an embedded store the new key is made and the old one is forgotten once every secret
    stands under the new one. Keys of EDUSYNC_SECRET_KEY are the operator's: write NEW,OLD there on
    every machine, run this, and take OLD out. Whoever is killed in the middle loses nothing, and
    begins again.
    """
    from edusync.state.secrets import rotate_secrets

    done = rotate_secrets(common_options().store())
    click.echo(f"{done.secrets} secrets stand under the key {done.key}")
    if not done.in_file:
        click.echo("the other keys of EDUSYNC_SECRET_KEY are needed no more: take them out")
    return 0
