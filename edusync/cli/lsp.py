"""`edusync lsp`."""

from __future__ import annotations

import click

from edusync.cli.options import common, common_options


@click.command("lsp")
@click.option(
    "--stdio", is_flag=True, help="Accepted, since some editors say it: it is the only way."
)
@common
def command(*, stdio: bool) -> int:
    """Serve an editor: findings, completion and help while one types.

    An editor starts it by itself and speaks with it over the standard input and output;
    docs/how-to/work-in-your-editor.md says how each is told to. It needs the extra `lsp`. Exit code
    0 when the editor ends it.
    """
    del stdio
    from edusync.errors import UsageProblem

    try:
        from edusync.lsp.server import serve
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in {"pygls", "lsprotocol"}:
            raise
        raise UsageProblem(
            "RUN_USAGE", "the language server is not installed", "pip install 'edusync[lsp]'"
        ) from None
    options = common_options()
    project = options.project()
    serve((*options.spec_dirs, *(project.spec_dirs if project else ())))
    return 0
