"""The commands as somebody types them: output, flags, exit codes."""
