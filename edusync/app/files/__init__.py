"""The files that a person writes: connector files, specs, recordings; found, read, laid out."""
