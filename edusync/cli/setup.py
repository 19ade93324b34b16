"""`edusync setup [NAME]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from edusync.cli.options import common, common_options
from edusync.cli.tracing import traced

if TYPE_CHECKING:
    from collections.abc import Iterable

    from edusync.app.explaining.tried import Tried
    from edusync.app.setup.prompt import Group
    from edusync.app.setup.setup import Setup, Tools

_OTHER = ""
_AFTER = {"reasons", "schedule"}
"""Groups that are asked when the others are answered."""
_INTERRUPTED = 130


@click.command("setup")
@click.argument("name", required=False)
@click.option("--erp", help="Which ERP it connects; asked for when not said.")
@click.option("--anew", is_flag=True, help="Forget what a setup that was left has answered.")
@common
@traced
def command(name: str | None, erp: str | None, *, anew: bool) -> int:
    """Set a school up by answering questions: the connector NAME of the project, new or there.

    Both sides are tried, and the first plan is shown before the connector file is written. Nothing
    is lost by leaving (Ctrl-C): the next `edusync setup NAME` goes on.

    Exit code 130 when the setup was left.
    """
    from edusync.app.setup.setup import Tools
    from edusync.cli.asking import check_terminal, say
    from edusync.locale import gettext as _

    options = common_options()
    project = options.needed_project()
    check_terminal()
    moment = options.begins()
    tools = Tools(project, options.registry(), options.store(), moment, may_refer=True)
    setup: Setup | None = None
    try:
        setup = _opened(tools, name, erp, anew=anew)
        return 0 if setup is None else _gone_through(setup)
    except (KeyboardInterrupt, EOFError):
        if setup is not None:
            say(_("Kept. Go on with: edusync setup {name}", name=setup.draft.name))
        return _INTERRUPTED


def _opened(tools: Tools, name: str | None, erp: str | None, *, anew: bool) -> Setup | None:
    """Ask which connector and which ERP; None when it is another one than those that are known."""
    from edusync.app.setup.draft import NAME, Drafts
    from edusync.app.setup.setup import Setup
    from edusync.cli.asking import choose, type_in
    from edusync.locale import gettext as _

    drafts = Drafts(tools.project)
    if name is None and drafts.names():
        known = [(one, _("go on with {name}", name=one)) for one in drafts.names()]
        question = _("Which school?")
        name = choose(question, [*known, (_OTHER, _("another school"))]) or None
    if name is None:
        wrong = _("letters, digits, '.', '-' and '_', such as lycee-hugo")
        name = type_in(
            _("Name of the connector, such as lycee-hugo"),
            refuse=lambda text: None if NAME.match(text) else wrong,
        )
    is_known = drafts.file_of(name).is_file() or (drafts.load(name) is not None and not anew)
    if erp is None and not is_known:
        listed = [(one, known.thing.label) for one, known in tools.registry.connectors.items()]
        listed.sort(key=lambda one: one[1].casefold())
        erp = choose(_("Which ERP?"), [*listed, (_OTHER, _("Other"))])
        if erp == _OTHER:
            _other(type_in(_("Name of the software")))
            return None
    return Setup.open(tools, name, erp, anew=anew)


def _other(software: str) -> None:
    """Say what connects an ERP that is not known."""
    from edusync.app.setup.other import new_command
    from edusync.cli.asking import say
    from edusync.locale import gettext as _

    words = _("{software} has no connector yet: one YAML file makes it.", software=software)
    say(words)
    click.echo(f"  {new_command(software)}")
    say(_("docs/tutorial/connect-your-erp.md leads through it; then come back to this command."))


def _gone_through(setup: Setup) -> int:
    """Ask what is open, try, show the plan, and write the file when that is wished."""
    from edusync.cli.asking import choose, say
    from edusync.locale import gettext as _

    again: str | None = None
    while True:
        _ask_groups(setup, again)
        missing = setup.missing()
        if not missing and (again == "reasons" or "reasons" not in setup.draft.done):
            _ask_reasons(setup)
        is_shown = False
        if missing:
            labels = ", ".join(one.label for one in missing)
            say(_("Still to answer: {questions}", questions=labels), fg="yellow")
        else:
            is_shown = _shown(setup)
            if "schedule" not in setup.draft.done:
                _ask_group(setup, "schedule")
        save = _("Write the connector file") if is_shown else _("Write it without seeing its plan")
        done = [] if missing else [("save", save)]
        listed = [(group.name, _("Change: {title}", title=group.title)) for group in setup.groups()]
        listed.insert(-1, ("reasons", _("Change: {title}", title=_("Reasons of absences"))))
        leave = ("leave", _("Leave, and go on later"))
        chosen = choose(_("And now?"), [*done, *listed, leave])
        if chosen == "save":
            return _saved(setup)
        if chosen == "leave":
            raise KeyboardInterrupt
        again = chosen


def _ask_groups(setup: Setup, again: str | None) -> None:
    """Ask the groups that were not gone through, and one that is wanted again."""
    from edusync.app.setup.draft import GROUPS

    for name in GROUPS:
        group = _group(setup, name)
        is_open = group is not None and any(one.is_open for one in group.questions)
        if name == again or is_open or (name not in setup.draft.done and name not in _AFTER):
            _ask_group(setup, name)


def _ask_group(setup: Setup, name: str) -> None:
    """Ask the questions of a group; the answer to one decides which come after it."""
    from edusync.cli.asking import ask

    before: set[str] = set()
    group = _group(setup, name)
    if group is None:
        return
    click.echo("\n" + click.style(group.title, bold=True, fg="cyan"))
    while group is not None:
        prompt = next((one for one in group.questions if one.key not in before), None)
        if prompt is None:
            break
        before.add(prompt.key)
        ask(setup, prompt)
        group = _group(setup, name)
    if name == "connection" and not any(one.route[0] == name for one in setup.missing()):
        _try(setup, [setup.try_erp()], name)
    elif name == "accounts":
        _try(setup, setup.try_accounts(), name)
    setup.finish(name)


def _ask_reasons(setup: Setup) -> None:
    """Ask which reason of the ERP each of Edusign is that it does not know by its name."""
    from edusync.cli.asking import ask, say, yes_or_no
    from edusync.errors import EdusyncError
    from edusync.locale import gettext as _

    try:
        reasons = setup.reasons()
    except EdusyncError as error:
        say(f"{error.code}: {error.message}", fg="red")
        return
    if reasons:
        click.echo("\n" + click.style(_("Reasons of absences"), bold=True, fg="cyan"))
        erp, count = setup.spec.label, len(reasons)
        say(_("Edusign has {count} reasons that {erp} does not know.", count=count, erp=erp))
        if yes_or_no(_("Say which is which?"), default=None):
            for prompt in reasons:
                ask(setup, prompt)
    setup.finish("reasons")


def _group(setup: Setup, name: str) -> Group | None:
    return next((group for group in setup.groups() if group.name == name), None)


def _try(setup: Setup, tries: Iterable[Tried], name: str) -> None:
    """Say what both sides answer; where one refuses, its questions may be answered again."""
    from edusync.cli.asking import yes_or_no
    from edusync.cli.render.tried import print_tried
    from edusync.locale import gettext as _

    works = [print_tried(one) == 0 for one in tries]
    if not all(works) and yes_or_no(_("Change these answers?"), default=True):
        _ask_group(setup, name)


def _shown(setup: Setup) -> bool:
    """Show what both sides say and what a first run would do; False when that cannot be known."""
    from edusync.cli.asking import say
    from edusync.cli.render.findings import print_findings
    from edusync.cli.render.plan import print_plan
    from edusync.cli.render.tried import print_tried
    from edusync.errors import EdusyncError, FilesInvalid
    from edusync.locale import gettext as _

    try:
        click.echo("\n" + click.style(_("Both sides"), bold=True, fg="cyan"))
        print_findings(setup.warnings())
        for tried in setup.check():
            print_tried(tried)
        click.echo("\n" + click.style(_("What a first run would do"), bold=True, fg="cyan"))
        print_plan(setup.plan())
        say(_("Nothing has been written yet."), dim=True)
    except FilesInvalid as invalid:
        print_findings(invalid.diagnostics)
        return False
    except EdusyncError as error:
        say(f"{error.code}: {error.message}", fg="red")
        return False
    return True


def _saved(setup: Setup) -> int:
    from zoneinfo import ZoneInfo

    from edusync.app.files.specs import shown
    from edusync.cli.asking import say
    from edusync.locale import gettext as _

    zone = ZoneInfo(setup.spec.zone)
    starts = setup.starts()
    file = setup.save()
    if setup.tools.project.settings.deployed:
        say(_("written: the release in force has it"))
    else:
        click.echo(_("written: {file}", file=shown(file)))
    for direction, start in starts:
        moment = start.astimezone(zone).strftime("%Y-%m-%d %H:%M")
        if direction == "down":
            say(_("planning comes down next on {moment}", moment=moment))
        else:
            say(_("attendance goes up next on {moment}", moment=moment))
    say(_("`edusync serve` runs it in its slots, `edusync run {name}` now", name=setup.draft.name))
    return 0
