"""Kinds of things that are added to the language from outside of the package, one module each."""
