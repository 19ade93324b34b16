"""The file in which a person says which item on Edusign is which of the ERP, when nobody else can.

It holds ids and codes, and no name of anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from edusync.app.files.specs import shown
from edusync.diagnostics import did_you_mean
from edusync.engine.plan.choosing import Said
from edusync.errors import FilesInvalid
from edusync.spec.document import read_document
from edusync.spec.schema_check import check_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from edusync.engine.outcome import Outcome
    from edusync.spec.document import Document

    Sights = Mapping[tuple[str, str, str, str], str]

_HEAD = """\
# What waits for a person before the school moves in. `choose` is the id on Edusign of the one that
# it is, or none when it is none of the candidates; leave it empty to decide later. Then run edusync
# adopt again, with --match and this file.
"""


NONE = "none"
"""What is written where an item is none of the candidates."""


class Item(NamedTuple):
    """An item of the ERP on an account."""

    account: str
    kind: str
    source_id: str


@dataclass(slots=True)
class Choices:
    """What a person chose, and where in the file each choice stands."""

    document: Document
    choices: Sequence[tuple[str, int, Said]] = ()
    """The account, the place among the pairs, and what was chosen."""

    def on(self, account: str) -> list[Said]:
        """Return what was chosen on an account."""
        return [choice for name, _, choice in self.choices if name == account]

    def refuse(self, account: str, refused: Mapping[tuple[str, str], str]) -> None:
        """Note choices that cannot be, at their places, with the words why."""
        hint = "look again: `edusync adopt --open` with a new file, and choose there"
        for name, place, choice in self.choices:
            if name == account and choice.key in refused:
                route = ("pairs", place, "choose")
                self.document.report("MOVE_CHOICE_REFUSED", route, refused[choice.key], hint)

    def check(self) -> None:
        """Raise FilesInvalid when anything in the file is wrong."""
        if self.document.has_errors:
            raise FilesInvalid(self.document.findings)


def read_choices(path: Path, api_type: str, accounts: Sequence[str]) -> Choices:
    """Read what a person chose.

    Args:
        path: The file.
        api_type: The type that is taken over.
        accounts: The accounts of the connector file.

    Returns:
        What was chosen; an item without a choice waits on.

    Raises:
        FilesInvalid: With every mistake at its line and column.
        OSError: When it cannot be read.

    """
    text = path.read_text(encoding="utf-8", errors="replace")
    document = read_document(text, shown(path))
    if document.data is not None or not document.has_errors:
        check_schema(document, "pairs")
    Choices(document).check()
    data = document.data
    if data["from_type"] != api_type:
        words = f"the file is for '{data['from_type']}', and '{api_type}' is taken over"
        document.report("CONF_OPTION_VALUE", ("from_type",), words, "name the same type")
    chosen = []
    for index, pair in enumerate(data["pairs"]):
        if pair.get("choose"):
            _check_pair(document, index, pair, accounts)
            chosen.append((pair["account"], index, _choice(pair)))
    choices = Choices(document, chosen)
    choices.check()
    return choices


def _choice(pair: Mapping[str, Any]) -> Said:
    chosen = None if pair["choose"] == NONE else pair["choose"]
    candidates = tuple(pair.get("candidates") or ())
    return Said(pair["kind"], pair["source_id"], chosen, candidates, pair.get("seen") or {})


def _check_pair(
    document: Document, index: int, pair: Mapping[str, Any], accounts: Sequence[str]
) -> None:
    """Report an account that there is not, and that nothing says which ones an item is not."""
    account = pair["account"]
    if account not in accounts:
        words = f"the connector file has no account '{account}'"
        hint = did_you_mean(account, sorted(accounts))
        route = ("pairs", index, "account")
        document.report("CONF_OPTION_VALUE", route, words, hint or "correct it")
    if pair["choose"] == NONE and not pair.get("candidates"):
        words = f"none of no candidates was chosen for the {pair['kind']} {pair['source_id']}"
        hint = "keep the candidates of the file: these are what it is not"
        document.report("CONF_OPTION_VALUE", ("pairs", index, "choose"), words, hint)


def write_open(path: Path, api_type: str, waiting: Iterable[Outcome], sights: Sights) -> int:
    """Write what waits for a person, each with those that it may be; return how many.

    `sights` say by digests who both are now. Raises OSError when the file cannot be written.
    """
    from ruamel.yaml import YAML

    pairs: dict[Item, dict[str, Any]] = {}
    for outcome in waiting:
        if outcome.source_id is None or outcome.edusign_id is None or outcome.kind is None:
            continue
        item = Item(str(outcome.account), outcome.kind, outcome.source_id)
        why = ": ".join(filter(None, [outcome.code, outcome.detail]))
        pair = pairs.setdefault(item, {**item._asdict(), "why": why, "candidates": [], "seen": {}})
        if outcome.edusign_id not in pair["candidates"]:
            pair["candidates"].append(outcome.edusign_id)
        pair["seen"][outcome.edusign_id] = sights[(*item, outcome.edusign_id)]
    yaml = YAML()
    yaml.default_flow_style = False
    yaml.width = 100
    rows = [{**pair, "choose": None} for pair in pairs.values()]
    with path.open("w", encoding="utf-8") as file:
        file.write(_HEAD)
        yaml.dump({"edusync": 1, "from_type": api_type, "pairs": rows}, file)
    return len(rows)
