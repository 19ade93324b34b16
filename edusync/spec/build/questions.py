"""Build what is asked of the customer: connection, options, filters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.diagnostics import did_you_mean
from edusync.spec.build.known import known_list
from edusync.spec.build.reader import read_node
from edusync.spec.entries import is_entry, is_pair
from edusync.spec.scopes import RUN
from edusync.spec.texts import CodeName, ListName
from edusync.spec.tree import Choices, Label, MustExist, Question
from edusync.spec.tree.connection import FilterQuestion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.spec.build.builder import Builder

PROFESSORS_ON_EDUSIGN = "edusign.professors"
"""The one place beside the lists of the ERP where an answer may have to exist."""


def build_questions(builder: Builder, section: str) -> dict[str, Question]:
    """Build every question of a section."""
    return {name: _question(builder, section, name) for name in builder.get((section,)) or {}}


def _question(builder: Builder, section: str, name: str) -> Question:
    route = (section, name)
    data = builder.get(route)
    more: dict[str, Any] = {"type": "list"} if section == "filters" else {}
    if isinstance(data.get("values"), list):
        more["values"] = {str(value): Label(str(value), str(value)) for value in data["values"]}
    return read_node(
        builder,
        FilterQuestion if section == "filters" else Question,
        route,
        RUN,
        name=name,
        label=builder.label((*route, "label")) or Label(name, name),
        default=_default(builder, route, data),
        choices=_choices(builder, route, data.get("choices")),
        must_exist_in=_must_exist(builder, route, data.get("must_exist_in")),
        **more,
    )


_DEFAULTS: Mapping[str, tuple[tuple[type, ...], str]] = {
    "boolean": ((bool,), "true or false"),
    "integer": ((int,), "a whole number"),
    "list": ((list,), "a list"),
    "filter": ((str, int, list, dict), "an id, or a list of ids"),
}
_TEXT: tuple[tuple[type, ...], str] = ((str, int, float), "a text")


def _default(builder: Builder, route: tuple[str, ...], data: Mapping[str, Any]) -> Any:
    """Return the answer that holds when none is given.

    Report one that would be refused in a connector file.
    """
    section, kind = route[0], data.get("type", "filter")
    if "default" not in data:
        return False if kind == "boolean" else None
    default, here = data["default"], (*route, "default")
    kinds, words = _DEFAULTS.get(kind, _TEXT)
    if not isinstance(default, kinds) or (isinstance(default, bool) and kind != "boolean"):
        builder.document.report(
            "SPEC_BAD_DEFAULT",
            here,
            f"the default of '{route[1]}' has to be {words}",
            f"write what a connector file may answer, or leave 'default' out of '{section}'",
        )
    elif kind == "filter" and not _is_entry(default, is_of_pairs=data.get("item") == "pair"):
        builder.document.report(
            "SPEC_BAD_DEFAULT",
            here,
            f"the default of '{route[1]}' holds an entry that is none",
            'write ids; for pairs Family: [Rubric], or "Family: Rubric"',
        )
    elif kind == "secret":
        builder.document.report(
            "SPEC_BAD_DEFAULT",
            here,
            f"the secret '{route[1]}' has a default, which stands in clear in the spec",
            "leave the default out: each connector file names its own secret",
        )
    elif kind == "choice" and str(default) not in map(str, data.get("values") or ()):
        builder.document.report(
            "SPEC_BAD_DEFAULT",
            here,
            f"the default of '{route[1]}' is none of its values",
            did_you_mean(str(default), [str(value) for value in data.get("values") or ()]),
        )
    return default


def _is_entry(default: object, *, is_of_pairs: bool) -> bool:
    """Whether a filter takes what a default says, or each of its entries."""
    listed = default if isinstance(default, list) else [default]
    if is_of_pairs:
        return all(map(is_pair, listed))
    return all(is_entry(one) and not isinstance(one, float) for one in listed)


def _choices(
    builder: Builder, route: tuple[str, ...], data: Mapping[str, str] | None
) -> Choices | None:
    if data is None:
        return None
    here, name = (*route, "choices"), data["resource"]
    key = (
        builder.get(("resources", name, "key"))
        if known_list(builder, (*here, "resource"), name)
        else "key"
    )
    if not isinstance(key, str):
        builder.document.report(
            "SPEC_MISSING_KEY",
            (*here, "resource"),
            f"the list '{name}' has no key of one column to be chosen by",
            f"add 'key: …' to '{name}'",
        )
        key = "key"
    return Choices(
        resource=ListName(name),
        id=builder.path((*here, "resource"), key),
        label=builder.path((*here, "label")),
    )


def _must_exist(
    builder: Builder, route: tuple[str, ...], data: Mapping[str, str | list[str]] | None
) -> MustExist | None:
    if data is None:
        return None
    if data["resource"] != PROFESSORS_ON_EDUSIGN:
        known_list(builder, (*route, "must_exist_in", "resource"), str(data["resource"]))
    on, at = data["on"], (*route, "must_exist_in", "on")
    paths = (
        (builder.path(at),)
        if isinstance(on, str)
        else tuple(builder.path((*at, index)) for index in range(len(on)))
    )
    return MustExist(
        str(data["resource"]), paths, CodeName(str(data.get("code", "CONF_OPTION_VALUE")))
    )
