"""The wheel: built, installed elsewhere, and tried. `just wheel-test` runs them, CI as well."""
