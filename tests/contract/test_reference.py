"""The reference has every key of the language, in a section of the part that it stands in."""

from __future__ import annotations

import re
from pathlib import Path

from edusync.app.authoring.uses import parts
from edusync.app.authoring.words import where_of, words_called
from edusync.spec.whole_schema import spec_schema

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "spec.md"
HEADING = re.compile(r"#+ `(kind: )?(.+)`")
ROW = re.compile(r"\| `(\w+)`(?: \(needed\))? \| (.*?) \| ")


def sections() -> dict[str, dict[str, str]]:
    """Return the sections of the page: each key, and what it takes; of a kind as `format.date`."""
    found: dict[str, dict[str, str]] = {"": {}}
    name = outer = ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if heading := HEADING.fullmatch(line):
            name = f"{outer}.{heading[2]}" if heading[1] else heading[2]
            outer = outer if heading[1] else name.partition(".")[0]
            assert name not in found, f"{name} twice"
            found[name] = {}
        elif row := ROW.match(line):
            found[name][row[1]] = row[2]
    return found


def section_of(part: str) -> str:
    """Return the section of a part: what stands in a kind is named without it, as it is written."""
    kinds = {
        f"${name}.{branch['if']['properties']['kind']['const']}."
        for name, node in spec_schema()["$defs"].items()
        for branch in node.get("allOf", ())
        if "kind" in branch["if"]["properties"]
    }
    for kind in kinds:
        if part.startswith(kind):
            part = part.replace(kind, kind.split(".")[0] + ".")
    return where_of(part)


def test_every_key_stands_on_the_page_in_its_part() -> None:
    page, every = sections(), [(section_of(part), key) for part, key, _ in parts()]
    assert len(every) > 550
    assert [f"{part}: {key}" for part, key in every if key not in page.get(part, {})] == []


def test_key_with_keys_below_it_leads_to_their_section() -> None:
    page = sections()
    anchors = {name.replace(".", ""): name for name in page}
    below = {section_of(part) for part, _, _ in parts()} - {""}
    led = {
        f"{part}.{key}".strip("."): found[1]
        for part, keys in page.items()
        for key, takes in keys.items()
        if (found := re.search(r"\(#(\w+)\)", takes))
    }
    assert {anchor for anchor in led.values() if anchor not in anchors} == set()
    assert [
        name
        for name in below
        if "." in name
        and name not in led
        and name in page
        and name.rpartition(".")[2] in page.get(name.rpartition(".")[0], {})
    ] == []


def test_key_that_holds_parts_names_them() -> None:
    takes = {
        name: sections()[part][name] for part, name in (("auth.steps", "login"), ("", "formats"))
    }
    assert takes["login"].endswith("of [step](#step)")
    assert takes["formats"].endswith("of [format](#format)")
    assert {"soap", "arguments", "read"} <= sections()["step"].keys()


def test_help_lists_what_stands_below_a_key() -> None:
    (send,) = words_called("auth.steps.send")
    assert {"headers", "soap_header", "arguments"} <= send.members.keys()
    assert send.members.keys() == sections()["auth.send"].keys()
