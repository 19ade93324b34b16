"""A spec: YAML text, checked with every mistake at its place, and built into frozen values."""

from edusync.spec.load import load_spec
from edusync.spec.tree import Spec

__all__ = ["Spec", "load_spec"]
