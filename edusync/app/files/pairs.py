"""The file in which a person says which item on Edusign is which of the ERP, when nobody else can.

It holds ids and codes, and no name of anybody.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from edusync.app.files.specs import shown
from edusync.diagnostics import did_you_mean
from edusync.errors import FilesInvalid
from edusync.spec.document import read_document
from edusync.spec.schema_check import check_schema
from edusync.state.adoptions import Apart

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from edusync.engine.outcome import Outcome
    from edusync.spec.document import Document

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
    """What a person chose: the id on Edusign of each item, and where in the file that stands.

    `none` are the candidates of each item that is none of them.
    """

    document: Document
    chosen: Mapping[Item, str] = field(default_factory=dict)
    places: Mapping[Item, int] = field(default_factory=dict)
    none: Mapping[Item, Sequence[str]] = field(default_factory=dict)

    def of(self, account: str) -> Mapping[tuple[str, str], str]:
        """Return what was chosen on an account, by kind and id of the ERP."""
        return {
            (item.kind, item.source_id): edusign_id
            for item, edusign_id in self.chosen.items()
            if item.account == account
        }

    def apart(self, account: str) -> list[Apart]:
        """Return what is not the same on an account."""
        return [
            Apart(item.kind, item.source_id, edusign_id)
            for item, candidates in self.none.items()
            if item.account == account
            for edusign_id in candidates
        ]

    def refuse(self, account: str, wrong: Mapping[tuple[str, str], str]) -> None:
        """Note choices that cannot be, with the words why."""
        for (kind, source_id), words in wrong.items():
            route = ("pairs", self.places[Item(account, kind, source_id)], "choose")
            hint = "choose one of the candidates of a new file: edusync adopt --open FILE"
            self.document.report("CONF_OPTION_VALUE", route, words, hint)

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
    found = Choices(document)
    found.check()
    data = document.data
    if data["from_type"] != api_type:
        words = f"the file is for '{data['from_type']}', and '{api_type}' is taken over"
        document.report("CONF_OPTION_VALUE", ("from_type",), words, "name the same type")
    chosen, places = dict[Item, str](), dict[Item, int]()
    none: dict[Item, Sequence[str]] = {}
    for index, pair in enumerate(data["pairs"]):
        item = Item(pair["account"], pair["kind"], pair["source_id"])
        if not pair.get("choose"):
            continue
        if item in places:
            words = f"two choices for the {item.kind} {item.source_id}"
            document.report("CONF_OPTION_VALUE", ("pairs", index, "choose"), words, "leave one")
        if pair["choose"] == NONE:
            _check_none(document, index, item, pair.get("candidates"), accounts)
            none[item], places[item] = pair.get("candidates") or (), index
            continue
        _check_pair(document, index, item, pair["choose"], chosen, accounts)
        chosen[item], places[item] = pair["choose"], index
    found.check()
    return Choices(document, chosen, places, none)


def _check_none(
    document: Document,
    index: int,
    item: Item,
    candidates: Sequence[str] | None,
    accounts: Collection[str],
) -> None:
    """Report an account that there is not, and that nothing says which ones an item is not."""
    _check_account(document, index, item, accounts)
    if not candidates:
        words = f"none of no candidates was chosen for the {item.kind} {item.source_id}"
        hint = "keep the candidates of the file: these are what it is not"
        document.report("CONF_OPTION_VALUE", ("pairs", index, "choose"), words, hint)


def _check_account(document: Document, index: int, item: Item, accounts: Collection[str]) -> None:
    if item.account not in accounts:
        words = f"the connector file has no account '{item.account}'"
        hint = did_you_mean(item.account, sorted(accounts))
        route = ("pairs", index, "account")
        document.report("CONF_OPTION_VALUE", route, words, hint or "correct it")


def _check_pair(
    document: Document,
    index: int,
    item: Item,
    edusign_id: str,
    chosen: Mapping[Item, str],
    accounts: Collection[str],
) -> None:
    """Report an account that there is not, and what was chosen twice."""
    route = ("pairs", index)
    _check_account(document, index, item, accounts)
    for other, before in chosen.items():
        if before == edusign_id and other[:2] == item[:2] and other != item:
            words = f"{edusign_id} was chosen for {other.source_id} already"
            document.report("CONF_OPTION_VALUE", (*route, "choose"), words, "leave one")


def write_open(path: Path, api_type: str, held: Iterable[Outcome]) -> int:
    """Write what waits for a person, each with those that it may be; return how many.

    Raises OSError when the file cannot be written.
    """
    from ruamel.yaml import YAML

    pairs: dict[Item, dict[str, object]] = {}
    for outcome in held:
        if outcome.source_id is None or outcome.edusign_id is None or outcome.kind is None:
            continue
        item = Item(str(outcome.account), outcome.kind, outcome.source_id)
        why = ": ".join(filter(None, [outcome.code, outcome.detail]))
        pair = pairs.setdefault(item, {**item._asdict(), "why": why, "candidates": []})
        candidates = pair["candidates"]
        assert isinstance(candidates, list)  # noqa: S101 - made above
        candidates.append(outcome.edusign_id)
    yaml = YAML()
    yaml.default_flow_style = False
    yaml.width = 100
    rows = [{**pair, "choose": None} for pair in pairs.values()]
    with path.open("w", encoding="utf-8") as file:
        file.write(_HEAD)
        yaml.dump({"edusync": 1, "from_type": api_type, "pairs": rows}, file)
    return len(rows)
