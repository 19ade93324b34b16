"""edusync: the open way to connect a school's training ERP with Edusign.

The public names are what a plugin needs: ``hookimpl``, ``Connector`` and ``Simulator``. They are
imported when first asked for, so that ``edusync --version`` loads nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from edusync.hookspecs import Connector, Simulator, hookimpl

__version__ = "0.1.0"
__all__ = ["Connector", "Simulator", "__version__", "hookimpl"]


def __getattr__(name: str) -> Any:
    if name in {"Connector", "Simulator", "hookimpl"}:
        from edusync import hookspecs

        return getattr(hookspecs, name)
    message = f"module 'edusync' has no attribute {name!r}"
    raise AttributeError(message)
