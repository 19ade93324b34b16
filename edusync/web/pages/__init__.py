"""One module a page, each with its blueprint `PAGE`; found by being there."""
