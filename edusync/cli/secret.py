"""`edusync secret set`, `list`, `remove` and `rotate`."""

from __future__ import annotations

import sys

import click

from edusync.cli.options import common, common_options
from edusync.locale import gettext as _
from edusync.locale import ngettext


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
        value = click.prompt(_("the secret"), hide_input=True, confirmation_prompt=True, err=True)
    else:
        value = sys.stdin.read().removesuffix("\n").removesuffix("\r")
    if not value:
        hint = _("type it in, or write it to the standard input")
        raise UsageProblem("RUN_USAGE", _("no secret was given"), hint)
    save_secret(store, name, value)
    reference = f"${{store:{name}}}"
    click.echo(_("kept: {reference} names it", reference=reference))
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
        who, moment = one.who or _("the command line"), f"{one.at:%Y-%m-%d %H:%M}"
        words = _("{moment} UTC  by {who}", moment=moment, who=who)
        if one.key not in keys:
            away = _("the key {key} is not at hand", key=one.key)
            words += f"  {click.style(away, fg='red')}"
        elif one.key != keys[0]:
            older = _("under an older key: `edusync secret rotate`")
            words += f"  {click.style(older, fg='yellow')}"
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
        words = _("the store has no secret '{name}'", name=name)
        raise UsageProblem("RUN_USAGE", words, hint)
    where = None if project is None else named_by(project).get(name)
    if where is None and name in named_by_releases(store):
        where = _("a release that is kept")
    if where is not None and not yes:
        hint = _("name another secret there first, or say --yes")
        words = _("{where} names the secret '{name}'", where=where, name=name)
        raise UsageProblem("RUN_USAGE", words, hint)
    remove_secrets(store, [name])
    click.echo(_("'{name}' is deleted", name=name))
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
    words = ngettext(
        "{count} secret stands under the key {key}",
        "{count} secrets stand under the key {key}",
        done.secrets,
        key=done.key,
    )
    click.echo(words)
    if not done.in_file:
        click.echo(_("the other keys of EDUSYNC_SECRET_KEY are needed no more: take them out"))
    return 0
