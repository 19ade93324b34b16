"""Run the command line as ``python -m edusync``."""

from edusync.cli import main

main()
