"""The connector file of a setup, as an integrator would write it.

One that is there is changed in its place, and keeps its comments.
"""

from __future__ import annotations

import re
from copy import deepcopy
from io import StringIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.app.setup.draft import Draft
    from edusync.app.setup.questions import Questions

_ORDER = (
    "edusync",
    "connector",
    "spec",
    "labels",
    "connection",
    "options",
    "filters",
    "schedule",
    "reasons",
    "accounts",
)
_OF_ACCOUNT = ("name", "edusign", "connection", "options", "filters")
_HEAD = """\
# The connector of {name}, written by `edusync setup`; `edusync setup {name}` changes it.
# `edusync schema connector` says what may stand here.
"""
_WIDTH = 100


def finished(questions: Questions, draft: Draft) -> dict[str, Any]:
    """Return what the connector file says: the answers, without those to what is not asked."""
    data = deepcopy(draft.data)
    shown = {
        one.route[-2:] for group in questions.groups() for one in group.questions if one.question
    }
    places = [data, *data["accounts"]]
    for section, known in questions.sections.items():
        for name in known:
            if (section, name) not in shown:
                for place in places:
                    (place.get(section) or {}).pop(name, None)
    for place in places:
        for section in ("connection", "options", "filters", "schedule"):
            if place.get(section) == {}:
                del place[section]
    return data


def text_of(data: Mapping[str, Any], before: str | None) -> str:
    """Return the text of a connector file; `before` is the one that stands there."""
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.width, yaml.preserve_quotes = _WIDTH, True
    tree: Any = _laid_out(data)
    head = _HEAD.format(name=data["connector"])
    if before is not None:
        dashes_in = re.search(r"^( *)- ", before, re.MULTILINE)
        if dashes_in is None or dashes_in.group(1):
            yaml.indent(mapping=2, sequence=4, offset=2)
        tree, head = yaml.load(before), ""
        _bring_to(tree, data)
    else:
        yaml.indent(mapping=2, sequence=4, offset=2)
    out = StringIO()
    yaml.dump(tree, out)
    return head + out.getvalue()


def _laid_out(data: Mapping[str, Any]) -> dict[str, Any]:
    laid = _in_order(data, _ORDER)
    laid["accounts"] = [_in_order(one, _OF_ACCOUNT) for one in data["accounts"]]
    return laid


def _in_order(data: Mapping[str, Any], order: tuple[str, ...]) -> dict[str, Any]:
    return {name: data[name] for name in (*order, *data) if name in data}


def _bring_to(tree: Any, data: Any) -> None:
    """Change a tree with comments so that it says what the data says, and no more than needed."""
    if isinstance(tree, dict):
        for name in [name for name in tree if name not in data]:
            del tree[name]
        for name, value in data.items():
            if name in tree and _goes_on(tree[name], value):
                _bring_to(tree[name], value)
            elif name not in tree or tree[name] != value:
                tree[name] = value
        return
    del tree[len(data) :]
    for index, value in enumerate(data):
        if index == len(tree):
            tree.append(value)
        elif _goes_on(tree[index], value):
            _bring_to(tree[index], value)
        elif tree[index] != value:
            tree[index] = value


def _goes_on(old: object, new: object) -> bool:
    """Whether what stands there can be changed piece by piece."""
    return (isinstance(old, dict) and isinstance(new, dict)) or (
        isinstance(old, list) and isinstance(new, list)
    )
