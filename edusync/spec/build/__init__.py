"""Turn checked YAML into the tree of `tree/`.

Whatever cannot be compiled is reported at its place.
"""

from edusync.spec.build.spec import build_spec

__all__ = ["build_spec"]
