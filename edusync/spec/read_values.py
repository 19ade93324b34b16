"""What the values of a spec read, and what they may give.

The same steps as when a row is mapped, over places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.spec.followed import Follower
from edusync.spec.places import Place, TracedRow, Why, joined, parts, use, use_whole
from edusync.spec.tree import (
    AllOf,
    Composite,
    EdusignId,
    FirstOf,
    FunctionValue,
    Later,
    LookUp,
    LookUpAll,
    Moment,
    PathValue,
    TemplateValue,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from edusync.spec.followed import Scope
    from edusync.spec.places import Origins
    from edusync.spec.tree import Expression, Value


class ValueFollower(Follower):
    """Follow values. `row_of` gives the rows of a list, `key_of` its key."""

    def row_of(self, name: str) -> Origins:
        """Return what the rows of a list hold."""
        raise NotImplementedError

    def key_of(self, name: str) -> Value | None:
        """Return the key of a list."""
        raise NotImplementedError

    def tested(self, expression: Expression | None, scope: Scope, why: Why) -> None:
        """Note what a condition reads."""
        if expression is not None:
            why = Why(why.label, expression.place or why.location)
            use(self.expression(expression, scope, why), why, "test")

    def value(self, value: Value, scope: Scope, label: str) -> Origins:
        """Return what a value may give of the row in `scope`.

        Whoever takes it notes that it is read.
        """
        why = Why(label, value.place)
        self.tested(value.when, scope, why)
        origins = self._unformatted(value, scope, why)
        if value.optional:
            for origin in origins:
                if isinstance(origin, Place):
                    origin.optional = True
        if value.format is not None:
            for origin in origins:
                if isinstance(origin, Place):
                    origin.formats.append(value.format)
        return origins

    def _unformatted(self, value: Value, scope: Scope, why: Why) -> Origins:
        match value:
            case PathValue(path):
                return self.path(path, scope["row"], why)
            case TemplateValue(template) | EdusignId(template):
                return self.expression(template, scope, why)
            case LookUp():
                return self._looked_up(value, scope, why)
            case FunctionValue():
                arguments = self._of_several(value.arguments.values(), scope, why)
                use_whole(arguments, why, "id")
                return parts(arguments)
            case FirstOf(several) | AllOf(several):
                return self._of_several(several, scope, why)
            case Composite(several):
                return parts(self._of_several(several, scope, why))
            case Moment():
                several = (value.day, value.time, *((value.zone,) if value.zone else ()))
                return parts(self._of_several(several, scope, why))
            case Later():
                return parts(self._of_several((value.start, value.plus), scope, why))
        return {}

    def _of_several(self, values: Iterable[Value], scope: Scope, why: Why) -> Origins:
        return joined(*(self.value(part, scope, why.label) for part in values))

    def _looked_up(self, look_up: LookUp, scope: Scope, why: Why) -> Origins:
        """Return what is taken of the rows that are found; by what they are found is read."""
        theirs = self.row_of(look_up.list)
        their_scope: Scope = {**scope, "row": theirs}
        on = look_up.on or self.key_of(look_up.list)
        for key, place in ((look_up.by, scope), (on, their_scope)):
            if key is not None:
                use(self.value(key, place, why.label), why, "id")
        self.tested(look_up.where, {**scope, "mine": scope["row"], "theirs": theirs}, why)
        again = look_up.again if isinstance(look_up, LookUpAll) else None
        for path in (look_up.order, again):
            if path is not None:
                use(self.path(path, theirs, why), why, "id")
        return self.value(look_up.take, their_scope, why.label) if look_up.take else theirs


def row(members: dict[str, Origins], rest: Origins) -> Origins:
    """Return a row of such fields over what the ERP sent."""
    return {TracedRow(members, rest): False}
