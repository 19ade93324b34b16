"""Where a mistake stands inside of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.spec.language.code import BadExpression
from edusync.spec.language.expressions import where
from edusync.spec.texts import Expression

if TYPE_CHECKING:
    from edusync.diagnostics import Location, Route
    from edusync.spec.document import Document


def place_in(
    document: Document, route: Route, text: Expression, what: tuple[str, ...] | BadExpression
) -> Location | None:
    """Return where a name is met first in the text at a route, or where its mistake stands.

    None where that is not known.
    """
    bare = type(text) is Expression
    if not isinstance(what, BadExpression):
        index = where(text.source, bare=bare, name=what)
    elif what.at is not None:
        index = what.at
    else:
        index = where(
            text.source, bare=bare, name=what.name, used=what.used, argument=what.argument
        )
    return None if index is None else document.inside(route, text.source, index)
