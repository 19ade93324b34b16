"""The command line: parse, call `app`, print, choose the exit code.

Nothing heavy is imported before a command runs.
"""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from keyword import iskeyword

import click

from edusync import __version__

COLLECT_AFTER = 200_000
"""How many objects are made before Python looks for cycles among them: more than are made at the
start, since modules and specs stay, and looking through them costs a tenth of it."""
GROUPS = {
    "Connect an ERP": (
        *("new", "try", "validate", "fmt", "check", "help", "explain", "record", "test"),
        *("coverage", "mutate", "docs", "schema", "lsp"),
    ),
    "Move a school in": ("setup", "survey", "adopt", "shadow", "plan", "facts", "reasons"),
    "Run a connector": (
        *("sync", "writeback", "status", "events", "reconcile", "undo", "forget", "connectors"),
    ),
    "Run a fleet": (
        *("init", "serve", "run", "worker", "web", "pause", "resume", "deploy", "release"),
        *("secret", "state", "purge", "webhooks"),
    ),
    "Try it out": ("demo", "sandbox", "completion"),
}
"""The commands as the help of all shows them: by what somebody is about to do."""

COMMANDS = {
    "adopt": "Take over what another connector made on Edusign, or give it back.",
    "check": "Sign in on both sides, read one row of each list, say what works.",
    "completion": "Print what makes a shell complete commands and options.",
    "connectors": "List the connectors that are installed, or show one.",
    "coverage": "Say which lines of a spec its cases exercise.",
    "demo": "Play a whole day against servers on this machine.",
    "deploy": "Bring the connector files of a project into the store, each with its spec.",
    "docs": "Make the page of a connector from its spec.",
    "events": "Show the events of the last run, or of a given one.",
    "explain": "Say what a code means, or why an item did or did not come down.",
    "facts": "Show what was found of assumed facts, or export it to be sent back.",
    "fmt": "Lay specs out in one form.",
    "forget": "Delete what is kept of a person, who is not created again.",
    "help": "Say what a word of the language means: a key, a filter, a verdict.",
    "webhooks": "Print the addresses at which Edusign can say that a sheet was archived.",
    "init": "Make a project: a folder of connectors that run together.",
    "mutate": "Plant small mistakes in a spec and list those that nobody notices.",
    "new": "Begin a connector, from samples of the ERP or from nothing.",
    "pause": "Let a connector of a project not run by itself for a time.",
    "lsp": "Serve an editor: findings, completion and help while one types.",
    "plan": "Show what a sync would do, without writing anything.",
    "purge": "Delete what is older than it has to be, or all of a connector.",
    "record": "Record a case from the real system, with invented people in the place of real ones.",
    "reconcile": "Hold the attendance of past days against the ERP, and explain what differs.",
    "reasons": "Compare the reasons of absences on both sides, and say what is to enter.",
    "release": "Look at what was deployed, go back to it, write it into a folder.",
    "resume": "End the pause and the quarantine of a connector.",
    "run": "Run what is due, or connectors of a project now.",
    "sandbox": "Run Edusign, or an ERP, as a server on this machine.",
    "schema": "Print the JSON Schema of specs, connector files, cases or projects, for editors.",
    "secret": "Keep secrets encrypted in the store: set, list, remove, rotate.",
    "serve": "Run the connectors of a project in their slots, until it is told to stop.",
    "shadow": "Show what edusync would have done beside another connector, day by day.",
    "setup": "Set a school up by answering questions, with a first look at its plan.",
    "state": "Move what is kept to another name, or a whole store to another place.",
    "status": "List the connectors of a project: last runs, the next one, what needs a person.",
    "survey": "Show what stands on Edusign, whose it is, and what of it is the ERP's.",
    "sync": "Bring the planning down: plan, and apply.",
    "test": "Run the cases of specs against their golden files.",
    "try": "Show what a spec makes of the ERP's answers, row by row and line by line.",
    "undo": "Make again what a run deleted, and put back the seats that it took.",
    "web": "Open the console of a project in a browser: for schools and operators.",
    "worker": "Do slots of the project that stand in its queue, until it is told to stop.",
    "writeback": "Send the attendance of archived sheets up into the ERP, once.",
    "validate": "Check specs and connector files.",
}


class LazyGroup(click.Group):
    """Know the commands by name and sentence, and import one only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names."""
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(
            f"edusync.cli.{cmd_name + '_' if iskeyword(cmd_name) else cmd_name}"
        ).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of commands without importing any."""
        del ctx
        wide = max(map(len, COMMANDS))
        for title, names in GROUPS.items():
            with formatter.section(title):
                formatter.write_dl([(f"{name:{wide}}", COMMANDS[name]) for name in names])

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; Unheard where nothing can be said any more, of which click says 1."""
        try:
            return super().invoke(ctx)
        except OSError as error:
            from edusync.cli.errors import Unheard, is_unheard

            if is_unheard(error):
                raise Unheard from None
            raise

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Say which command may have been meant."""
        if args and args[0] not in COMMANDS:
            from edusync.diagnostics import did_you_mean

            ctx.fail(f"there is no command '{args[0]}'; {did_you_mean(args[0], sorted(COMMANDS))}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(__version__, prog_name="edusync")
def command() -> None:
    """Connect a school's training ERP with Edusign.

    One YAML spec an ERP, one connector file a school.
    """


def main() -> None:
    """Run the command line and exit with the code of the contract."""
    from edusync.cli.errors import run

    gc.set_threshold(COLLECT_AFTER)
    sys.exit(run(command))
