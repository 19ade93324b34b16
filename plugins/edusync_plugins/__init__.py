"""The connectors that come with edusync, each by the same door as a stranger's."""
